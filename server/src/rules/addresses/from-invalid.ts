import { defineRule } from '../../lint/rule.ts';
import { checkMailbox } from '../mailboxes.ts';
import { setWebApplication } from '../sources.ts';

export default defineRule({
  id: 'from-invalid',
  title: 'The From address is no email address',
  severity: 'error',
  versions: 'all',
  sources: [setWebApplication],
  fix: 'suggested',
  docs: `
## What it reports

A \`fromAddress\` that is not one email address: a name, several addresses, an address with a name around it.

## Why it matters

The reference of \`Set-SPWebApplication\` asks for a valid address in \`-OutgoingEmailAddress\`. The planning page speaks of a
friendly name instead; a mail server needs an address in \`MAIL FROM\`.

## Example

\`\`\`yaml
fromAddress: SharePoint Administrator
\`\`\`

## Instead

\`\`\`yaml
fromAddress: sharepoint@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings, report }) {
    checkMailbox(settings.fromAddress, 'SharePoint wants an address to send from', report);
  },
});
