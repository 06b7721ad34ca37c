import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { isSubmissionHost } from '../exchange-online.ts';
import { placeOfPair } from '../logins.ts';
import { isExternallySecured } from '../receive-connectors.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'server-refuses-anonymous',
  title: 'SharePoint sends anonymously, and the mail server wants a login',
  severity: 'error',
  versions: 'all',
  sources: [planning],
  docs: `
## What it reports

Anonymous settings for a mail server that is declared with \`anonymousAccess: false\`. It is silent where a client
certificate is set, and where the server's connector is externally secured.

## Why it matters

SharePoint without a login needs a mail server that takes mail without one. This one does not, so it refuses whatever
SharePoint sends.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication: anonymous
mailServers:
  - host: smtp.contoso.com
    anonymousAccess: false
\`\`\`

## Instead

Log in (from SharePoint Server 2019 on), or use a server or connector for anonymous mail from the farm's servers.

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication:
      userName: CONTOSO\\svc-mail
      password: \${env:FARM_EMAIL_SMTP_PASSWORD}
    smtpPort: 587
mailServers:
  - host: smtp.contoso.com
    anonymousAccess: false
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { authentication, smtpServer, clientCertificate } = settings;
    const server = mailServerOf(settings, common);
    if (smtpServer === undefined || authentication.value !== 'anonymous' || clientCertificate.value !== null) return;
    if (server?.anonymousAccess?.value !== false || isSubmissionHost(smtpServer.value)) return;
    if (isExternallySecured(server)) return;
    report(
      placeOfPair(authentication, smtpServer),
      'SharePoint sends anonymously, but this mail server takes mail after a login only',
      {
        related: [{ message: 'No anonymous access', at: server.anonymousAccess }],
      },
    );
  },
});
