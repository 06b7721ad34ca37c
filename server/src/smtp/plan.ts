import { isHostName, isIpAddress, isMailbox } from '../settings/addresses.ts';
import { codePage } from '../settings/code-pages.ts';
import type { EffectiveSettings, Origin, SecretReference, Setting } from '../settings/model.ts';
import { visible } from '../text/visible.ts';
import { isForbiddenAddress } from './forbidden-addresses.ts';
import { mechanisms } from './mechanisms.ts';

/** Where a test email goes. The inbox is one on this computer, which keeps what it receives. */
export type Route =
  | { readonly kind: 'asConfigured' }
  | { readonly kind: 'localInbox'; readonly host: '127.0.0.1'; readonly port: number };

export interface PlanInput {
  readonly settings: EffectiveSettings;
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

/** Everything that decides where a test email goes and what is in it, but the recipient. Holds no secret. */
export interface Plan {
  /** Equal exactly for plans that send the same thing to the same place. */
  readonly digest: string;
  /** As people call it: `the farm Contoso intranet`, `the web application Portal`. */
  readonly title: string;
  readonly route: Route['kind'];
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly login: PlannedLogin | undefined;
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
  /** Mechanisms to try, in order. */
  readonly mechanisms: readonly string[];
  /** Where the password is to come from; `throwaway` is any made-up text, for the inbox on this computer. */
  readonly password: SecretReference | 'throwaway';
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

/** Longest user name: leaves room in the 512 bytes of an AUTH line. */
const userNameLimit = 256;

/** Plans a test email, or says why there can be none. Pure: reads nothing but its input. */
export function planTestEmail(input: PlanInput): PlanResult {
  const { settings, route, computer } = input;
  const refusal = refusalOf(settings, route);
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
    title: titleOf(settings.scope),
    route: route.kind,
    host,
    port,
    tls,
    login: loginOf(settings, route),
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

/** Why these settings cannot be tried; undefined where they can. */
function refusalOf(settings: EffectiveSettings, route: Route): string | undefined {
  const { smtpServer, smtpPort, useTls, fromAddress, replyToAddress, clientCertificate, characterSet } = settings;
  const unfilled = firstPlaceholder(settings, route);
  if (unfilled) {
    return `${unfilled} is a placeholder, so its value is not known here. Fill it in, or test where it is filled in.`;
  }
  if (route.kind === 'asConfigured') {
    const host = smtpServer?.value;
    if (host === undefined || host === '') return 'No smtpServer is set, here or for the farm.';
    if (!isHostName(host) && !isIpAddress(host)) return `smtpServer ${quote(host)} is not a host name or IP address.`;
    if (isForbiddenAddress(host)) return `smtpServer ${quote(host)} is an address that is never a mail server's.`;
    if (clientCertificate.value) {
      return `Client certificates cannot be presented yet, and these settings present ${quote(clientCertificate.value)}. Send to the inbox on this computer instead.`;
    }
  }
  const port = route.kind === 'localInbox' ? route.port : smtpPort.value;
  if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) {
    return `smtpPort ${String(port)} is not a port (1 to 65535).`;
  }
  const from = fromAddress?.value;
  if (from === undefined || from === '') return 'No fromAddress is set, here or for the farm.';
  if (!isMailbox(from)) return `fromAddress ${quote(from)} is not one plain address such as sharepoint@contoso.com.`;
  const replyTo = replyToAddress?.value;
  if (replyTo && !isMailbox(replyTo)) {
    return `replyToAddress ${quote(replyTo)} is not one plain address such as helpdesk@contoso.com.`;
  }
  if (!charsetOf(settings)) {
    return `characterSet ${quote(String(characterSet.value))} is not one that mail is written in. Use 65001 (UTF-8).`;
  }
  return loginRefusal(settings, route, useTls.value === true);
}

function loginRefusal(settings: EffectiveSettings, route: Route, tls: boolean): string | undefined {
  const login = settings.authentication.value;
  if (login === undefined) return 'authentication is not known.';
  if (login === 'anonymous') return undefined;
  const userName = login.userName?.value;
  if (userName === undefined || userName === '') return 'authentication has no userName.';
  if (hasControlCharacter(userName)) return `userName ${quote(userName)} has a control character.`;
  if (userName.length > userNameLimit) return `userName is longer than ${userNameLimit} characters.`;
  if (!tls) {
    return 'useTls is off while a login is set: the password would cross the network in clear text. Turn useTls on.';
  }
  if (route.kind === 'localInbox') return undefined;
  const password = login.password?.value;
  if (password === undefined) return 'authentication has no password.';
  if (password.kind === 'literal') {
    return 'The password stands in the file as plain text. Replace it by a reference such as ${env:FARM_EMAIL_SMTP_PASSWORD}.';
  }
  return undefined;
}

function charsetOf({ characterSet }: EffectiveSettings): Charset | undefined {
  const page = characterSet.value === undefined ? undefined : codePage(characterSet.value);
  return page?.mailSafe ? { number: page.number, name: page.name } : undefined;
}

/** Name of the first setting that decides something and is written as a placeholder. */
function firstPlaceholder(settings: EffectiveSettings, route: Route): string | undefined {
  const destination = { smtpServer: settings.smtpServer, smtpPort: settings.smtpPort };
  const decisive: Readonly<Record<string, Setting<unknown> | undefined>> = {
    ...(route.kind === 'asConfigured' ? { ...destination, clientCertificate: settings.clientCertificate } : {}),
    useTls: settings.useTls,
    fromAddress: settings.fromAddress,
    replyToAddress: settings.replyToAddress,
    characterSet: settings.characterSet,
    overrideEnvelopeSender: settings.overrideEnvelopeSender,
    authentication: settings.authentication,
  };
  const found = Object.entries(decisive).find(([, setting]) => setting !== undefined && setting.value === undefined);
  if (found) return found[0];
  const login = settings.authentication.value;
  const isLogin = login !== undefined && login !== 'anonymous';
  return isLogin && login.userName && login.userName.value === undefined ? 'userName' : undefined;
}

function loginOf(settings: EffectiveSettings, route: Route): PlannedLogin | undefined {
  const login = settings.authentication.value;
  if (login === undefined || login === 'anonymous') return undefined;
  const password = route.kind === 'localInbox' ? 'throwaway' : login.password?.value;
  const userName = login.userName?.value;
  if (password === undefined || userName === undefined) return undefined;
  return { userName, mechanisms: mechanisms.map(({ name }) => name), password };
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

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

function quote(text: string): string {
  return `“${visible(text)}”`;
}
