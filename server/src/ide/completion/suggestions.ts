import type { Analysis } from '../../analysis.ts';
import { extendedKeyUsages, keyUsageBits } from '../../certificates/oids.ts';
import type { ScalarValue } from '../../document/node.ts';
import { schemaAt } from '../../schema/lookup.ts';
import { mailCodePages } from '../../settings/code-pages.ts';
import { comparableHost, mailServerNamed } from '../../settings/mail-servers.ts';
import type { Login, OutgoingEmail, Stated } from '../../settings/model.ts';
import { secretKeys } from '../../settings/secret-reference.ts';

/** A value that is likely at a place. */
export interface Suggestion {
  readonly value: ScalarValue;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
}

/** Of a value that stands elsewhere in the file. */
export const usedHere = 'used in this file';

/** Values that only this file knows, or only SharePoint; those that the schema lists are not among them. The likeliest first. */
export function suggestions(analysis: Analysis, path: readonly string[]): readonly Suggestion[] {
  const names = path.filter((key) => key !== '0');
  const name = names.at(-1) ?? '';
  const suggest = byPlace[names.slice(-2).join('/')] ?? byPlace[name];
  const found = suggest?.(analysis) ?? [];
  const all = secretKeys.includes(name) ? [...found, ...references(path)] : found;
  return [...new Map(all.toReversed().map((each) => [each.value, each])).values()].reverse();
}

type Suggest = (analysis: Analysis) => readonly Suggestion[];

const port25: Suggestion = {
  value: 25,
  detail: 'relay; the built-in default',
  documentation:
    'Where mail servers take mail from servers. SharePoint uses it where no port is stated; SharePoint 2013 knows no other.',
};
const port587: Suggestion = {
  value: 587,
  detail: 'submission, with a login',
  documentation: 'Where mail servers take mail from those who log in, after STARTTLS. SharePoint 2016 and later.',
};

const byPlace: Readonly<Record<string, Suggest>> = {
  'outgoingEmail/smtpServer': ({ settings }) => [
    ...settings.common.mailServers.flatMap(({ host, kind }) =>
      suggestion(host.value, kind?.value ?? 'from mailServers'),
    ),
    ...stated({ settings }, ({ smtpServer }) => smtpServer, usedHere),
  ],
  'outgoingEmail/smtpPort': (analysis) => (isVersion(analysis, '2013') ? [port25] : [port25, port587]),
  'outgoingEmail/clientCertificate': ({ settings }) => [
    ...settings.common.certificates.flatMap(({ name, store }) => suggestion(name.value, store?.value ?? 'certificate')),
    { value: null, detail: 'none' },
  ],
  'outgoingEmail/replyToAddress': (analysis) => [
    ...mailboxes(analysis),
    ...stated(analysis, ({ replyToAddress }) => replyToAddress, usedHere),
  ],
  'outgoingEmail/fromAddress': (analysis) => [
    ...stated(analysis, ({ fromAddress }) => fromAddress, usedHere),
    ...logins(analysis).flatMap(({ sendAs }) =>
      sendAs.flatMap(({ value }) => suggestion(value, 'the login may send as')),
    ),
  ],
  'outgoingEmail/characterSet': () =>
    mailCodePages().map(({ number, name, label }) => ({ value: number, detail: name, documentation: label })),
  'authentication/userName': (analysis) =>
    logins(analysis).flatMap(({ userName }) => suggestion(userName?.value, usedHere)),
  'authentication/sendAs': (analysis) => stated(analysis, ({ fromAddress }) => fromAddress, 'From address'),
  'mailServers/host': ({ settings }) =>
    stated({ settings }, ({ smtpServer }) => smtpServer, usedHere).filter(
      ({ value }) => mailServerNamed(String(value), settings.common) === undefined,
    ),
  monitoredMailboxes: (analysis) => stated(analysis, ({ replyToAddress }) => replyToAddress, 'Reply-to address'),
  'testEmail/to': (analysis) => [
    ...mailboxes(analysis),
    ...stated(analysis, ({ replyToAddress }) => replyToAddress, 'Reply-to address'),
  ],
  'testEmail/allowedRecipientDomains': (analysis) => domains(analysis),
  'exchangeOnline/acceptedDomains': (analysis) => domains(analysis),
  'relay/allowedIpAddresses': (analysis) => serverAddresses(analysis),
  'receiveConnector/remoteIpRanges': (analysis) => serverAddresses(analysis),
  'certificates/privateKeyReaders': ({ settings: { common } }) => [
    ...suggestion(common.farm?.farmAccount?.value, 'farm account'),
    ...(common.farm?.applicationPoolAccounts ?? []).flatMap(({ value }) =>
      suggestion(value, 'application pool account'),
    ),
  ],
  'certificates/keyUsage': () => uses('digitalSignature', keyUsageBits),
  'certificates/extendedKeyUsage': () => uses('clientAuth', [...extendedKeyUsages.values()]),
};

