import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { placeOfPair } from '../logins.ts';
import { clientCertificate, planning } from '../sources.ts';

export default defineRule({
  id: 'server-ignores-client-cert',
  title: 'The mail server does not ask for a client certificate',
  severity: 'warning',
  versions: ['SubscriptionEdition'],
  sources: [planning, clientCertificate],
  docs: `
## What it reports

A client certificate in settings for a mail server that is declared with \`clientCertificates: ignore\`.

## Why it matters

The mail server has to accept or require client certificates during STARTTLS. One that ignores them never learns who
connects: SharePoint counts as anonymous there unless it logs in as well.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
mailServers:
  - host: smtp.contoso.com
    clientCertificates: ignore
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
mailServers:
  - host: smtp.contoso.com
    clientCertificates: accept
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { clientCertificate: setting, smtpServer } = settings;
    const policy = mailServerOf(settings, common)?.clientCertificates;
    if (typeof setting.value !== 'string' || smtpServer === undefined || policy?.value !== 'ignore') return;
    report(
      placeOfPair(setting, smtpServer),
      'This mail server ignores client certificates, so this one is shown to nobody',
      {
        related: [{ message: 'Client certificates are ignored', at: policy }],
      },
    );
  },
});
