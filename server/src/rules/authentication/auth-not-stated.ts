import { addBeside } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { configuration, setWebApplication } from '../sources.ts';
import { isNamed } from '../stated-settings.ts';

export default defineRule({
  id: 'auth-not-stated',
  title: 'Whether SharePoint logs in is not stated',
  severity: 'information',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [setWebApplication, configuration],
  fix: 'suggested',
  docs: `
## What it reports

Outgoing email settings of the farm without \`authentication\`. Web applications inherit it, so it is reported once.

## Why it matters

\`Set-SPWebApplication\` keeps the stored login where \`-SMTPCredentials\` is left out, and removes it only for \`$null\`. A
file that says nothing therefore stands for two different farms: one that never logged in, and one that still does.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
\`\`\`

## Instead

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings: { scope, smtpServer }, common: { farm }, report }) {
    const block = farm?.outgoingEmail;
    if (scope.kind !== 'farm' || block === undefined || smtpServer === undefined) return;
    if (isNamed(block, 'authentication')) return;
    report(block, 'Whether SharePoint logs in is not stated; a login that is stored already would be kept', {
      fix: addBeside('State authentication: anonymous', smtpServer, 'authentication', 'anonymous'),
    });
  },
});
