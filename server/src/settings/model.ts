import type { Mapping, Node, Scalar } from '../document/node.ts';
import type { Kept } from '../text/kept.ts';

/** A value as it stands in the file. Rules report on it; they never see where that is. */
export interface Stated<T> {
  /** Undefined where a placeholder such as `${env:PORT}` or a value of the wrong type stands: nothing is known of it. */
  readonly value: T | undefined;
  readonly node: Node;
  /** The key it stands under; undefined for an item of a list. */
  readonly key: Scalar | undefined;
}

/** A list of texts, and the key it stands under, to report on it as a whole. */
export interface StatedList extends Stated<readonly Stated<string>[]> {
  /** False where a placeholder or a value of the wrong type stands for the list or for an item: there may be others. */
  readonly isKnown: boolean;
}

export type Origin = 'default' | 'farm' | 'webApplication';

/** A setting in force, and where it comes from. */
export interface Setting<T> {
  readonly value: T | undefined;
  readonly origin: Origin;
  /** Where it is written; undefined exactly when `origin` is `default`. */
  readonly stated: Stated<T> | undefined;
}

export type SharePointVersion = '2013' | '2016' | '2019' | 'SubscriptionEdition';

/** A reference to a secret, or the mistake of a literal one. */
export type SecretReference =
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'ask'; readonly label: string }
  /** A placeholder that another tool fills in. */
  | { readonly kind: 'foreign'; readonly text: string }
  /** Plain text in the file. Its value is not kept. */
  | { readonly kind: 'literal' };

export interface Login {
  readonly userName: Stated<string> | undefined;
  readonly password: Stated<SecretReference> | undefined;
  readonly accountType: 'windows' | 'other';
  readonly sendAs: readonly Stated<string>[];
}

/** What one block `outgoingEmail` states; a field is undefined where it is absent. */
export interface OutgoingEmail {
  readonly smtpServer: Stated<string> | undefined;
  readonly smtpPort: Stated<number> | undefined;
  readonly useTls: Stated<boolean> | undefined;
  readonly authentication: Stated<'anonymous' | Login> | undefined;
  /** `null` undoes the farm's. */
  readonly clientCertificate: Stated<string | null> | undefined;
  readonly fromAddress: Stated<string> | undefined;
  readonly replyToAddress: Stated<string> | undefined;
  readonly characterSet: Stated<number | string> | undefined;
  readonly overrideEnvelopeSender: Stated<boolean> | undefined;
}

/** The settings in force for the farm itself or for one web application: built-in defaults < farm < web application. */
export interface EffectiveSettings {
  readonly scope: Scope;
  readonly smtpServer: Setting<string> | undefined;
  readonly smtpPort: Setting<number>;
  readonly useTls: Setting<boolean>;
  readonly authentication: Setting<'anonymous' | Login>;
  readonly clientCertificate: Setting<string | null>;
  readonly fromAddress: Setting<string> | undefined;
  readonly replyToAddress: Setting<string> | undefined;
  readonly characterSet: Setting<number | string>;
  readonly overrideEnvelopeSender: Setting<boolean>;
}

export type Scope =
  | { readonly kind: 'farm'; readonly name: string }
  | { readonly kind: 'webApplication'; readonly name: string; readonly webApplication: WebApplication };

export interface Server {
  readonly name: Stated<string>;
  readonly ipAddress: Stated<string> | undefined;
  readonly applicationCredentialKey: Stated<SecretReference> | undefined;
}

export interface Farm {
  /** The key `farm`. */
  readonly stated: Stated<Mapping>;
  readonly name: Stated<string> | undefined;
  readonly version: Stated<SharePointVersion> | undefined;
  readonly build: Stated<string> | undefined;
  readonly centralAdministration: Stated<string> | undefined;
  readonly servers: readonly Server[];
  readonly farmAccount: Stated<string> | undefined;
  readonly applicationPoolAccounts: readonly Stated<string>[];
  readonly passphrase: Stated<SecretReference> | undefined;
  readonly externalRecipients: Stated<boolean> | undefined;
  /** The block `outgoingEmail`, and what it states. */
  readonly outgoingEmail: Stated<OutgoingEmail> | undefined;
}

