import type { ProbeAnswer } from '../conversation.ts';
import type { Explanation } from '../explain.ts';
import type { Reply, StepName } from '../failure.ts';
import type { MechanismName, NoKerberos } from '../mechanisms/mechanism.ts';
import type { CertificateProblem, ClientCertificateUse, TlsCause } from '../network.ts';
import type { PlannedSetting, Purpose, Route } from '../plan.ts';
import type { SessionResult, StepRecord } from '../session.ts';
import type { Entry } from '../transcript.ts';

/**
 * A test email or a probe for programs. `version` changes when a field changes its meaning or goes. What is not there is
 * null. Every text was redacted and is one line without control characters; times are ISO 8601 in UTC, durations are
 * milliseconds.
 */
export interface TestReport {
  readonly version: 1;
  readonly kind: Purpose;
  /** `accepted` by a probe: yes up to RCPT TO, and nothing was delivered. `unknown`: the message was sent, and no proper answer came. */
  readonly outcome: SessionResult['outcome'];
  /** At most 60 characters. */
  readonly summary: string;
  readonly startedAt: string;
  readonly milliseconds: number;
  /** The computer the test ran on. */
  readonly computer: string;
  readonly to: string;
  readonly plan: JsonPlan;
  readonly steps: readonly StepRecord[];
  readonly stopped: JsonStop | null;
  readonly addresses: {
    readonly resolved: readonly string[];
    /** The one that was connected to. */
    readonly connected: string | null;
  };
  readonly tls: JsonTls;
  /** The server's. */
  readonly certificate: JsonCertificate | null;
  readonly login: JsonLogin;
  readonly probes: readonly JsonProbe[];
  readonly ports: readonly JsonPort[];
  /** Why it stopped, and what to do; null where it did not. */
  readonly explanation: JsonExplanation | null;
  /** The gravest first. */
  readonly observations: readonly JsonExplanation[];
  readonly conversation: readonly Entry[];
  /** What must be repeated on the farm or cannot be seen from here, a sentence each. */
  readonly notProven: readonly string[];
}

export interface JsonPlan {
  readonly title: string;
  readonly route: Route['kind'];
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Null for anonymous. Where the password came from is not told. */
  readonly user: string | null;
  /** As the settings name it. */
  readonly clientCertificate: string | null;
  readonly from: string;
  readonly replyTo: string | null;
  readonly characterSet: { readonly number: number; readonly name: string };
  readonly overrideEnvelopeSender: boolean;
  /** The name said in EHLO. */
  readonly clientName: string;
  readonly settings: readonly PlannedSetting[];
}

export interface JsonStop {
  readonly step: StepName;
  /** A few words, as in `summary`. */
  readonly words: string;
  readonly reply: JsonReply | null;
}

export interface JsonReply extends Omit<Reply, 'enhanced'> {
  readonly enhanced: string | null;
}

export interface JsonTls {
  /** `off` in the settings; `notReached` before or at STARTTLS; `untrusted`: the certificate was not accepted. */
  readonly state: 'off' | 'notReached' | 'failed' | 'untrusted' | 'secured';
  /** As `TLSv1.3`. */
  readonly version: string | null;
  readonly cipher: string | null;
  readonly problem: CertificateProblem | TlsCause | null;
  /** Of SharePoint's certificate. */
  readonly clientCertificate: ClientCertificateUse | null;
}

export interface JsonCertificate {
  readonly subject: string;
  readonly names: readonly string[];
  readonly issuer: string;
  readonly selfSigned: boolean;
  /** Null where the date cannot be read. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** As `RSA 2048`; null where it could not be read. */
  readonly key: string | null;
  /** The certificates above it, ending with the root as far as it is known here. */
  readonly chain: readonly { readonly subject: string; readonly validTo: string | null }[];
  /** SHA-256, hexadecimal with colons. */
  readonly fingerprint: string;
}

export interface JsonLogin {
  readonly offeredBeforeTls: readonly string[];
  /** Null where TLS was not reached. */
  readonly offeredAfterTls: readonly string[] | null;
  /** What the .NET mail client would try, in its order; our model of SharePoint. */
  readonly sharePointOrder: readonly MechanismName[];
  readonly attempts: readonly JsonAttempt[];
  /** What the conversation notes about Kerberos: why it was not used from here, or whose ticket it was. */
  readonly kerberos: string | null;
}

export interface JsonAttempt {
  readonly mechanism: MechanismName;
  /** Inside GSSAPI. */
  readonly inside: 'Kerberos' | 'NTLM' | null;
  /** Why GSSAPI had to do without Kerberos here. */
  readonly noKerberos: NoKerberos | null;
  readonly accepted: boolean;
  /** A few words; null where it was accepted. */
  readonly words: string | null;
  readonly reply: JsonReply | null;
}

/** A question that delivers nothing. */
export interface JsonProbe extends Omit<ProbeAnswer, 'reply'> {
  readonly reply: JsonReply;
}

export interface JsonPort {
  readonly port: number;
  readonly stopped: JsonStop | null;
  readonly startTls: boolean;
  readonly offeredBeforeTls: readonly string[];
  readonly offeredAfterTls: readonly string[] | null;
  readonly sharePointOrder: readonly MechanismName[];
}

export interface JsonExplanation extends Omit<Explanation, 'setting'> {
  readonly setting: Explanation['setting'] | null;
}
