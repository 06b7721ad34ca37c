import type { LoginFault, MechanismName } from './mechanisms/mechanism.ts';
import type { CertificateFacts, CertificateProblem, NetworkCause, TlsCause } from './network.ts';
import type { ReplyFault } from './reply.ts';

/** The steps of a session, in their order. */
export type StepName =
  | 'resolve'
  | 'connect'
  | 'greeting'
  | 'EHLO'
  | 'STARTTLS'
  | 'certificate'
  | 'EHLO after TLS'
  | 'authenticate'
  | 'MAIL FROM'
  | 'RCPT TO'
  | 'outside recipient'
  | 'other sender'
  | 'DATA';

/** A reply of the server, redacted: every text in it may be shown. */
export interface Reply {
  readonly code: number;
  /** As `5.7.1`; undefined where the reply has none. */
  readonly enhanced: string | undefined;
  /** Its lines joined with a space. */
  readonly text: string;
}

/** What a server is that does not speak SMTP. */
export type OtherService =
  | 'a web server (HTTP)'
  | 'IMAP'
  | 'POP3'
  | 'SSH'
  | 'TLS from the first byte'
  | 'something else';

/** Why a session stopped. Holds no secret, and no text of a server that was not redacted. */
export type Failure =
  | { readonly kind: 'network'; readonly cause: NetworkCause; readonly detail: string }
  /** The name leads to an address no test email may reach. */
  | { readonly kind: 'forbiddenAddress'; readonly address: string }
  /** The server closed the connection in good order. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'timeout'; readonly limit: 'step' | 'session'; readonly milliseconds: number }
  | { readonly kind: 'cancelled' }
  /** A proper reply, but not the one the step needs. */
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'notSmtp'; readonly service: OtherService }
  | { readonly kind: 'malformed'; readonly fault: ReplyFault }
  /** Bytes nobody asked for. */
  | { readonly kind: 'injected' }
  | { readonly kind: 'noStartTls' }
  | { readonly kind: 'tls'; readonly cause: TlsCause; readonly detail: string }
  | {
      readonly kind: 'certificate';
      readonly problem: CertificateProblem;
      readonly detail: string;
      readonly certificate: CertificateFacts | undefined;
    }
  /** A login is set and TLS is off: nothing is said in clear text that proves a password. `choice` is what SharePoint would take. */
  | {
      readonly kind: 'loginWithoutTls';
      readonly offered: readonly string[];
      readonly choice: MechanismName | undefined;
    }
  /** No mechanism SharePoint can speak; `offered` is empty where the server offers no login at all. */
  | { readonly kind: 'noMechanism'; readonly offered: readonly string[]; readonly offeredBeforeTls: boolean }
  /** The login was stopped here, not by the server. */
  | { readonly kind: 'login'; readonly mechanism: MechanismName; readonly fault: LoginFault };

/** Something tried: its value, or why it failed. */
export type Tried<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function done<T>(value: T): Tried<T> {
  return { ok: true, value };
}

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}
