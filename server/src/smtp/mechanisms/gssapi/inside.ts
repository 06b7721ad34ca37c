import type { LoginFault } from '../mechanism.ts';

/** The mechanism that SPNEGO carries. */
export interface Inside {
  readonly name: 'Kerberos' | 'NTLM';
  /** The next token for the server. `token` is undefined at the first call. */
  step(token: Uint8Array | undefined): Promise<InsideStep>;
  /** A signature of this text; undefined where none can be made. */
  sign(text: Uint8Array): Uint8Array | undefined;
  isSigned(text: Uint8Array, signature: Uint8Array): boolean;
  wrap(text: Uint8Array): Promise<Uint8Array | undefined>;
  /** Undefined where the signature is wrong. */
  unwrap(message: Uint8Array): Promise<Uint8Array | undefined>;
  wipe(): void;
}

export type InsideStep =
  | {
      readonly kind: 'token';
      /** Undefined where there is nothing to say. */
      readonly token: Uint8Array | undefined;
      /** True where nothing more is expected of the server. */
      readonly complete: boolean;
    }
  | { readonly kind: 'fault'; readonly fault: LoginFault };
