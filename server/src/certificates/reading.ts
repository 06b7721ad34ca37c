import type { CertificateFacts, ParsedCertificate } from './facts.ts';

export type CertificateFormat = 'PEM' | 'DER' | 'PFX' | 'P7B';

export type CertificateReading =
  | {
      readonly kind: 'read';
      /** At least one: the leaf first, its chain after, what belongs to neither last. */
      readonly certificates: readonly CertificateFacts[];
      /** The file holds a private key. It is neither decrypted nor kept. */
      readonly hasPrivateKey: boolean;
      readonly format: CertificateFormat;
    }
  /** A PFX, and no password was given. */
  | { readonly kind: 'needs-password' }
  /** `reason` goes on after "cannot be read:" and holds nothing of the file's contents; `cause` where the password is wrong. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly cause?: 'password' };

/** A password in memory, as `Secret` is one: its text is asked for only where the key is derived from it. */
export interface Password {
  reveal(): string;
}

/** What a reader found: certificates in the order of the file. */
export interface Contents {
  readonly certificates: readonly ParsedCertificate[];
  readonly hasPrivateKey: boolean;
  readonly format: CertificateFormat;
  /** The certificate that the private key belongs to, where the file says so. */
  readonly leaf?: ParsedCertificate | undefined;
}

export type Failure = Exclude<CertificateReading, { kind: 'read' }>;

export function unreadable(reason: string): Failure {
  return { kind: 'unreadable', reason };
}

export const wrongPassword: Failure = {
  kind: 'unreadable',
  reason: 'the password does not open it',
  cause: 'password',
};
