import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { noMailbox } from '../mailboxes.ts';
import { outgoingEmailDsc, setWebApplication } from '../sources.ts';

export default defineRule({
  id: 'reply-to-invalid',
  title: 'The Reply-to address is no email address',
  severity: 'error',
  versions: 'all',
  sources: [setWebApplication, outgoingEmailDsc],
  fix: 'suggested',
  supersedes: ['reply-to-not-monitored'],
  docs: `
## What it reports

A \`replyToAddress\` that is not one email address: a star, a name, several addresses, an address with a name around it.

## Why it matters

The reference of \`Set-SPWebApplication\` asks for a valid address in \`-ReplyToEmailAddress\`. A farm that is exported with
SharePointDsc has \`*\` there where nothing was set; applied again, it is no address that anybody can answer to.

## Example

\`\`\`yaml
replyToAddress: "*"
\`\`\`

## Instead

\`\`\`yaml
replyToAddress: helpdesk@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings: { replyToAddress }, report }) {
    const text = replyToAddress?.value;
    if (replyToAddress === undefined || text === undefined) return;
    const wrong = text.trim() === '' ? { problem: 'This is empty', meant: undefined } : noMailbox(text);
    if (wrong === undefined) return;
    report(replyToAddress, `${wrong.problem}; answers need an address to go to`, {
      fix: wrong.meant === undefined ? undefined : setValue(`Use ${wrong.meant}`, replyToAddress, wrong.meant),
    });
  },
});
