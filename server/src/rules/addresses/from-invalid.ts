import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { noMailbox } from '../mailboxes.ts';
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
  check({ settings: { fromAddress }, report }) {
    const text = fromAddress?.value;
    if (fromAddress === undefined || text === undefined) return;
    const wrong = text.trim() === '' ? { problem: 'This is empty', meant: undefined } : noMailbox(text);
    if (wrong === undefined) return;
    report(fromAddress, `${wrong.problem}; SharePoint wants an address to send from`, {
      fix: wrong.meant === undefined ? undefined : setValue(`Use ${wrong.meant}`, fromAddress, wrong.meant),
    });
  },
});
