import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Common } from '../../settings/model.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'reply-to-not-monitored',
  title: 'Nobody is known to read the Reply-to mailbox',
  severity: 'warning',
  versions: 'all',
  sources: [planning],
  fix: 'suggested',
  docs: `
## What it reports

A \`replyToAddress\` that is not among \`monitoredMailboxes\`, where the file lists any.

## Why it matters

The Reply-to address is to be one that somebody reads, such as a help desk's, so that users who answer an alert get help.
\`monitoredMailboxes\` says which those are.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    replyToAddress: sharepoint@contoso.com
monitoredMailboxes: [helpdesk@contoso.com]
\`\`\`

## Instead

Use one of them, or list the mailbox once somebody reads it.

\`\`\`yaml
farm:
  outgoingEmail:
    replyToAddress: helpdesk@contoso.com
monitoredMailboxes: [helpdesk@contoso.com]
\`\`\`
`,
  over: 'settings',
  check({ settings: { replyToAddress }, common: { monitoredMailboxes }, report }) {
    const address = replyToAddress?.value?.trim().toLowerCase();
    const [first] = monitoredMailboxes;
    if (replyToAddress === undefined || address === undefined || first === undefined) return;
    const monitored = monitoredIn(monitoredMailboxes);
    if (monitored === undefined || monitored.has(address)) return;
    const only = monitoredMailboxes.length === 1 ? first.value : undefined;
    report(replyToAddress, 'This is none of the monitored mailboxes, so answers to alerts may be read by nobody', {
      fix: only === undefined ? undefined : setValue(`Use ${only}`, replyToAddress, only),
      related: [{ message: 'The monitored mailboxes', at: first }],
    });
  },
});

const known = new WeakMap<Common['monitoredMailboxes'], ReadonlySet<string>>();

/** Undefined where one of them is not known. */
function monitoredIn(mailboxes: Common['monitoredMailboxes']): ReadonlySet<string> | undefined {
  let monitored = known.get(mailboxes);
  if (monitored === undefined) {
    monitored = new Set(mailboxes.map(({ value = '' }) => addressIn(value)));
    known.set(mailboxes, monitored);
  }
  return monitored.has('') ? undefined : monitored;
}

/** The address of `Help desk <helpdesk@contoso.com>`. */
function addressIn(text: string): string {
  return (/<([^<>]*)>\s*$/.exec(text.slice(0, 1000))?.[1] ?? text).trim().toLowerCase();
}
