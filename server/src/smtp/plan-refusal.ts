import { isHostName, isIpAddress, isMailbox } from '../settings/addresses.ts';
import { codePage } from '../settings/code-pages.ts';
import type { Certificate, EffectiveSettings, Setting } from '../settings/model.ts';
import { visible } from '../text/visible.ts';
import { isForbiddenAddress } from './forbidden-addresses.ts';
import type { Charset, PlanInput, Route } from './plan.ts';

/** Longest user name: leaves room in the 512 bytes of an AUTH line. */
const userNameLimit = 256;

/** Why these settings cannot be tried, in a sentence or two; undefined where they can. */
export function refusalOf(input: PlanInput): string | undefined {
  const { settings, route } = input;
  const { smtpServer, smtpPort, useTls, fromAddress, replyToAddress, characterSet } = settings;
  const unfilled = firstPlaceholder(settings, route);
  if (unfilled) {
    return `${unfilled} is a placeholder, so its value is not known here. Fill it in, or test where it is filled in.`;
  }
  if (route.kind === 'asConfigured') {
    const host = smtpServer?.value;
    if (host === undefined || host === '') return 'No smtpServer is set, here or for the farm.';
    if (!isHostName(host) && !isIpAddress(host)) return `smtpServer ${quote(host)} is not a host name or IP address.`;
    if (isForbiddenAddress(host)) return `smtpServer ${quote(host)} is an address that is never a mail server’s.`;
    const certificate = certificateRefusal(input);
    if (certificate) return certificate;
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
  return loginRefusal(input, useTls.value === true);
}

function certificateRefusal({ settings, certificates }: PlanInput): string | undefined {
  const name = settings.clientCertificate.value;
  if (!name) return undefined;
  if (settings.useTls.value === false) {
    return `clientCertificate ${quote(name)} is set while useTls is off: a certificate is presented in TLS only. Turn useTls on.`;
  }
  const certificate = certificateNamed(certificates, name);
  if (certificate === undefined) return `No certificate, or more than one, is named ${quote(name)} under certificates.`;
  if (certificate.path?.value === undefined) {
    return `The certificate ${quote(name)} has no path, so this computer has nothing to present. State the path of a PFX or PEM file with its private key, or send to the inbox on this computer instead.`;
  }
  return certificate.password?.value?.kind === 'literal'
    ? `The password of the certificate ${quote(name)} stands in the file as plain text. Replace it by a reference such as \${env:FARM_EMAIL_CLIENT_PFX}.`
    : undefined;
}

function loginRefusal({ settings, route, purpose }: PlanInput, tls: boolean): string | undefined {
  const login = settings.authentication.value;
  if (login === undefined) return 'authentication is not known.';
  if (login === 'anonymous') return undefined;
  const userName = login.userName?.value;
  if (userName === undefined || userName === '') return 'authentication has no userName.';
  if (hasControlCharacter(userName)) return `userName ${quote(userName)} has a control character.`;
  if (userName.length > userNameLimit) return `userName is longer than ${userNameLimit} characters.`;
  // A probe stops before the login and says what SharePoint would do.
  if (!tls && purpose === 'send') {
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

/** The character set as mail names it; undefined where mail is not written in it. */
export function charsetOf({ characterSet }: EffectiveSettings): Charset | undefined {
  const page = characterSet.value === undefined ? undefined : codePage(characterSet.value);
  return page?.mailSafe ? { number: page.number, name: page.name } : undefined;
}

/** The certificate of that name, if exactly one has it. */
export function certificateNamed(certificates: readonly Certificate[], name: string): Certificate | undefined {
  const [found, ...others] = certificates.filter((each) => each.name.value === name);
  return others.length === 0 ? found : undefined;
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

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

function quote(text: string): string {
  return `“${visible(text)}”`;
}
