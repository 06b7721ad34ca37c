import { addBeside } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { outgoingEmailDsc, setWebApplication, whatsNew2016 } from '../sources.ts';
import { isNamed } from '../stated-settings.ts';

export default defineRule({
  id: 'tls-not-stated',
  title: 'Whether TLS is on is not stated',
  severity: 'warning',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [setWebApplication, outgoingEmailDsc, whatsNew2016],
  fix: 'suggested',
  docs: `
## What it reports

Outgoing email settings of the farm that do not state \`useTls\`. Web applications inherit it, so it is reported once.

## Why it matters

What an absent value means depends on the tool that applies it: \`Set-SPWebApplication\` turns TLS on unless it is told
\`-DisableSMTPEncryption\`; SharePointDsc writes "off" where \`UseTLS\` is left out. With TLS on, a mail server without
STARTTLS gets no mail; with TLS off, everything goes in plain text.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication: anonymous
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
    if (scope.kind !== 'farm' || block === undefined || smtpServer === undefined || isNamed(block, 'useTls')) return;
    report(block, 'Whether TLS is on is not stated; the cmdlet turns it on, SharePointDsc turns it off', {
      fix: addBeside('State useTls: true', smtpServer, 'useTls', true),
    });
  },
});
