import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { isSubmissionHost } from '../exchange-online.ts';
import { placeOfPair } from '../logins.ts';
import { deviceSetup } from '../sources.ts';

export default defineRule({
  id: 'exo-submission-tls',
  title: 'smtp.office365.com without TLS',
  severity: 'error',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [deviceSetup],
  fix: 'safe',
  supersedes: ['auth-without-tls', 'tls-disabled', 'submission-port-without-tls'],
  docs: `
## What it reports

\`useTls: false\` in settings for \`smtp.office365.com\`. Other rules on TLS being off say nothing for this host.

## Why it matters

Exchange Online takes SMTP AUTH client submission over TLS (1.2 or later) only, and offers no login without it.

## Example

\`\`\`yaml
smtpServer: smtp.office365.com
smtpPort: 587
useTls: false
authentication:
  userName: sharepoint@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
  accountType: other
\`\`\`

## Instead

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 587
useTls: true
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpServer, useTls }, report }) {
    if (smtpServer === undefined || !isSubmissionHost(smtpServer.value) || useTls.value !== false) return;
    const at = placeOfPair(useTls, smtpServer);
    report(at, 'smtp.office365.com takes mail over TLS only', {
      fix: at === useTls ? setValue('Turn TLS on', useTls, true) : undefined,
      related: at === useTls ? [] : [{ message: 'TLS is turned off here', at: useTls }],
    });
  },
});
