import type { Analysis } from '../../analysis.ts';
import type { ScalarValue } from '../../document/node.ts';
import type { ConfigurationFile } from '../../lint/configuration-file.ts';
import type { Completion } from './completion.ts';
import { list, mapping, type Piece, pieceWriter, type Style, scalar, stop } from './piece.ts';
import type { Slot } from './slot.ts';

/** Some lines at once, for what people set up again and again. */
interface Fragment {
  readonly label: string;
  readonly detail: string;
  /** The item itself, or the entries it adds to the mapping it stands in. */
  readonly piece: Extract<Piece, { kind: 'mapping' }>;
}

function fragment(label: string, detail: string, entries: Readonly<Record<string, Piece>>): Fragment {
  return { label, detail, piece: mapping(entries) as Fragment['piece'] };
}

const login = mapping({
  userName: stop('CONTOSO\\svc-mail'),
  password: stop('${env:FARM_EMAIL_SMTP_PASSWORD}', '${secret:SMTP password}'),
});

const addresses = {
  fromAddress: stop('sharepoint@contoso.com'),
  replyToAddress: stop('helpdesk@contoso.com'),
} as const;

/** A whole file, for one that is still empty. */
export const wholeFile: readonly Fragment[] = [
  fragment('farm-email: with a login', 'A farm that logs in on port 587 with TLS (2019 and later)', {
    version: scalar(1),
    farm: mapping({
      name: stop('Contoso intranet'),
      sharePointVersion: stop('SubscriptionEdition', 2019),
      servers: list(
        mapping({ name: stop('SP-APP01'), applicationCredentialKey: stop('${env:FARM_EMAIL_CREDENTIAL_KEY}') }),
      ),
      outgoingEmail: mapping({
        smtpServer: stop('smtp.contoso.com'),
        smtpPort: scalar(587),
        useTls: scalar(true),
        authentication: login,
        ...addresses,
        overrideEnvelopeSender: scalar(true),
      }),
    }),
  }),
  fragment('farm-email: anonymous relay', 'A farm that relays on port 25 without a login, with TLS', {
    version: scalar(1),
    farm: mapping({
      name: stop('Contoso intranet'),
      sharePointVersion: stop('SubscriptionEdition', 2019, 2016),
      outgoingEmail: mapping({
        smtpServer: stop('smtp.contoso.com'),
        smtpPort: scalar(25),
        useTls: scalar(true),
        authentication: scalar('anonymous'),
        ...addresses,
      }),
    }),
  }),
];

/** By the list they are items of. */
export const items: Readonly<Record<string, readonly Fragment[]>> = {
  webApplications: [
    fragment('web application with its own Reply-to', 'The rest comes from the farm', {
      name: stop('Portal'),
      url: stop('https://portal.contoso.com/'),
      outgoingEmail: mapping({ replyToAddress: stop('portal-support@contoso.com') }),
    }),
  ],
  certificates: [
    fragment('client certificate from a PFX file', 'Subscription Edition', {
      name: stop('smtp-client'),
      path: stop('certs/smtp-client.pfx'),
      password: stop('${env:FARM_EMAIL_CLIENT_PFX}', '${secret:password of the PFX file}'),
      store: scalar('EndEntity'),
      hasPrivateKey: scalar(true),
    }),
  ],
  mailServers: [
    fragment('Exchange Server', 'A Receive connector for the farm', {
      host: stop('smtp.contoso.com'),
      kind: scalar('exchange'),
      startTls: scalar(true),
      receiveConnector: mapping({
        name: stop('SP-Relay'),
        exchangeVersion: stop(2019, 'SubscriptionEdition', 2016),
        usage: stop('ClientProxy', 'ClientFrontend', 'Custom'),
        authentication: list(scalar('Tls'), scalar('Integrated')),
        permissionGroups: list(scalar('ExchangeUsers')),
      }),
    }),
    fragment('Exchange Online, connector relay', 'An inbound connector that knows the farm by its address', {
      host: stop('contoso-com.mail.protection.outlook.com'),
      kind: scalar('exchangeOnline'),
      exchangeOnline: mapping({
        option: scalar('connectorRelay'),
        acceptedDomains: list(stop('contoso.com')),
        connector: mapping({ ipAddresses: list(stop('203.0.113.7')) }),
      }),
    }),
    fragment('IIS SMTP', 'The SMTP service of IIS, relaying for the farm', {
      host: stop('smtp.contoso.com'),
      kind: scalar('iis'),
      anonymousAccess: scalar(true),
      relay: mapping({ allowed: scalar(true), allowedIpAddresses: list(stop('10.20.0.11')) }),
    }),
  ],
};

/** Fragments where keys may stand: a whole file where there is nothing yet, the rest of an item that is empty. */
export function fragmentsAt(
  { kind }: Analysis | ConfigurationFile,
  path: readonly string[],
  taken: ReadonlySet<ScalarValue | undefined>,
  slot: Slot,
  style: Style,
): readonly Completion[] {
  if (kind !== 'farmEmail' || taken.size > 0) return [];
  const fragments = path.length === 0 ? wholeFile : path.length === 2 && path[1] === '0' ? items[path[0] ?? ''] : [];
  // A file of JSON without its braces yet is no mapping.
  return (fragments ?? []).map((each) => completion(each, slot, style, entriesText(each, style)));
}

/** Fragments for the next item of a list, with its dash. */
export function fragmentsOfList(
  { kind }: Analysis | ConfigurationFile,
  path: readonly string[],
  slot: Slot,
  style: Style,
): readonly Completion[] {
  const found = kind === 'farmEmail' && path.length === 2 ? (items[path[0] ?? ''] ?? []) : [];
  return found.map((each) => {
    const text = `- ${pieceWriter(style).item(each.piece, style.column)}`;
    return { ...completion(each, slot, style, text), label: `- ${each.label}`, filter: `- ${each.label}` };
  });
}

function entriesText({ piece }: Fragment, style: Style): string {
  const writer = pieceWriter(style);
  const separator =
    (style.flow ? ',' : '') + (style.flow && style.format === 'yaml' ? ' ' : style.newline + ' '.repeat(style.column));
  return piece.entries
    .map(([key, value]) => `${writer.text(key)}:${writer.behindColon(value, style.column)}`)
    .join(separator);
}

function completion(
  { label, detail }: Fragment,
  { start, end, needsComma, quote }: Slot,
  style: Style,
  text: string,
): Completion {
  return {
    label,
    kind: 'fragment',
    detail,
    documentation: undefined,
    filter: style.format === 'yaml' ? quote + label : JSON.stringify(label),
    edit: { start, end, text: needsComma ? `${text},` : text },
    isSnippet: style.snippets,
  };
}