export interface WebApplication {
  readonly name: Stated<string> | undefined;
  readonly url: Stated<string> | undefined;
  readonly outgoingEmail: Stated<OutgoingEmail> | undefined;
  readonly node: Mapping;
}

export interface Certificate {
  readonly name: Stated<string>;
  readonly path: Stated<string> | undefined;
  readonly password: Stated<SecretReference> | undefined;
  readonly thumbprint: Stated<string> | undefined;
  readonly store: Stated<string> | undefined;
  readonly hasPrivateKey: Stated<boolean> | undefined;
  readonly keyAlgorithm: Stated<string> | undefined;
  readonly keySize: Stated<number> | undefined;
  readonly keyUsage: StatedList | undefined;
  readonly extendedKeyUsage: StatedList | undefined;
  readonly notAfter: Stated<string> | undefined;
  readonly issuer: Stated<string> | undefined;
  readonly exportable: Stated<boolean> | undefined;
  readonly privateKeyReaders: StatedList | undefined;
}

export interface MailServer {
  readonly host: Stated<string>;
  readonly kind: Stated<string> | undefined;
  readonly startTls: Stated<boolean> | undefined;
  readonly anonymousAccess: Stated<boolean> | undefined;
  readonly relay: Stated<Relay> | undefined;
  readonly clientCertificates: Stated<string> | undefined;
  readonly authMechanisms: StatedList | undefined;
  readonly impersonation: Stated<string> | undefined;
  readonly receiveConnector: Stated<ReceiveConnector> | undefined;
  readonly exchangeOnline: Stated<ExchangeOnline> | undefined;
  readonly node: Mapping;
}

/** To whom a mail server passes mail on. */
export interface Relay {
  readonly allowed: Stated<boolean> | undefined;
  readonly internetAccess: Stated<boolean> | undefined;
  readonly allowedIpAddresses: StatedList | undefined;
}

/** The receive connector of an Exchange server. */
export interface ReceiveConnector {
  readonly name: Stated<string> | undefined;
  /** A year, or `SubscriptionEdition`. */
  readonly exchangeVersion: Stated<string | number> | undefined;
  readonly usage: Stated<string> | undefined;
  readonly authentication: StatedList | undefined;
  readonly permissionGroups: StatedList | undefined;
  readonly remoteIpRanges: StatedList | undefined;
  readonly extendedRights: StatedList | undefined;
}

/** How a farm uses Exchange Online, and how the tenant is set up. */
export interface ExchangeOnline {
  readonly option: Stated<string> | undefined;
  readonly acceptedDomains: StatedList | undefined;
  readonly smtpAuthReEnabled: Stated<boolean> | undefined;
  readonly rejectDirectSend: Stated<boolean> | undefined;
  readonly connector: Stated<InboundConnector> | undefined;
}

/** The connector of Exchange Online that takes mail from the farm. */
export interface InboundConnector {
  readonly ipAddresses: StatedList | undefined;
  readonly certificateDomain: Stated<string> | undefined;
}

/** Everything but the web applications: what their findings depend on besides themselves. */
export interface Common {
  readonly farm: Farm | undefined;
  readonly certificates: readonly Certificate[];
  readonly mailServers: readonly MailServer[];
  readonly monitoredMailboxes: readonly Stated<string>[];
  readonly testRecipients: readonly Stated<string>[];
  /** Where a test email may go; undefined where the file leaves that open. */
  readonly allowedRecipientDomains: readonly Stated<string>[] | undefined;
}

/** A value whose `#{…}` YAML takes for a comment, because it has no quotes. */
export interface UnquotedPlaceholder extends Stated<string> {
  /** As it is meant. */
  readonly text: string;
  /** True where something stands before the placeholder: the value is then not empty but cut off. */
  readonly isCutOff: boolean;
  /** True where the setting is a text, so that quotes do not change what it is. */
  readonly isText: boolean;
}

/** A file's settings. Of what has the wrong type nothing is known: the schema has reported it. */
export interface FarmEmail {
  /** The same object as before an edit wherever the edit changed web applications only. */
  readonly common: Common;
  readonly webApplications: readonly WebApplication[];
  readonly unquotedPlaceholders: readonly UnquotedPlaceholder[];
  /** What each item under `webApplications` was read as, to be used again after an edit. */
  readonly read: Kept<Node, WebApplication | undefined>;
}
