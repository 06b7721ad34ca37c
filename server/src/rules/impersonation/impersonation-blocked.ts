import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { isSubmissionHost } from '../exchange-online.ts';
import { impersonationPlace, isImpersonationOn } from '../impersonation.ts';
import { overrideSender, planning } from '../sources.ts';

export default defineRule({
  id: 'impersonation-blocked',
  title: 'SharePoint sends in the name of users, and the mail server does not let it',
  severity: 'error',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [planning, overrideSender],
  fix: 'suggested',
  supersedes: ['impersonation-with-auth'],
  docs: `
## What it reports

Email impersonation left on (\`overrideEnvelopeSender\` is not true) in settings for a mail server that is declared with
\`impersonation: blocked\`.

## Why it matters

Access requests and sharing invitations name the acting user as the sender. This server refuses that, so those messages
are lost, while alerts arrive.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    overrideEnvelopeSender: false
mailServers:
  - host: smtp.contoso.com
    impersonation: blocked
\`\`\`

## Instead

Turn impersonation off, for every web application. (SharePoint Server 2016 can do so from the November 2017 update on.)

\`\`\`yaml
farm:
  sharePointVersion: SubscriptionEdition
  outgoingEmail:
    smtpServer: smtp.contoso.com
    overrideEnvelopeSender: true
mailServers:
  - host: smtp.contoso.com
    impersonation: blocked
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const impersonation = mailServerOf(settings, common)?.impersonation;
    if (impersonation?.value !== 'blocked' || !isImpersonationOn(settings)) return;
    if (isSubmissionHost(settings.smtpServer?.value)) return;
    const { at, fix } = impersonationPlace(settings);
    report(at, 'The mail server blocks mail in the name of users, so access requests and invitations are lost', {
      fix,
      related: [{ message: 'Impersonation is blocked', at: impersonation }],
    });
  },
});
