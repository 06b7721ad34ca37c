import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { placeOfPair } from '../logins.ts';
import { planning, whatsNew2016 } from '../sources.ts';

export default defineRule({
  id: 'server-without-starttls',
  title: 'TLS is on, and the mail server offers no STARTTLS',
  severity: 'error',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [planning, whatsNew2016],
  supersedes: ['connector-external-without-tls'],
  docs: `
## What it reports

TLS in settings that point at a mail server which is declared with \`startTls: false\`.

## Why it matters

With TLS on, SharePoint sends only after TLS was negotiated, and it does not fall back to plain text. A server without
STARTTLS gets no mail at all.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
mailServers:
  - host: smtp.contoso.com
    startTls: false
\`\`\`

## Instead

Have STARTTLS turned on at the mail server, with a certificate that the farm's servers trust. Until then:

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: false
mailServers:
  - host: smtp.contoso.com
    startTls: false
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { useTls, smtpServer } = settings;
    const startTls = mailServerOf(settings, common)?.startTls;
    if (smtpServer === undefined || useTls.value !== true || startTls?.value !== false) return;
    report(
      placeOfPair(useTls, smtpServer),
      'TLS is on, but the mail server offers no STARTTLS; SharePoint then sends nothing',
      {
        related: [{ message: 'No STARTTLS', at: startTls }],
      },
    );
  },
});
