import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { enableSsl, planning } from '../sources.ts';

export default defineRule({
  id: 'port-implicit-tls',
  title: 'Port 465 expects TLS from the first byte',
  severity: 'error',
  versions: 'all',
  sources: [planning, enableSsl],
  fix: 'safe',
  supersedes: ['port-unsupported'],
  docs: `
## What it reports

An \`smtpPort\` of 465, for the farm or for a web application.

## Why it matters

A server that listens on port 465 waits for a TLS handshake as soon as the connection stands (SMTPS). SharePoint opens
the conversation in plain text and turns to TLS with STARTTLS; it does not support SMTPS. Each side waits for the other
until the connection times out, and no mail leaves the farm.

## Example

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 465
useTls: true
\`\`\`

## Instead

Use the port on which the mail server offers STARTTLS: 587 for submission, or 25.

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 587
useTls: true
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpPort }, common, report }) {
    if (smtpPort.value !== 465) return;
    const port = common.farm?.version?.value === '2013' ? 25 : 587;
    report(smtpPort, 'Port 465 expects TLS from the first byte; SharePoint speaks STARTTLS only', {
      fix: setValue(`Use port ${port}`, smtpPort, port),
    });
  },
});
