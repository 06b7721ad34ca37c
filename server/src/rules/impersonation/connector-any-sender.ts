import { defineRule } from '../../lint/rule.ts';
import { loginOf } from '../logins.ts';
import { connectorOf, rights } from '../receive-connectors.ts';
import { planning, receiveConnectors } from '../sources.ts';

export default defineRule({
  id: 'connector-any-sender',
  title: 'The account may send as anybody at all',
  severity: 'hint',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, receiveConnectors],
  docs: `
## What it reports

The right \`ms-Exch-SMTP-Accept-Any-Sender\` on the receive connector that a login goes to.

## Why it matters

The right switches off the check against forged senders for this account. It is needed only where people from outside the
organisation use the sites, so that mail in their names comes from a foreign domain. For users of the organisation
\`ms-Exch-SMTP-Accept-Authoritative-Domain-Sender\` is enough.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 587
    authentication:
      userName: CONTOSO\\svc-mail
      password: \${env:FARM_EMAIL_SMTP_PASSWORD}
mailServers:
  - host: smtp.contoso.com
    kind: exchange
    receiveConnector:
      permissionGroups: [ExchangeUsers]
      extendedRights: [ms-Exch-SMTP-Accept-Any-Sender, ms-Exch-SMTP-Accept-Authoritative-Domain-Sender]
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
mailServers:
  - host: smtp.contoso.com
    kind: exchange
    receiveConnector:
      permissionGroups: [ExchangeUsers]
      extendedRights: [ms-Exch-SMTP-Accept-Authoritative-Domain-Sender]
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    if (loginOf(settings) === undefined) return;
    const right = connectorOf(settings, common)?.extendedRights?.value?.find(
      ({ value }) => value?.toLowerCase() === rights.anySender.toLowerCase(),
    );
    if (right === undefined) return;
    report(right, 'The account may send as anybody; that is needed only for users from outside the organisation');
  },
});
