import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { deviceSetup } from '../sources.ts';

export default defineRule({
  id: 'exo-direct-send-external',
  title: 'Direct send does not reach people outside',
  severity: 'warning',
  versions: 'all',
  sources: [deviceSetup],
  docs: `
## What it reports

\`option: directSend\` for a mail server in use, where the farm has recipients outside the organisation
(\`farm.externalRecipients: true\`).

## Why it matters

With direct send Exchange Online takes mail for its own mailboxes only. Mail to anybody else is refused; alerts arrive,
invitations to partners do not.

## Example

\`\`\`yaml
farm:
  externalRecipients: true
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
    useTls: false
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    startTls: false
    exchangeOnline:
      option: directSend
\`\`\`

## Instead

Relay through a connector.

\`\`\`yaml
farm:
  externalRecipients: true
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
    useTls: false
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    startTls: false
    exchangeOnline:
      option: connectorRelay
      connector: { ipAddresses: [203.0.113.7] }
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const option = mailServerOf(settings, common)?.exchangeOnline?.value?.option;
    const outside = common.farm?.externalRecipients;
    if (option?.value !== 'directSend' || outside?.value !== true) return;
    report(option, 'Direct send reaches mailboxes of the tenant only; mail to people outside is refused', {
      related: [{ message: 'Recipients outside the organisation', at: outside }],
    });
  },
});
