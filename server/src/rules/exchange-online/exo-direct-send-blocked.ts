import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { setOrganizationConfig } from '../sources.ts';

export default defineRule({
  id: 'exo-direct-send-blocked',
  title: 'The tenant refuses direct send',
  severity: 'error',
  versions: 'all',
  sources: [setOrganizationConfig],
  docs: `
## What it reports

\`option: directSend\` for a mail server in use, in a tenant that is declared with \`rejectDirectSend: true\`.

## Why it matters

With RejectDirectSend on, Exchange Online refuses anonymous mail whose sender is in one of the tenant's own domains and
that no inbound connector knows by its address or certificate: \`550 5.7.68\`. That is what a farm with direct send does.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    exchangeOnline:
      option: directSend
      rejectDirectSend: true
\`\`\`

## Instead

Have an inbound connector created for the farm.

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    exchangeOnline:
      option: connectorRelay
      rejectDirectSend: true
      connector: { ipAddresses: [203.0.113.7] }
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { option, rejectDirectSend } = mailServerOf(settings, common)?.exchangeOnline?.value ?? {};
    if (option?.value !== 'directSend' || rejectDirectSend?.value !== true) return;
    report(option, 'The tenant refuses direct send (5.7.68), so no mail of the farm arrives', {
      related: [{ message: 'Direct send is refused', at: rejectDirectSend }],
    });
  },
});
