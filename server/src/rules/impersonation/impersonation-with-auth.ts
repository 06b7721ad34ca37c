import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { impersonationPlace, isImpersonationOn } from '../impersonation.ts';
import { allowsImpersonation, loginOf } from '../logins.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'impersonation-with-auth',
  title: 'SharePoint logs in, and sends some mail in the name of users',
  severity: 'warning',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning],
  fix: 'suggested',
  docs: `
## What it reports

A login in settings that leave email impersonation on (\`overrideEnvelopeSender\` is not true). It is silent where the mail
server is declared with \`impersonation: allowed\`, or its receive connector with a right to send as others.

## Why it matters

Access requests and sharing invitations name the acting user as the sender. A mail server that knows who logged in may
refuse to let that account send as somebody else: alerts arrive, access requests do not.

## Example

\`\`\`yaml
authentication:
  userName: CONTOSO\\svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
smtpPort: 587
overrideEnvelopeSender: false
\`\`\`

## Instead

Turn impersonation off, for every web application. Or have the rights granted at the mail server, and declare them.

\`\`\`yaml
authentication:
  userName: CONTOSO\\svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
smtpPort: 587
overrideEnvelopeSender: true
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    if (loginOf(settings) === undefined || !isImpersonationOn(settings)) return;
    if (allowsImpersonation(mailServerOf(settings, common))) return;
    const { at, fix } = impersonationPlace(settings);
    report(at, 'Access requests are sent as the acting user, which this login may not be allowed to do', { fix });
  },
});
