import { isHostName } from '../settings/addresses.ts';
import type { Certificate, EffectiveSettings, Origin, SecretReference, Setting } from '../settings/model.ts';
import { visible } from '../text/visible.ts';
import { type MechanismName, mechanismNames } from './mechanisms/mechanism.ts';
import { certificateNamed, charsetOf, refusalOf } from './plan-refusal.ts';

/** Where a test email goes. The inbox is one on this computer, which keeps what it receives. */
export type Route =
  | { readonly kind: 'asConfigured' }
  | { readonly kind: 'localInbox'; readonly host: '127.0.0.1'; readonly port: number };

/** What a plan is for: a test email, or a probe, which delivers nothing. */
export type Purpose = 'send' | 'probe';

export interface PlanInput {
  readonly purpose: Purpose;
  readonly settings: EffectiveSettings;
  /** The certificates of the file: what `clientCertificate` names is looked up there. */
  readonly certificates: readonly Certificate[];
  readonly route: Route;
  /** Name of the computer that sends; shown, and said in EHLO. */
  readonly computer: string;
}

export interface Charset {
  /** Code page, for example 65001. */
  readonly number: number;
  /** MIME name, for example `utf-8`. */
  readonly name: string;
}

/** Everything that decides where a test goes and what is in it, but the recipient. Holds no secret. */
export interface Plan {
  /** Equal exactly for plans that send the same thing to the same place. */
  readonly digest: string;
  readonly purpose: Purpose;
  /** As people call it: `the farm Contoso intranet`, `the web application Portal`. */
  readonly title: string;
  readonly route: Route['kind'];
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly login: PlannedLogin | undefined;
  readonly clientCertificate: PlannedCertificate | undefined;
  readonly from: string;
  readonly replyTo: string | undefined;
  readonly charset: Charset;
  readonly overrideEnvelopeSender: boolean;
  readonly computer: string;
  /** The name said in EHLO. */
  readonly clientName: string;
  /** The settings as configured, for people to read. */
  readonly settings: readonly PlannedSetting[];
}

export interface PlannedLogin {
  readonly userName: string;
  /** Mechanisms that may be tried, in order; the inbox on this computer knows one. */
  readonly mechanisms: readonly MechanismName[];
  /** Where the password is to come from; `throwaway` is any made-up text, for the inbox on this computer. */
  readonly password: SecretReference | 'throwaway';
}

/** A client certificate and the file it is in. */
export interface PlannedCertificate {
  /** As the settings name it. */
  readonly name: string;
  /** Relative to the file, as it is written there. */
  readonly path: string;
  readonly password: SecretReference | undefined;
}

export interface PlannedSetting {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
}

/** `reason` says in a sentence or two why nothing can be sent, and what to do. */
export type PlanResult =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'refused'; readonly reason: string };

/** Plans a test email, or says why there can be none. Pure: reads nothing but its input. */
export function planTestEmail(input: PlanInput): PlanResult {
  const { purpose, settings, route, computer } = input;
  const refusal = refusalOf(input);
  if (refusal) return { kind: 'refused', reason: refusal };

  const host = route.kind === 'localInbox' ? route.host : settings.smtpServer?.value;
  const port = route.kind === 'localInbox' ? route.port : settings.smtpPort.value;
  const from = settings.fromAddress?.value;
  const tls = settings.useTls.value;
  const overrideEnvelopeSender = settings.overrideEnvelopeSender.value;
  if (host === undefined || port === undefined || from === undefined || tls === undefined) return unknown();
  const charset = charsetOf(settings);
  if (overrideEnvelopeSender === undefined || charset === undefined) return unknown();

  const decisive = {
    purpose,
    title: titleOf(settings.scope),
    route: route.kind,
    host,
    port,
    tls,
    login: loginOf(settings, route),
    clientCertificate: certificateOf(input),
    from,
    replyTo: settings.replyToAddress?.value || undefined,
    charset,
    overrideEnvelopeSender,
    computer: visible(computer),
    clientName: clientNameOf(computer),
  };
  const plan = { ...decisive, digest: JSON.stringify(decisive), settings: plannedSettings(settings, charset) };
  return { kind: 'plan', plan };
}

function unknown(): PlanResult {
  return { kind: 'refused', reason: 'A value that decides where the mail goes is not known.' };
}

function loginOf(settings: EffectiveSettings, route: Route): PlannedLogin | undefined {
  const login = settings.authentication.value;
  if (login === undefined || login === 'anonymous') return undefined;
  const userName = login.userName?.value;
  if (userName === undefined) return undefined;
  if (route.kind === 'localInbox') return { userName, mechanisms: ['LOGIN'], password: 'throwaway' };
  const password = login.password?.value;
  return password && { userName, mechanisms: mechanismNames, password };
}

/** The inbox on this computer asks for no certificate, so none is read for it. */
function certificateOf({ settings, certificates, route }: PlanInput): PlannedCertificate | undefined {
  const name = route.kind === 'asConfigured' ? settings.clientCertificate.value : undefined;
  const certificate = name ? certificateNamed(certificates, name) : undefined;
  const path = certificate?.path?.value;
  if (!name || path === undefined) return undefined;
  return { name, path, password: certificate?.password?.value };
}

function titleOf({ kind, name }: EffectiveSettings['scope']): string {
  return kind === 'farm' ? `the farm ${visible(name)}`.trim() : `the web application ${visible(name)}`;
}

/** As System.Net.Mail does: the computer's name in ASCII, or a stand-in. */
function clientNameOf(computer: string): string {
  return isHostName(computer) ? computer : 'LocalHost';
}

function plannedSettings(settings: EffectiveSettings, charset: Charset): readonly PlannedSetting[] {
  const login = settings.authentication.value;
  const user = login === undefined || login === 'anonymous' ? 'anonymous' : (login.userName?.value ?? '');
  const rows: readonly (readonly [string, Setting<unknown> | undefined, string?])[] = [
    ['smtpServer', settings.smtpServer],
    ['smtpPort', settings.smtpPort],
    ['useTls', settings.useTls],
    ['authentication', settings.authentication, user === 'anonymous' ? user : `logs in as ${user}`],
    ['clientCertificate', settings.clientCertificate, settings.clientCertificate.value ?? 'none'],
    ['fromAddress', settings.fromAddress],
    ['replyToAddress', settings.replyToAddress],
    ['characterSet', settings.characterSet, `${charset.number} (${charset.name})`],
    ['overrideEnvelopeSender', settings.overrideEnvelopeSender],
  ];
  return rows.flatMap(([name, setting, shown]) =>
    setting
      ? [{ name, value: visible(shown ?? String(setting.value ?? 'a placeholder')), origin: setting.origin }]
      : [],
  );
}
