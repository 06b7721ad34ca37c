import { isIpAddress } from '../../settings/addresses.ts';
import { visible } from '../../text/visible.ts';
import type { Facts } from '../explain.ts';

/** The .NET mail client is our model of SharePoint here; nobody at Microsoft has said so, hence the wording. */
export const goesOn =
  'After a refused login the .NET mail client tries the next mechanism, and in the end goes on without a login. SharePoint is likely to do the same: the mail then fails later, or goes out without a login.';

export const checkPassword = 'Check the password, and the form of the user name: name@domain or DOMAIN\\user.';
export const mayBeLocked = 'Do not try again and again: the account may be locked.';
export const getTicket = 'Get a ticket for the account of the settings (kinit), then test again.';
export const installKerberos =
  'Install the npm package kerberos for your user, as the page on testing email says, then test again.';

/** What makes Kerberos know the service SharePoint asks for. The host is one that may stand in a command. */
export function registerService({ plan }: Pick<Facts, 'plan'>): readonly string[] {
  if (isIpAddress(plan.host)) return ['Set smtpServer to the server’s own full name: an address has no service.'];
  const service = `SMTPSVC/${plan.host}`;
  return [
    'Set smtpServer to the server’s own full name if it is an alias.',
    `Or have the service registered for the mail server’s account (setspn -S ${service} ACCOUNT). Whether it is, says setspn -Q ${service}.`,
  ];
}

/** Where the server refused a ticket that the directory gave. */
export const servesAnotherName = [
  'Ask which service principal names the mail server has a key for (SMTPSVC/NAME, in its keytab or account).',
  'Set smtpServer to the name the server knows itself by.',
  'Ask whether this account may use SMTP.',
];

/** Where the answer depends on the address of the computer that asks. */
export const otherAddress = 'Unless this is a SharePoint server, the farm comes from another address.';
/** What to do then. */
export const repeatOnFarm = 'Repeat the test on a SharePoint server, if this is none.';
/** Where the login is set and none was taken. */
export const loginNotTaken =
  'The login in the settings was not taken before. SharePoint is likely to go on without one, and to meet the same.';
export const lookAtLogin = 'Look at the login first: what came of it stands under Login.';
/** Why a certificate that is set was not presented. Ours is OpenSSL; SharePoint's is that of Windows. */
export const staysBehind =
  'The TLS of this test holds a certificate back where the server takes no signature of its kind of key, for example DSA. SharePoint needs an RSA or ECDSA key; Windows may also hold one back whose CA the server does not name.';
export const readLog = 'Have the server’s log of this minute read.';
export const tryLater = 'Try again in some minutes.';
export const lookForProxy = 'Look for a proxy or firewall that rewrites SMTP (“SMTP inspection”, “fixup”).';

/** As `smtp.contoso.com on port 587`. */
export function placeOf({ plan }: Pick<Facts, 'plan'>): string {
  return `${plan.host} on port ${plan.port}`;
}

/** The user name of the login. */
export function userOf({ plan }: Pick<Facts, 'plan'>): string {
  return visible(plan.login?.userName ?? '');
}

/** The reply as `“535 5.7.8 Text”`; empty for other failures. */
export function quoted({ failure }: Facts): string {
  if (failure.kind !== 'reply') return '';
  const { code, text } = failure.reply;
  return `“${`${code} ${text}`.trim()}”`;
}

/** The codes of the reply as ` (535 5.7.8)`, to be put behind a word; empty for other failures. */
export function codesOf({ failure }: Facts): string {
  if (failure.kind !== 'reply') return '';
  return ` (${[failure.reply.code, failure.reply.enhanced].filter(Boolean).join(' ')})`;
}

/** Where it happened, as people say it: `at MAIL FROM`, `at the login`. */
export function atStep({ step }: Pick<Facts, 'step'>): string {
  if (step === 'authenticate') return 'at the login';
  if (step === 'outside recipient') return 'at the question about an outside recipient';
  if (step === 'other sender') return 'at the question about another sender';
  return `at ${step}`;
}

/** A list of which only the first few are shown. */
export function someOf(items: readonly string[], shown: number): string {
  const list = items.slice(0, shown).map((item) => clipped(item, 80));
  const more = items.length - list.length;
  return more > 0 ? `${list.join(', ')} and ${more} more` : list.join(', ');
}

/** A text of somebody else where a line has to stay short. */
export function clipped(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** As `2026-11-22`. */
export function dayOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10);
}
