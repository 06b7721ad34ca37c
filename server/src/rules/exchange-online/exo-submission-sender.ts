import { defineRule } from '../../lint/rule.ts';
import { isSubmissionHost } from '../exchange-online.ts';
import { checkSender } from '../senders.ts';
import { deviceSetup } from '../sources.ts';

export default defineRule({
  id: 'exo-submission-sender',
  title: 'smtp.office365.com: the From address is not the login',
  severity: 'error',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [deviceSetup],
  supersedes: ['from-not-login'],
  docs: `
## What it reports

A From address, the farm's or a web application's, that is neither the mailbox that logs in to \`smtp.office365.com\` nor
listed in its \`sendAs\`.

## Why it matters

Exchange Online refuses to send as somebody else: \`550 5.7.60\`, or \`554 5.2.0\` with SendAsDenied. The mail is lost.

## Example

\`\`\`yaml
smtpServer: smtp.office365.com
smtpPort: 587
authentication:
  userName: sharepoint@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
  accountType: other
fromAddress: portal@contoso.com
\`\`\`

## Instead

Send as the mailbox that logs in; or have Send As granted to it, and list the address in \`sendAs\`.

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 587
authentication:
  userName: sharepoint@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
  accountType: other
  sendAs: [portal@contoso.com]
fromAddress: portal@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings, report }) {
    if (!isSubmissionHost(settings.smtpServer?.value)) return;
    const from = 'Exchange Online refuses to send as this address: it is not the login, nor in its sendAs (5.7.60)';
    const login = 'Exchange Online refuses this login the From address in force, which is not in its sendAs (5.7.60)';
    checkSender(settings, { from, login }, report);
  },
});
