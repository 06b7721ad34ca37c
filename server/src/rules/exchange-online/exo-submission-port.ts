import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { isSubmissionHost } from '../exchange-online.ts';
import { placeOfPair } from '../logins.ts';
import { deviceSetup } from '../sources.ts';

export default defineRule({
  id: 'exo-submission-port',
  title: 'Not a port of smtp.office365.com',
  severity: 'error',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [deviceSetup],
  fix: 'suggested',
  supersedes: ['submission-port-without-tls'],
  docs: `
## What it reports

A port other than 587 and 25 for \`smtp.office365.com\`. (Port 465 has a rule of its own, port-implicit-tls.)

## Why it matters

Exchange Online takes SMTP AUTH client submission on port 587, which it recommends, and on port 25. Nothing answers
elsewhere.

## Example

\`\`\`yaml
smtpServer: smtp.office365.com
smtpPort: 2525
authentication:
  userName: sharepoint@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
  accountType: other
\`\`\`

## Instead

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 587
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpPort, smtpServer }, report }) {
    const port = smtpPort.value;
    if (smtpServer === undefined || !isSubmissionHost(smtpServer.value) || port === undefined) return;
    if (port === 587 || port === 25 || port === 465 || port < 1 || port > 65_535) return;
    const at = placeOfPair(smtpPort, smtpServer);
    report(at, 'smtp.office365.com answers on port 587 (recommended) and on port 25 only', {
      fix: at === smtpPort ? setValue('Use port 587', smtpPort, 587) : undefined,
    });
  },
});
