import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'server-without-internet',
  title: 'Mail for people outside goes to a server without internet access',
  severity: 'warning',
  versions: 'all',
  sources: [planning],
  docs: `
## What it reports

A mail server in use that is declared with \`relay.internetAccess: false\`, where the farm has recipients outside the
organisation (\`farm.externalRecipients: true\`).

## Why it matters

Mail to outside addresses needs a mail server that reaches the internet. From this one it does not get out: the server
refuses it, or keeps it until it gives up.

## Example

\`\`\`yaml
farm:
  externalRecipients: true
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: false
mailServers:
  - host: smtp.contoso.com
    startTls: false
    relay: { allowed: true, internetAccess: false }
\`\`\`

## Instead

\`\`\`yaml
farm:
  externalRecipients: true
  outgoingEmail:
    smtpServer: smtp-out.contoso.com
    useTls: false
mailServers:
  - host: smtp-out.contoso.com
    startTls: false
    relay: { allowed: true, internetAccess: true }
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const access = mailServerOf(settings, common)?.relay?.value?.internetAccess;
    const outside = common.farm?.externalRecipients;
    if (settings.smtpServer === undefined || access?.value !== false || outside?.value !== true) return;
    report(settings.smtpServer, 'This server has no internet access, so mail to people outside does not get there', {
      related: [
        { message: 'No internet access', at: access },
        { message: 'Recipients outside the organisation', at: outside },
      ],
    });
  },
});
