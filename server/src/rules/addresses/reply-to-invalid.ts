import { defineRule } from '../../lint/rule.ts';
import { checkMailbox } from '../mailboxes.ts';
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
  check({ settings, report }) {
    checkMailbox(settings.replyToAddress, 'answers need an address to go to', report);
  },
});
