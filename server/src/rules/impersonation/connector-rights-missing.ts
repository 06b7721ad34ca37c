import { defineRule } from '../../lint/rule.ts';
import type { ReceiveConnector } from '../../settings/model.ts';
import { isImpersonationOn } from '../impersonation.ts';
import { loginOf } from '../logins.ts';
import { connectorOf, lists, rights } from '../receive-connectors.ts';
import { planning, receiveConnectors } from '../sources.ts';

/** What the permission group ExchangeUsers holds already. */
const ofExchangeUsers: readonly string[] = [rights.submit, rights.anyRecipient, rights.headersRouting];
const needed = [rights.submit, rights.anyRecipient, rights.domainSender, rights.headersRouting];

export default defineRule({
  id: 'connector-rights-missing',
  title: 'The account lacks rights for sending in the name of users',
  severity: 'warning',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, receiveConnectors],
  docs: `
## What it reports

\`extendedRights\` of the receive connector that a login goes to, where impersonation is left on, a right to send as others
is granted, and one of the rights that go with it is not: \`ms-Exch-SMTP-Submit\`, \`ms-Exch-SMTP-Accept-Any-Recipient\`,
\`ms-Exch-SMTP-Accept-Authoritative-Domain-Sender\`, \`ms-Exch-Accept-Headers-Routing\`. The permission group \`ExchangeUsers\`
holds all of them but the third. \`ms-Exch-SMTP-Accept-Any-Sender\` is for senders from outside only, and not asked for.

## Why it matters

For mail in the name of users, the planning page grants the account these rights together. Without the first it may not
hand in mail, without the second it may not write to outside recipients, without the third it may send as itself alone.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 587
    authentication:
      userName: CONTOSO\\svc-mail
      password: \${env:FARM_EMAIL_SMTP_PASSWORD}
    overrideEnvelopeSender: false
mailServers:
  - host: smtp.contoso.com
    kind: exchange
    receiveConnector:
      extendedRights: [ms-Exch-SMTP-Submit, ms-Exch-SMTP-Accept-Authoritative-Domain-Sender]
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 587
    authentication:
      userName: CONTOSO\\svc-mail
      password: \${env:FARM_EMAIL_SMTP_PASSWORD}
    overrideEnvelopeSender: false
mailServers:
  - host: smtp.contoso.com
    kind: exchange
    receiveConnector:
      extendedRights:
        - ms-Exch-SMTP-Submit
        - ms-Exch-SMTP-Accept-Any-Recipient
        - ms-Exch-SMTP-Accept-Authoritative-Domain-Sender
        - ms-Exch-Accept-Headers-Routing
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const connector = connectorOf(settings, common);
    const granted = connector?.extendedRights;
    if (loginOf(settings) === undefined || !isImpersonationOn(settings) || granted === undefined) return;
    if (!granted.isKnown || !(lists(granted, rights.domainSender) || lists(granted, rights.anySender))) return;
    const [first, ...others] = missingIn(connector);
    if (first === undefined) return;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    report(granted, `For mail in users’ names the account lacks ${first}${more}`);
  },
});

function missingIn(connector: ReceiveConnector | undefined): readonly string[] {
  const isUser = lists(connector?.permissionGroups, 'ExchangeUsers');
  return needed.filter((right) => {
    if (right === rights.domainSender && lists(connector?.extendedRights, rights.anySender)) return false;
    return !lists(connector?.extendedRights, right) && !(isUser && ofExchangeUsers.includes(right));
  });
}
