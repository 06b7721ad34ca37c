import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { placeOfPair } from '../logins.ts';
import { isExternallySecured, lists } from '../receive-connectors.ts';
import { anonymousRelay, setReceiveConnector, whatsNew2016 } from '../sources.ts';

export default defineRule({
  id: 'connector-external-without-tls',
  title: 'TLS is on, and the externally secured connector has none',
  severity: 'error',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [setReceiveConnector, anonymousRelay, whatsNew2016],
  docs: `
## What it reports

TLS in settings that point at a mail server whose receive connector is externally secured (\`ExternalAuthoritative\`) and
lists no \`Tls\` beside it. Where the server is declared with \`startTls: true\`, that is taken for the truth.

## Why it matters

The way to set up such a connector that Exchange's documentation shows takes TLS off. STARTTLS is then not to be expected,
and a SharePoint with TLS on sends nothing without it. Both can be combined.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
mailServers:
  - host: smtp.contoso.com
    kind: exchange
    receiveConnector:
      authentication: [ExternalAuthoritative]
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
mailServers:
  - host: smtp.contoso.com
    kind: exchange
    receiveConnector:
      authentication: [Tls, ExternalAuthoritative]
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { useTls, smtpServer } = settings;
    const server = mailServerOf(settings, common);
    const methods = server?.receiveConnector?.value?.authentication;
    if (smtpServer === undefined || useTls.value !== true || methods === undefined || !methods.isKnown) return;
    if (!isExternallySecured(server) || lists(methods, 'Tls') || server?.startTls?.value === true) return;
    report(
      placeOfPair(useTls, smtpServer),
      'TLS is on, but the connector lists no Tls; without STARTTLS SharePoint sends nothing',
      {
        related: [{ message: 'How the connector authenticates', at: methods }],
      },
    );
  },
});