function suggestion(value: ScalarValue | undefined, detail: string): readonly Suggestion[] {
  return value === undefined || value === '' ? [] : [{ value, detail }];
}

function outgoing({ settings: { common, webApplications } }: Pick<Analysis, 'settings'>): readonly OutgoingEmail[] {
  return [common.farm, ...webApplications].flatMap((owner) => owner?.outgoingEmail?.value ?? []);
}

function stated(
  analysis: Pick<Analysis, 'settings'>,
  pick: (settings: OutgoingEmail) => Stated<string> | undefined,
  detail: string,
): readonly Suggestion[] {
  const seen = new Set<string>();
  return outgoing(analysis).flatMap((settings) => {
    const { value } = pick(settings) ?? {};
    if (value === undefined || value === '' || seen.has(comparableHost(value))) return [];
    seen.add(comparableHost(value));
    return [{ value, detail }];
  });
}

function logins(analysis: Analysis): readonly Login[] {
  return outgoing(analysis).flatMap(({ authentication }) => {
    const login = authentication?.value;
    return login === undefined || login === 'anonymous' ? [] : [login];
  });
}

function mailboxes({ settings }: Analysis): readonly Suggestion[] {
  return settings.common.monitoredMailboxes.flatMap(({ value }) => suggestion(value, 'monitored mailbox'));
}

function domains(analysis: Analysis): readonly Suggestion[] {
  const addresses = outgoing(analysis).flatMap(({ fromAddress, replyToAddress }) => [fromAddress, replyToAddress]);
  const all = [
    ...addresses,
    ...analysis.settings.common.monitoredMailboxes,
    ...analysis.settings.common.testRecipients,
  ];
  const names = all.flatMap((address) => /@([\w.-]+)$/.exec(address?.value ?? '')?.[1] ?? []);
  return [...new Set(names)].map((value) => ({ value, detail: usedHere }));
}

function serverAddresses({ settings: { common } }: Analysis): readonly Suggestion[] {
  return (common.farm?.servers ?? []).flatMap(({ name, ipAddress }) =>
    suggestion(ipAddress?.value, name.value ?? 'server'),
  );
}

/** The one that SharePoint needs of a client certificate goes before the others. */
function uses(needed: string, all: readonly string[]): readonly Suggestion[] {
  const others = all.filter((value) => value !== needed).map((value) => ({ value }));
  return [{ value: needed, detail: 'needed of a client certificate' }, ...others];
}

function isVersion({ settings }: Analysis, version: string): boolean {
  return settings.common.farm?.version?.value === version;
}

/** References to secrets, of the forms that the schema shows: never a secret itself. */
function references(path: readonly string[]): readonly Suggestion[] {
  const examples = schemaAt(path)?.examples ?? [];
  return examples.flatMap((each) => (typeof each === 'string' ? [{ value: each, detail: meaningOf(each) }] : []));
}

function meaningOf(reference: string): string {
  return reference.startsWith('${secret:')
    ? 'asked for when a test needs it'
    : 'read from the environment when a test needs it';
}
