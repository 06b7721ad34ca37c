import type { Document } from '../document/document.ts';
import type { Mapping, Node } from '../document/node.ts';
import { pairOf } from '../document/node.ts';
import { keep } from '../text/kept.ts';
import type {
  Certificate,
  Common,
  Farm,
  FarmEmail,
  Login,
  OutgoingEmail,
  Server,
  SharePointVersion,
  Stated,
  WebApplication,
} from './model.ts';
import { readMailServer } from './read-mail-server.ts';
import { unquotedPlaceholders } from './unquoted-placeholders.ts';
import {
  isBoolean,
  isInteger,
  isText,
  isTextOrInteger,
  isTextOrNull,
  itemsAt,
  listAt,
  mappingAt,
  once,
  secretAt,
  textAt,
  textsAt,
  valueAt,
} from './values.ts';

/** Reads the settings of a document. What `previous` holds of nodes that are still there is used again. */
export function readSettings(document: Document, previous?: FarmEmail): FarmEmail {
  const { root } = document;
  const entries = root.kind === 'mapping' ? root : undefined;
  const list = <T>(key: string, read: (node: Mapping) => T | undefined): readonly T[] =>
    entries === undefined ? [] : listOf(entries, key, read);
  const common: Common = {
    farm: readFarm(entries),
    certificates: list('certificates', readCertificate),
    mailServers: list('mailServers', readMailServer),
    monitoredMailboxes: (entries && textsAt(entries, 'monitoredMailboxes')) ?? [],
    testRecipients: readTestRecipients(entries),
    allowedRecipientDomains: readAllowedDomains(entries),
  };
  const nodes = (entries && itemsAt(entries, 'webApplications')) ?? [];
  const read = keep(nodes, previous?.read, (node) => (node.kind === 'mapping' ? readWebApplication(node) : undefined));
  return {
    common: previous !== undefined && sameCommon(common, previous.common) ? previous.common : common,
    webApplications: read.results.filter((each) => each !== undefined),
    unquotedPlaceholders: unquotedPlaceholders(document),
    read,
  };
}

/** Nodes are kept across edits, so what is read from the same node is the same settings. */
function sameCommon(a: Common, b: Common): boolean {
  const same = (x: readonly { readonly node: Node }[], y: readonly { readonly node: Node }[]): boolean =>
    x.length === y.length && x.every(({ node }, i) => node === y[i]?.node);
  return (
    a.farm === b.farm &&
    a.certificates.length === b.certificates.length &&
    a.certificates.every((certificate, i) => certificate === b.certificates[i]) &&
    same(a.mailServers, b.mailServers) &&
    same(a.monitoredMailboxes, b.monitoredMailboxes) &&
    same(a.testRecipients, b.testRecipients) &&
    (a.allowedRecipientDomains === undefined) === (b.allowedRecipientDomains === undefined) &&
    same(a.allowedRecipientDomains ?? [], b.allowedRecipientDomains ?? [])
  );
}

function listOf<T>(entries: Mapping, key: string, read: (node: Mapping) => T | undefined): readonly T[] {
  return (itemsAt(entries, key) ?? []).flatMap((item) => (item.kind === 'mapping' ? (read(item) ?? []) : []));
}

const readFarmMapping = once((node): ((stated: Stated<Mapping>) => Farm) => {
  const accounts = mappingAt(node, 'accounts')?.value;
  const rest = {
    name: textAt(node, 'name'),
    version: readVersion(node),
    build: textAt(node, 'build'),
    centralAdministration: textAt(node, 'centralAdministration'),
    servers: listOf(node, 'servers', readServer),
    farmAccount: accounts && textAt(accounts, 'farm'),
    applicationPoolAccounts: (accounts && textsAt(accounts, 'applicationPools')) ?? [],
    passphrase: secretAt(node, 'passphrase'),
    externalRecipients: valueAt(node, 'externalRecipients', isBoolean),
    outgoingEmail: readOutgoingEmail(node),
  };
  let farm: Farm | undefined;
  return (stated) => {
    farm ??= { stated, ...rest };
    return farm;
  };
});

function readFarm(entries: Mapping | undefined): Farm | undefined {
  const stated = entries && mappingAt(entries, 'farm');
  return stated?.value && readFarmMapping(stated.value)(stated);
}

