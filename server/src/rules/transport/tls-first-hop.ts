import { defineRule } from '../../lint/rule.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'tls-first-hop',
  title: 'TLS covers the way to the first mail server only',
  severity: 'information',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [planning],
  docs: `
## What it reports

TLS in a farm whose mail goes to people outside the organisation (\`farm.externalRecipients\`). It is said once, and there is
nothing to change in this file.

## Why it matters

**Use TLS connection encryption** secures the connection between SharePoint and its mail server. How that server passes a
message on is its own business: SharePoint cannot ask for TLS on the rest of the way. Where what SharePoint sends must not
be read on the way, the mail server has to be set up for it.

## Example

\`\`\`yaml
farm:
  externalRecipients: true
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
\`\`\`

## Instead

Once it is settled with those who run the mail server, switch the rule off in \`farm-email.config.yaml\`. It is silent where
mail stays in the organisation.

\`\`\`yaml
farm:
  externalRecipients: false
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
\`\`\`
`,
  over: 'settings',
  check({ settings: { scope, smtpServer, useTls }, common: { farm }, report }) {
    const outside = farm?.externalRecipients;
    if (scope.kind !== 'farm' || outside?.value !== true || smtpServer === undefined || useTls.value !== true) return;
    report(outside, 'TLS covers the way to the mail server only; how mail leaves it is set up there', {
      related: [{ message: 'TLS is on', at: useTls }],
    });
  },
});
