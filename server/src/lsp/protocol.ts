/**
 * What the client and the language server say to each other beyond LSP. Types and method names only: the client
 * imports this file and nothing else of `server/`.
 */

export * from './protocol-files.ts';

/** JSON pointer of what a test email is sent for: `/farm`, or `/webApplications/0`. */
export type ScopePointer = string;

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** One place in a file from which a test email can be sent. */
export interface SendScope {
  readonly scope: ScopePointer;
  /** As people call it: `the farm`, or the web application's name or URL. */
  readonly title: string;
  /** URL of a web application as the file writes it; absent for the farm. */
  readonly url?: string;
  /** The key or item the lens stands above. */
  readonly range: Range;
  /** All of it: where the cursor means this scope. */
  readonly extent: Range;
}

export const scopesRequest = 'farmEmail/scopes';
export interface ScopesParams {
  readonly uri: string;
}
export type ScopesResult = readonly SendScope[];

/** Where a test email goes: to the server the file names, or to the inbox on this computer. */
export type Route = 'asConfigured' | 'localInbox';

/** A test email, or a probe: the same steps up to RCPT TO, and nothing is delivered. */
export type Purpose = 'send' | 'probe';

/** What the user has set for this computer. A client must take it from where no workspace can set it. */
export interface UserSettings {
  /** Files of authorities (PEM or DER) that are trusted besides those of this computer; absolute paths. */
  readonly certificateAuthorities?: readonly string[];
  /** Environment variables that `${env:NAME}` may read although their names do not start with `FARM_EMAIL_`. */
  readonly allowedEnvironmentVariables?: readonly string[];
  /** Longest time of a whole test, in seconds. */
  readonly timeout?: number;
  /** Domains a test email may go to, besides what the file allows; none of them allows all. */
  readonly allowedRecipientDomains?: readonly string[];
}

/** What a password opens: a login at exactly this server in this way, or a file of a certificate (its real path). */
export type PasswordPlace =
  | {
      readonly kind: 'login';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly tls: boolean;
    }
  | { readonly kind: 'file'; readonly path: string };

/** An error that stands in the settings of a scope. */
export interface ScopeError {
  readonly message: string;
  readonly range: Range;
}

export interface NeededSecret {
  readonly id: 'smtpPassword' | 'clientCertificatePassword';
  /** What it may be kept under; absent where that cannot be told. Made of what is connected to, never of names the file chooses. */
  readonly place?: PasswordPlace;
  /** What the box asks for, for example `Password of CONTOSO\svc-mail at smtp.contoso.com:587`. */
  readonly prompt: string;
}

/** Everything a person must see before a test email is sent. Holds no secret. */
export interface PlanSummary {
  /** Stands for exactly this plan; a test with another digest is refused. */
  readonly digest: string;
  readonly purpose: Purpose;
  readonly title: string;
  readonly route: Route;
  readonly host: string;
  /** What the host's name leads to; empty where it was not asked for, or not found. The test connects to one of these. */
  readonly addresses: readonly string[];
  readonly port: number;
  readonly tls: boolean;
  /** `anonymous`, or the user name that logs in. */
  readonly user: string;
  /** Mechanisms the login may use, in order; empty for `anonymous`. */
  readonly mechanisms: readonly string[];
  /** Name of the client certificate that is presented. */
  readonly clientCertificate: string | undefined;
  readonly from: string;
  readonly replyTo: string | undefined;
  readonly characterSet: number;
  /** The computer that sends: the one the language server runs on. */
  readonly computer: string;
  /** Addresses of `testEmail.to`. */
  readonly suggestedRecipients: readonly string[];
  /** Findings of level error in these settings, in file order. */
  readonly errors: readonly ScopeError[];
  /** What must be asked of the user; environment variables that could be read are not in it. */
  readonly needs: readonly NeededSecret[];
}

