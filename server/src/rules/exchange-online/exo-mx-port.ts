import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { isMxHost } from '../exchange-online.ts';
import { placeOfPair } from '../logins.ts';
import { deviceSetup } from '../sources.ts';

export default defineRule({
  id: 'exo-mx-port',
  title: 'The MX endpoint of Exchange Online answers on port 25',
  severity: 'error',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [deviceSetup],
  fix: 'suggested',
  supersedes: ['submission-port-without-tls'],
  docs: `
## What it reports

A port other than 25 for a host below \`mail.protection.outlook.com\`. (Port 465 has a rule of its own, port-implicit-tls.)

## Why it matters

Direct send and a connector relay both go to port 25 of the MX endpoint. Nothing answers elsewhere.

## Example

\`\`\`yaml
smtpServer: contoso-com.mail.protection.outlook.com
smtpPort: 587
\`\`\`

## Instead

\`\`\`yaml
smtpServer: contoso-com.mail.protection.outlook.com
smtpPort: 25
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpPort, smtpServer }, report }) {
    const port = smtpPort.value;
    if (smtpServer === undefined || !isMxHost(smtpServer.value) || port === undefined) return;
    if (port === 25 || port === 465 || port < 1 || port > 65_535) return;
    const at = placeOfPair(smtpPort, smtpServer);
    report(at, 'The MX endpoint of Exchange Online answers on port 25 only', {
      fix: at === smtpPort ? setValue('Use port 25', smtpPort, 25) : undefined,
    });
  },
});
