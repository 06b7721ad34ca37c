import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { deviceSetup, newInboundConnector } from '../sources.ts';

export default defineRule({
  id: 'exo-connector-identity',
  title: 'The connector has nothing to know the farm by',
  severity: 'warning',
  versions: 'all',
  sources: [deviceSetup, newInboundConnector],
  docs: `
## What it reports

\`option: connectorRelay\` for a mail server in use, without \`connector.ipAddresses\` and without
\`connector.certificateDomain\`.

## Why it matters

An inbound connector of Exchange Online knows whose mail it gets by a static public address that nobody else uses, or by a
certificate for a domain of the tenant. Without either it cannot be created, and the mail counts as anybody's.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    exchangeOnline:
      option: connectorRelay
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    exchangeOnline:
      option: connectorRelay
      connector: { ipAddresses: [203.0.113.7] }
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { option, connector } = mailServerOf(settings, common)?.exchangeOnline?.value ?? {};
    if (option?.value !== 'connectorRelay') return;
    const { ipAddresses, certificateDomain } = connector?.value ?? {};
    const hasAddress = ipAddresses !== undefined && (!ipAddresses.isKnown || (ipAddresses.value?.length ?? 0) > 0);
    if (hasAddress || certificateDomain !== undefined) return;
    report(option, 'A connector knows the farm by a static address or a certificate; neither is stated');
  },
});
