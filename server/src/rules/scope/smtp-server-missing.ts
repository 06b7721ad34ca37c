import { defineRule } from '../../lint/rule.ts';
import { configuration, outboundEmail } from '../sources.ts';
import { isNamed } from '../stated-settings.ts';

export default defineRule({
  id: 'smtp-server-missing',
  title: 'The farm has no SMTP server',
  severity: 'error',
  versions: 'all',
  sources: [outboundEmail, configuration],
  docs: `
## What it reports

A farm whose \`outgoingEmail\` states no \`smtpServer\`, or that has no \`outgoingEmail\` at all.

## Why it matters

Without an SMTP server for the farm, alerts, confirmations, invitations and quota messages are not sent. SharePoint's own
health rule "Outbound e-mail has not been configured" reports the same.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: SubscriptionEdition
  outgoingEmail:
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
\`\`\`

## Instead

\`\`\`yaml
version: 1
farm:
  sharePointVersion: SubscriptionEdition
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings, common: { farm }, report }) {
    if (settings.scope.kind !== 'farm' || farm === undefined || settings.smtpServer !== undefined) return;
    if (isNamed(farm.stated, 'outgoingEmail') && farm.outgoingEmail === undefined) return;
    if (isNamed(farm.outgoingEmail, 'smtpServer')) return;
    report(farm.outgoingEmail ?? farm.stated, 'The farm has no SMTP server, so SharePoint sends no mail');
  },
});
