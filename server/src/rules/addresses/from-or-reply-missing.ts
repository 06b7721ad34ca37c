import { defineRule } from '../../lint/rule.ts';
import { outgoingEmailDsc, planning } from '../sources.ts';
import { isNamed } from '../stated-settings.ts';

export default defineRule({
  id: 'from-or-reply-missing',
  title: 'The From or the Reply-to address is missing',
  severity: 'warning',
  versions: 'all',
  sources: [planning, outgoingEmailDsc],
  docs: `
## What it reports

Outgoing email settings of the farm without a \`fromAddress\`, without a \`replyToAddress\`, or without both.

## Why it matters

The planning page names both among what has to be settled: the one tells users who writes to them, the other where their
answers go. SharePointDsc refuses settings that lack one.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2016
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    fromAddress: sharepoint@contoso.com
\`\`\`

## Instead

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2016
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings: { scope, smtpServer }, common: { farm }, report }) {
    const block = farm?.outgoingEmail;
    if (scope.kind !== 'farm' || block === undefined || smtpServer === undefined) return;
    const from = isNamed(block, 'fromAddress');
    const reply = isNamed(block, 'replyToAddress');
    if (from && reply) return;
    const what = from
      ? 'No Reply-to address is stated: answers to alerts go nowhere in particular'
      : reply
        ? 'No From address is stated: nobody is told who sends the mail'
        : 'Neither a From nor a Reply-to address is stated: who sends, and where do answers go?';
    report(block, what);
  },
});