export const planRequest = 'farmEmail/plan';
export interface PlanParams {
  readonly uri: string;
  readonly scope: ScopePointer;
  readonly route: Route;
  /** `send` where it is not given. */
  readonly purpose?: Purpose;
  /** Asks the name server for the host's addresses, to be shown before the user says yes. */
  readonly resolve?: boolean;
  /** Refused where a test email may not go there. */
  readonly to?: string;
  readonly user?: UserSettings;
}
/** `refused` says in one sentence why nothing can be sent and what to do. */
export type PlanResult =
  | { readonly kind: 'plan'; readonly plan: PlanSummary }
  | { readonly kind: 'refused'; readonly reason: string; readonly suggestedRecipients: readonly string[] };

/** Sends one test email. Cancelled as any LSP request is. The only message that carries secrets. */
export const sendRequest = 'farmEmail/send';
export interface SendParams {
  readonly uri: string;
  readonly scope: ScopePointer;
  readonly route: Route;
  readonly digest: string;
  /** Those of the plan that was shown: the test connects to no other, and to none where none were found. Not given where none were asked for. */
  readonly addresses?: readonly string[];
  readonly to: string;
  readonly secrets: Partial<Record<NeededSecret['id'], string>>;
  /** `goOn`: when every login was refused, go on without one, as SharePoint is likely to do. `stop` where it is not given. */
  readonly afterRefusedLogin?: 'stop' | 'goOn';
  readonly user?: UserSettings;
  /** Chosen by the client; comes back in `sendProgress`. */
  readonly token: string;
}

/** Probes a server: delivers nothing. Cancelled as any LSP request is. Carries secrets as `farmEmail/send` does. */
export const probeRequest = 'farmEmail/probe';
export interface ProbeParams extends Omit<SendParams, 'route'> {
  /** A recipient elsewhere: does the server relay? */
  readonly outsideRecipient?: string;
  /** Another user as the sender: may SharePoint send in the name of users? */
  readonly otherSender?: string;
  /** Looks at ports 25 and 587 as well. */
  readonly comparePorts?: boolean;
}

/** What came of a test email or a probe. */
export interface SendResult {
  readonly outcome: 'accepted' | 'failed' | 'unknown' | 'cancelled' | 'refused';
  /** Short enough for a lens: `250 accepted`, `550 5.7.1 at RCPT TO`. */
  readonly summary: string;
  /** One or two sentences: what happened, why, what to do. */
  readonly explanation: string;
  /** The whole report, plain text, redacted. Empty where nothing was tried. */
  readonly transcript: string;
  /** The same report in Markdown, for a ticket or a pull request. Empty where nothing was tried. */
  readonly markdown: string;
  /** True where no login was to be had and the test stopped there, though SharePoint is likely to go on without one. */
  readonly stoppedAtLogin: boolean;
  readonly milliseconds: number;
}

export const sendProgressNotification = 'farmEmail/sendProgress';
export interface SendProgress {
  readonly token: string;
  /** A step of the session in words, for example `STARTTLS`. */
  readonly step: string;
}

/** The script that repeats a test email from a server of the farm. Nothing is connected. */
export const powerShellRequest = 'farmEmail/powerShell';
export interface PowerShellParams {
  readonly uri: string;
  readonly scope: ScopePointer;
  readonly to: string;
}
export type PowerShellResult =
  | { readonly kind: 'script'; readonly script: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Starts the inbox on 127.0.0.1, or answers with the one that runs already. */
export const startInboxRequest = 'farmEmail/startInbox';
export interface InboxState {
  readonly host: string;
  readonly port: number;
  /** Folder of the `.eml` files received. */
  readonly folder: string;
}
export type StartInboxResult =
  | { readonly kind: 'running'; readonly inbox: InboxState; readonly alreadyRunning: boolean }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the client tells the server as it starts (`initializationOptions`). */
export interface InitializationOptions {
  /** False in Restricted Mode: then nothing is sent and no certificate file is read. */
  readonly trusted: boolean;
}

/** Workspace trust was granted while the server runs. */
export const trustGrantedNotification = 'farmEmail/trustGranted';
