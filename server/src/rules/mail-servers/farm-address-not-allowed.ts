import { defineRule } from '../../lint/rule.ts';
import { farmSettings, webApplicationSettings } from '../../settings/effective.ts';
import { type IpRanges, ipRanges } from '../../settings/ip-ranges.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import type { FarmEmail, MailServer, StatedList } from '../../settings/model.ts';
import { anonymousRelay, planning } from '../sources.ts';

export default defineRule({
  id: 'farm-address-not-allowed',
  title: 'The mail server does not know the address of a farm server',
  severity: 'error',
  otherSeverities: ['warning'],
  versions: 'all',
  sources: [planning, anonymousRelay],
  docs: `
## What it reports

The \`ipAddress\` of a farm server that is outside of what a mail server in use lists: \`relay.allowedIpAddresses\` (an error;
for anonymous settings only), or \`receiveConnector.remoteIpRanges\` (a warning, as another connector of that Exchange server
may take the connection).

## Why it matters

Every server of the farm sends mail. Mail from the one that is not listed fails, while all the others work: typical of a
server that joined later or was moved to another network.

## Example

\`\`\`yaml
farm:
  servers:
    - name: SP-APP01
      ipAddress: 10.20.0.11
    - name: SP-APP02
      ipAddress: 10.21.0.12
  outgoingEmail:
    smtpServer: smtp.contoso.com
mailServers:
  - host: smtp.contoso.com
    relay: { allowed: true, allowedIpAddresses: [10.20.0.0/24] }
\`\`\`

## Instead

\`\`\`yaml
farm:
  servers:
    - name: SP-APP01
      ipAddress: 10.20.0.11
    - name: SP-APP02
      ipAddress: 10.21.0.12
  outgoingEmail:
    smtpServer: smtp.contoso.com
mailServers:
  - host: smtp.contoso.com
    relay: { allowed: true, allowedIpAddresses: [10.20.0.0/24, 10.21.0.12] }
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    const { farm } = file.common;
    if (farm === undefined || !farm.servers.some(({ ipAddress }) => ipAddress?.value !== undefined)) return;
    for (const { list, ranges, message, severity } of listsInUse(file)) {
      for (const { ipAddress } of farm.servers) {
        if (ipAddress?.value === undefined || ranges.has(ipAddress.value) !== false) continue;
        report(ipAddress, message, { severity, related: [{ message: 'The addresses it takes mail from', at: list }] });
      }
    }
  },
});

function hasList({ relay, receiveConnector }: MailServer): boolean {
  return relay?.value?.allowedIpAddresses !== undefined || receiveConnector?.value?.remoteIpRanges !== undefined;
}

interface AddressList {
  readonly list: StatedList;
  readonly ranges: IpRanges;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** The lists of the mail servers that some settings point at. */
function listsInUse(file: FarmEmail): readonly AddressList[] {
  const { common } = file;
  if (!common.mailServers.some(hasList)) return [];
  const found = new Map<StatedList, AddressList>();
  const add = (list: StatedList | undefined, message: string, severity: AddressList['severity']): void => {
    if (list === undefined || !list.isKnown || list.value === undefined || found.has(list)) return;
    const ranges = list.value.length === 0 ? undefined : ipRanges(list.value.map(({ value }) => value));
    if (ranges !== undefined) found.set(list, { list, ranges, message, severity });
  };
  const others = file.webApplications.filter(({ outgoingEmail }) => {
    return outgoingEmail?.value?.smtpServer !== undefined || outgoingEmail?.value?.authentication !== undefined;
  });
  const scopes = [farmSettings(file), ...others.map((each) => webApplicationSettings(file, each))];
  for (const settings of scopes) {
    const server = mailServerOf(settings, common);
    if (server === undefined) continue;
    if (settings.authentication.value === 'anonymous') {
      add(
        server.relay?.value?.allowedIpAddresses,
        'The mail server relays for other addresses only; mail from this server is refused',
        'error',
      );
    }
    add(
      server.receiveConnector?.value?.remoteIpRanges,
      'The receive connector takes other addresses only; mail from this server may be refused',
      'warning',
    );
  }
  return [...found.values()];
}
