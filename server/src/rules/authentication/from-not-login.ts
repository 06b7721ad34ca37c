import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { allowsImpersonation } from '../logins.ts';
import { checkSender } from '../senders.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'from-not-login',
  title: 'The From address is not the one that logs in',
  severity: 'warning',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning],
  docs: `
## What it reports

A From address other than the address that logs in, unless \`sendAs\` lists it. It is silent where the user name is no
address, and where the mail server is declared to allow sending as others.

## Why it matters

Mail servers commonly let an account send only as itself. Exchange refuses others with \`550 5.7.60\` or \`550 5.7.1\`, and
the mail is lost.

## Example

\`\`\`yaml
authentication:
  userName: svc-mail@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
fromAddress: sharepoint@contoso.com
\`\`\`

## Instead

Send as the address that logs in, or have the right granted (Send As, in Exchange) and list the address.

\`\`\`yaml
authentication:
  userName: svc-mail@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
  sendAs: [sharepoint@contoso.com]
fromAddress: sharepoint@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    if (allowsImpersonation(mailServerOf(settings, common))) return;
    const from = 'Not the address that logs in, nor one in its sendAs; the mail server may refuse to send as it';
    const login = 'This login is not the From address in force, nor lists it in sendAs; the mail server may refuse it';
    checkSender(settings, { from, login }, report);
  },
});
