import type { Mapping, Node, Scalar } from '../document/node.ts';

/** A value as it stands in the file. Rules report on it; they never see where that is. */
export interface Stated<T> {
  /** Undefined where a placeholder such as `${env:PORT}` stands: nothing is known of the value. */
  readonly value: T | undefined;
  readonly node: Node;
  /** The key it stands under; undefined for an item of a list. */
  readonly key: Scalar | undefined;
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

/** What one block `outgoingEmail` states; a field is undefined where it is absent or has the wrong type. */
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
  readonly node: Mapping;
}

export interface WebApplication {
  readonly name: Stated<string> | undefined;
  readonly url: Stated<string> | undefined;
  readonly outgoingEmail: OutgoingEmail | undefined;
  readonly node: Mapping;
}
