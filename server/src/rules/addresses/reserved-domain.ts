import { defineRule } from '../../lint/rule.ts';
import { loginOf } from '../logins.ts';
import { noMailbox, reservedReason } from '../mailboxes.ts';
import { nonDeliveryReports, reservedNames } from '../sources.ts';

export default defineRule({
  id: 'reserved-domain',
  title: 'An address in a domain that cannot exist',
  severity: 'warning',
  versions: 'all',
  sources: [reservedNames, nonDeliveryReports],
  docs: `
## What it reports

An address (From, Reply-to, \`sendAs\`, \`monitoredMailboxes\`, \`testEmail.to\`) in a domain that is reserved: \`example.com\`,
\`example.net\`, \`example.org\`, and whatever ends in \`.example\`, \`.test\`, \`.invalid\` or \`.localhost\`; and one whose domain is
a single label.

## Why it matters

Nothing can be delivered there. Exchange Online, for one, refuses mail to such domains (5.1.4 to 5.1.6). It is often what
is left of a sample.

## Example

\`\`\`yaml
fromAddress: sharepoint@example.com
\`\`\`

## Instead

\`\`\`yaml
fromAddress: sharepoint@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings, common: { monitoredMailboxes, testRecipients }, report }) {
    const { fromAddress, replyToAddress } = settings;
    const own = [fromAddress, replyToAddress, ...(loginOf(settings)?.sendAs ?? [])];
    for (const address of settings.scope.kind === 'farm' ? [...own, ...monitoredMailboxes, ...testRecipients] : own) {
      if (address?.value === undefined || noMailbox(address.value) !== undefined) continue;
      const reason = reservedReason(address.value);
      if (reason !== undefined) report(address, `${reason}; mail cannot get there`);
    }
  },
});
