import type { Secret } from '../../settings/secret.ts';

/** The mechanisms SharePoint can use, in its order (S1, Plan outgoing email: GSSAPI, then NTLM, then LOGIN). Never PLAIN. */
export const mechanismNames = ['GSSAPI', 'NTLM', 'LOGIN'] as const;

export type MechanismName = (typeof mechanismNames)[number];

export interface Credentials {
  /** As configured: `name@domain`, `DOMAIN\name`, or a name alone. */
  readonly userName: string;
  readonly password: Secret;
}

/** What a login may know of the session besides the credentials. */
export interface LoginContext {
  /** As configured; the service is named SMTPSVC/host, as System.Net.Mail names it. */
  readonly host: string;
  /** Hash of the server's certificate for the channel binding `tls-server-end-point` (RFC 5929, section 4). */
  readonly serverEndPoint: Uint8Array | undefined;
  /** The name this computer says in EHLO; NTLM tells it as the workstation. */
  readonly clientName: string;
  readonly date: Date;
  /** Unguessable bytes. */
  readonly random: (length: number) => Uint8Array;
  /** Undefined where this computer has no Kerberos to use. */
  readonly kerberos: Kerberos | undefined;
  /** Writes a line into the transcript that neither side said. It must hold no secret. */
  readonly note: (text: string) => void;
}

/** Why a login was stopped here, before or without a refusal by the server. */
export type LoginFault =
  /** The challenge is not base64, or not on one line. */
  | 'notBase64'
  /** The server asks for the user name that stands in the AUTH line. */
  | 'asksForUserName'
  /** A challenge too many, or one that makes no sense at this point. */
  | 'unexpected'
  /** The message is cut off, or points outside itself. */
  | 'malformed'
  /** The server has no extended session security, so it would be NTLMv1. */
  | 'ntlmV1Only'
  /** The challenge has no target information, without which an NTLMv2 answer is bound to nothing. */
  | 'ntlmNoTargetInfo'
  /** The certificate of the server gives no hash to bind the answer to (RFC 5929, section 4.1), as one signed with Ed25519. */
  | 'ntlmUnbound'
  /** SPNEGO ended in a refusal by the server. */
  | 'spnegoRejected'
  /** Kerberos says that the user name or the password is wrong. Nothing was sent to the mail server. */
  | 'wrongPassword'
  /** The server takes Kerberos only, which this computer could not use. */
  | 'kerberosOnly'
  /** The layer step (RFC 4752, section 3.1) allows no connection without a layer, or its signature is wrong. */
  | 'noLayer'
  /** The server said yes before it had proved what it must. */
  | 'tooEarly';

/** The next thing to say in a login: base64, or empty; or why there is none. */
export type Turn =
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'fault'; readonly fault: LoginFault };

/** One login under way. */
export interface Exchange {
  /** What stands behind the mechanism's name in the AUTH line. */
  readonly initial: Turn;
  /** What is inside GSSAPI; settled once the server has chosen. */
  readonly inside: 'Kerberos' | 'NTLM' | undefined;
  /** Why GSSAPI has to do without Kerberos on this computer. */
  readonly noKerberos?: NoKerberos | undefined;
  answer(challenge: Uint8Array): Promise<Turn>;
  /** Asked when the server says yes (235): a fault where it has not proved what it must. */
  end(): LoginFault | undefined;
  /** Wipes key material. Called once, however the login ended. */
  dispose(): void;
}

export interface Mechanism {
  /** As in `AUTH name`. */
  readonly name: MechanismName;
  begin(credentials: Credentials, context: LoginContext): Promise<Exchange>;
}

/** Why Kerberos could not be used on this computer. Nothing was sent for it. */
export interface KerberosFailure {
  readonly kind: 'failure';
  readonly cause: 'noTicket' | 'unknownService' | 'noKdc' | 'clock' | 'wrongPassword' | 'other';
  /** What the Kerberos library said; no secret. */
  readonly detail: string;
}

export type NoKerberos = KerberosFailure['cause'] | 'noLibrary';

/** A token of Kerberos for the server; `complete` where nothing more is expected of the server. */
export interface KerberosToken {
  readonly kind: 'token';
  /** Empty where there is nothing to say. */
  readonly token: Uint8Array;
  readonly complete: boolean;
}

/** Kerberos of this computer, handed in: it asks a ticket cache, a key distribution centre, or Windows. */
export interface Kerberos {
  /** Begins a context for SMTPSVC/host, with mutual authentication. The tokens are Kerberos's own (RFC 4121), without SPNEGO. */
  begin(service: {
    readonly host: string;
    readonly credentials: Credentials;
  }): Promise<KerberosContext | KerberosFailure>;
}

export interface KerberosContext {
  readonly kind: 'context';
  /** As `sp-mail@CONTOSO.COM`; undefined before the context is complete, or where the library does not tell. */
  readonly principal: string | undefined;
  /** The next token. `challenge` is undefined at the first call. */
  step(challenge: Uint8Array | undefined): Promise<KerberosToken | KerberosFailure>;
  unwrap(message: Uint8Array): Promise<Uint8Array | undefined>;
  wrap(message: Uint8Array): Promise<Uint8Array | undefined>;
}
