import { defineRule } from '../../lint/rule.ts';
import { planning } from '../sources.ts';

/** `noreply`, `no-reply`, `do_not_reply` and their like, alone or as a part of the name, before any `+tag`. */
const noReply = /^(?:[^+]*[-._])?(?:no|do[-._]?not)[-._]?reply(?:[-._+].*)?$/i;

export default defineRule({
  id: 'reply-to-no-reply',
  title: 'Answers go to an address that nobody reads',
  severity: 'warning',
  versions: 'all',
  sources: [planning],
  docs: `
## What it reports

A \`replyToAddress\` such as \`noreply@\`, \`no-reply@\` or \`donotreply@\`, unless the address is listed under
\`monitoredMailboxes\`.

## Why it matters

When people answer an alert or a notification, the answer goes to the Reply-to address. Microsoft asks for a monitored
account there, so that users get prompt help. Answers to a no-reply address are lost without a word.

## Example

\`\`\`yaml
replyToAddress: no-reply@contoso.com
\`\`\`

## Instead

Name a mailbox that somebody reads, the help desk for example.

\`\`\`yaml
replyToAddress: helpdesk@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings: { replyToAddress }, common, report }) {
    const address = replyToAddress?.value?.toLowerCase();
    if (replyToAddress === undefined || address === undefined) return;
    const at = address.lastIndexOf('@');
    if (at < 0 || !noReply.test(address.slice(0, at))) return;
    if (common.monitoredMailboxes.some(({ value }) => value?.toLowerCase() === address)) return;
    report(replyToAddress, 'A no-reply address: what users answer to alerts and notifications is lost');
  },
});