const versions: ReadonlyMap<string, SharePointVersion> = new Map(
  (['2013', '2016', '2019', 'SubscriptionEdition'] as const).map((version) => [version, version]),
);

function readVersion(farm: Mapping): Stated<SharePointVersion> | undefined {
  const stated = valueAt(farm, 'sharePointVersion', isTextOrInteger);
  if (stated === undefined || stated.value === undefined) return stated as Stated<never> | undefined;
  const version = versions.get(String(stated.value));
  return { ...stated, value: version };
}

function readServer(node: Mapping): Server | undefined {
  const name = textAt(node, 'name');
  if (name === undefined) return undefined;
  return {
    name,
    ipAddress: textAt(node, 'ipAddress'),
    applicationCredentialKey: secretAt(node, 'applicationCredentialKey'),
  };
}

function readWebApplication(node: Mapping): WebApplication {
  return { name: textAt(node, 'name'), url: textAt(node, 'url'), outgoingEmail: readOutgoingEmail(node), node };
}

function readOutgoingEmail(holder: Mapping): Stated<OutgoingEmail> | undefined {
  const stated = mappingAt(holder, 'outgoingEmail');
  const node = stated?.value;
  if (stated === undefined || node === undefined) return undefined;
  const value: OutgoingEmail = {
    smtpServer: textAt(node, 'smtpServer'),
    smtpPort: valueAt(node, 'smtpPort', isInteger),
    useTls: valueAt(node, 'useTls', isBoolean),
    authentication: readAuthentication(node),
    clientCertificate: valueAt(node, 'clientCertificate', isTextOrNull),
    fromAddress: textAt(node, 'fromAddress'),
    replyToAddress: textAt(node, 'replyToAddress'),
    characterSet: valueAt(node, 'characterSet', isTextOrInteger),
    overrideEnvelopeSender: valueAt(node, 'overrideEnvelopeSender', isBoolean),
  };
  return { ...stated, value };
}

function readAuthentication(outgoingEmail: Mapping): Stated<'anonymous' | Login> | undefined {
  const pair = pairOf(outgoingEmail, 'authentication');
  if (pair === undefined) return undefined;
  const { key, value: node } = pair;
  if (node.kind !== 'mapping') {
    const isNothing = node.kind === 'scalar' && node.value === null;
    const isAnonymous = node.kind === 'scalar' && node.value === 'anonymous';
    return isNothing ? undefined : { value: isAnonymous ? 'anonymous' : undefined, node, key };
  }
  const accountType = valueAt(node, 'accountType', isText)?.value;
  const login: Login = {
    userName: textAt(node, 'userName'),
    password: secretAt(node, 'password'),
    accountType: accountType === 'other' ? 'other' : 'windows',
    sendAs: textsAt(node, 'sendAs') ?? [],
  };
  return { value: login, node, key };
}

const readCertificate = once((node): Certificate | undefined => {
  const name = textAt(node, 'name');
  if (name === undefined) return undefined;
  return {
    name,
    path: textAt(node, 'path'),
    password: secretAt(node, 'password'),
    thumbprint: textAt(node, 'thumbprint'),
    store: textAt(node, 'store'),
    hasPrivateKey: valueAt(node, 'hasPrivateKey', isBoolean),
    keyAlgorithm: textAt(node, 'keyAlgorithm'),
    keySize: valueAt(node, 'keySize', isInteger),
    keyUsage: listAt(node, 'keyUsage'),
    extendedKeyUsage: listAt(node, 'extendedKeyUsage'),
    notAfter: textAt(node, 'notAfter'),
    issuer: textAt(node, 'issuer'),
    exportable: valueAt(node, 'exportable', isBoolean),
    privateKeyReaders: listAt(node, 'privateKeyReaders'),
  };
});

function readTestRecipients(entries: Mapping | undefined): readonly Stated<string>[] {
  const test = entries && mappingAt(entries, 'testEmail')?.value;
  return (test && textsAt(test, 'to')) ?? [];
}

/** What is stated but no list allows nothing: a limit that was mistyped must not open the door. */
function readAllowedDomains(entries: Mapping | undefined): readonly Stated<string>[] | undefined {
  const test = entries && mappingAt(entries, 'testEmail')?.value;
  if (test === undefined || pairOf(test, 'allowedRecipientDomains') === undefined) return undefined;
  return textsAt(test, 'allowedRecipientDomains') ?? [];
}
