import { defineRule } from '../../lint/rule.ts';
import { type IpRanges, ipRanges } from '../../settings/ip-ranges.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import type { ReceiveConnector, StatedList } from '../../settings/model.ts';
import { lists, rights } from '../receive-connectors.ts';
import { anonymousRelay, planning, setReceiveConnector } from '../sources.ts';

export default defineRule({
  id: 'connector-open-range',
  title: 'Every address may relay through the receive connector',
  severity: 'error',
  versions: 'all',
  sources: [planning, anonymousRelay, setReceiveConnector],
  docs: `
## What it reports

A receive connector in use whose \`remoteIpRanges\` hold every address, and that is externally secured, or gives anonymous
users the right to relay (\`ms-Exch-SMTP-Accept-Any-Recipient\`).

## Why it matters

Through an externally secured connector everybody counts as authenticated, past the checks against spam and forged senders.
Open to every address, it is an open relay: whoever reaches the server can send mail as anybody to anywhere.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
mailServers:
  - host: smtp.contoso.com
    kind: exchange
    receiveConnector:
      authentication: [Tls, ExternalAuthoritative]
      permissionGroups: [ExchangeServers]
      remoteIpRanges: [0.0.0.0-255.255.255.255]
\`\`\`

## Instead

List the addresses of the farm's servers, and no others.

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
mailServers:
  - host: smtp.contoso.com
    kind: exchange
    receiveConnector:
      authentication: [Tls, ExternalAuthoritative]
      permissionGroups: [ExchangeServers]
      remoteIpRanges: [10.20.0.11, 10.20.0.12]
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const connector = mailServerOf(settings, common)?.receiveConnector?.value;
    const list = connector?.remoteIpRanges;
    if (connector === undefined || list === undefined || !trustsEverybody(connector)) return;
    if (rangesOf(list)?.isEverything !== true) return;
    const open = list.value?.find(({ value }) => ipRanges([value])?.isEverything);
    report(open ?? list, 'Every address may relay here as if it were trusted; only the farm’s servers should');
  },
});

function trustsEverybody(connector: ReceiveConnector): boolean {
  const isRelay = lists(connector.extendedRights, rights.anyRecipient);
  return (
    lists(connector.authentication, 'ExternalAuthoritative') ||
    (lists(connector.permissionGroups, 'AnonymousUsers') && isRelay)
  );
}

const known = new WeakMap<StatedList, { readonly ranges: IpRanges | undefined }>();

function rangesOf(list: StatedList): IpRanges | undefined {
  let entry = known.get(list);
  if (entry === undefined) {
    entry = { ranges: ipRanges((list.value ?? []).map(({ value }) => value)) };
    known.set(list, entry);
  }
  return entry.ranges;
}
