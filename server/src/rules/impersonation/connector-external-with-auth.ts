import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { loginOf, placeOfPair } from '../logins.ts';
import { isExternallySecured } from '../receive-connectors.ts';
import { anonymousRelay, planning } from '../sources.ts';

export default defineRule({
  id: 'connector-external-with-auth',
  title: 'SharePoint logs in at an externally secured connector',
  severity: 'warning',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, anonymousRelay],
  docs: `
## What it reports

A login in settings that point at a mail server whose receive connector is externally secured (\`ExternalAuthoritative\`).

## Why it matters

Such a connector takes whoever connects from a listed address as authenticated, and SharePoint sends anonymously to it. It
can be combined with TLS only, not with a way to log in, so a login has nobody to talk to.

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
      authentication: [Tls, ExternalAuthoritative]
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication: anonymous
mailServers:
  - host: smtp.contoso.com
    kind: exchange
    receiveConnector:
      authentication: [Tls, ExternalAuthoritative]
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { authentication, smtpServer } = settings;
    const server = mailServerOf(settings, common);
    if (smtpServer === undefined || loginOf(settings) === undefined || !isExternallySecured(server)) return;
    const secured = server?.receiveConnector?.value?.authentication;
    report(
      placeOfPair(authentication, smtpServer),
      'The connector is externally secured; SharePoint sends anonymously to it, without a login',
      {
        related: secured === undefined ? [] : [{ message: 'Externally secured', at: secured }],
      },
    );
  },
});
