import { defineRule } from '../../lint/rule.ts';
import { loginOf } from '../logins.ts';
import { connectorOf } from '../receive-connectors.ts';
import { planning, receiveConnectors } from '../sources.ts';

export default defineRule({
  id: 'connector-usage',
  title: 'The rights stand on a receive connector that does not check them',
  severity: 'information',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, receiveConnectors],
  docs: `
## What it reports

A receive connector that a login goes to and that lists \`extendedRights\`: one with the usage \`ClientFrontend\` on Exchange
2013 or later, or with the usage \`ClientProxy\` on Exchange 2010 or earlier.

## Why it matters

The rights for sending in the name of users belong on the Client Proxy connector from Exchange 2013 on, and on the client
front end before. From 2013 on the front end takes the connection on port 587 and hands it on to the Client Proxy.

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
      exchangeVersion: 2019
      usage: ClientFrontend
      permissionGroups: [ExchangeUsers]
      extendedRights: [ms-Exch-SMTP-Accept-Authoritative-Domain-Sender]
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
      exchangeVersion: 2019
      usage: ClientProxy
      permissionGroups: [ExchangeUsers]
      extendedRights: [ms-Exch-SMTP-Accept-Authoritative-Domain-Sender]
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const connector = connectorOf(settings, common);
    const { usage, exchangeVersion, extendedRights } = connector ?? {};
    if (loginOf(settings) === undefined || usage === undefined || exchangeVersion?.value === undefined) return;
    if (extendedRights?.value === undefined || extendedRights.value.length === 0) return;
    const isNew = exchangeVersion.value === 'SubscriptionEdition' || Number(exchangeVersion.value) >= 2013;
    const isRight = usage.value !== (isNew ? 'ClientFrontend' : 'ClientProxy');
    if (usage.value === undefined || isRight) return;
    const message = isNew
      ? 'From Exchange 2013 on the account’s rights belong on Client Proxy, which this hands connections to'
      : 'Before Exchange 2013 the account’s rights belong on the client front end connector';
    report(usage, message, { related: [{ message: 'The rights', at: extendedRights }] });
  },
});
