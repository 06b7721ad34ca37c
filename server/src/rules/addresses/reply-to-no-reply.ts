import { defineRule } from '../../lint/rule.ts';
import type { Common } from '../../settings/model.ts';
import { planning } from '../sources.ts';

/** `noreply`, `no-reply2`, `do_not_reply` and their like, alone or as a part of the name, before any `+tag`. */
const noReply = /^(?:[^+]*[-._])?(?:no|do[-._]?not|don'?t)[-._]?reply\d*(?:[-._+].*)?$/;

/** Octets before the @, of RFC 5321. Nothing longer is an address, and the pattern is for short texts. */
const longestLocalPart = 64;

export default defineRule({
  id: 'reply-to-no-reply',
  title: 'Answers go to an address that nobody reads',
  severity: 'warning',
  versions: 'all',
  sources: [planning],
  supersedes: ['reply-to-not-monitored'],
  docs: `
## What it reports

A \`replyToAddress\` such as \`noreply@\`, \`no-reply@\` or \`donotreply@\`, with or without a name around it, unless the
address is listed under \`monitoredMailboxes\`.

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
    if (replyToAddress?.value === undefined) return;
    const mailbox = mailboxOf(replyToAddress.value);
    const at = mailbox.lastIndexOf('@');
    if (at < 0 || at > longestLocalPart || !noReply.test(mailbox.slice(0, at))) return;
    const monitored = monitoredIn(common);
    // A placeholder may stand for this very mailbox.
    if (monitored.has(mailbox) || monitored.has(undefined)) return;
    report(replyToAddress, 'A no-reply address: what users answer to alerts and notifications is lost');
  },
});

/** The mailbox alone, in lower case, without the name and the angle brackets that may stand around it. */
function mailboxOf(address: string): string {
  const text = address.trim().toLowerCase();
  return text.endsWith('>') ? text.slice(text.lastIndexOf('<') + 1, -1).trim() : text;
}

/** Made once for all web applications. */
const mailboxesOf = new WeakMap<Common, ReadonlySet<string | undefined>>();

/** The monitored mailboxes; among them undefined where a placeholder stands. */
function monitoredIn(common: Common): ReadonlySet<string | undefined> {
  const known = mailboxesOf.get(common);
  if (known !== undefined) return known;
  const made = new Set(common.monitoredMailboxes.map(({ value }) => (value === undefined ? value : mailboxOf(value))));
  mailboxesOf.set(common, made);
  return made;
}
