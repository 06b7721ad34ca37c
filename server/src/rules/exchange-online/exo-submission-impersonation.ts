import { defineRule } from '../../lint/rule.ts';
import { isSubmissionHost } from '../exchange-online.ts';
import { impersonationPlace, isImpersonationOn } from '../impersonation.ts';
import { loginOf } from '../logins.ts';
import { deviceSetup, planning } from '../sources.ts';

export default defineRule({
  id: 'exo-submission-impersonation',
  title: 'smtp.office365.com, and some mail in the name of users',
  severity: 'warning',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, deviceSetup],
  fix: 'suggested',
  supersedes: ['impersonation-with-auth', 'impersonation-blocked'],
  docs: `
## What it reports

A login at \`smtp.office365.com\` in settings that leave email impersonation on (\`overrideEnvelopeSender\` is not true).

## Why it matters

Access requests and sharing invitations name the acting user as the sender, and Exchange Online lets a mailbox send as
itself only, or as those it has Send As for. Alerts arrive, access requests do not.

## Example

\`\`\`yaml
smtpServer: smtp.office365.com
smtpPort: 587
authentication:
  userName: sharepoint@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
  accountType: other
overrideEnvelopeSender: false
\`\`\`

## Instead

Turn impersonation off, for every web application.

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 587
authentication:
  userName: sharepoint@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
  accountType: other
overrideEnvelopeSender: true
\`\`\`
`,
  over: 'settings',
  check({ settings, report }) {
    if (!isSubmissionHost(settings.smtpServer?.value) || loginOf(settings) === undefined) return;
    if (!isImpersonationOn(settings)) return;
    const { at, fix } = impersonationPlace(settings);
    report(at, 'Access requests are sent as the acting user, which Exchange Online refuses this login', { fix });
  },
});
