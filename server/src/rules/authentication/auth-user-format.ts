import { defineRule } from '../../lint/rule.ts';
import { windowsLoginOf } from '../logins.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'auth-user-format',
  title: 'The user name of a Windows account lacks its domain',
  severity: 'warning',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning],
  docs: `
## What it reports

A \`userName\` of a Windows account that is neither \`user@domain\` (UPN) nor \`DOMAIN\\user\`. An account is a Windows account
unless \`accountType: other\` says that it is not.

## Why it matters

For Kerberos and NTLM the account has to be found in its domain. A bare name is looked for where the mail server pleases,
and the login may be refused.

## Example

\`\`\`yaml
authentication:
  userName: svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
\`\`\`

## Instead

Write the domain, or say that the account is none of Windows.

\`\`\`yaml
authentication:
  userName: CONTOSO\\svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
\`\`\`
`,
  over: 'settings',
  check({ settings, report }) {
    const userName = windowsLoginOf(settings)?.userName;
    const text = userName?.value;
    if (userName === undefined || text === undefined || text.trim() === '') return;
    if (/^[^\s@\\]+@[^\s@\\]+$/.test(text) || /^[^\\@/]+\\[^\\/]+$/.test(text)) return;
    report(userName, 'A Windows account is written user@domain or DOMAIN\\user; another one needs accountType: other');
  },
});
