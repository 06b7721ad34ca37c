import { defineRule } from '../../lint/rule.ts';
import { isIpAddress } from '../../settings/addresses.ts';
import { isHost } from '../../settings/hosts.ts';
import { configuration, whatsNew2016 } from '../sources.ts';

export default defineRule({
  id: 'smtp-server-short-name-tls',
  title: 'The mail server has a short name, and TLS is on',
  severity: 'warning',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [configuration, whatsNew2016],
  supersedes: ['kerberos-host-name'],
  docs: `
## What it reports

An \`smtpServer\` of a single label, such as \`mail\`, in settings with TLS on.

## Why it matters

The mail server's certificate has to be valid for the very name that SharePoint connects to. Certificates name a server in
full, \`mail.contoso.com\`; a public authority does not issue one for a short name. Where it does not match, TLS fails;
SharePoint does not fall back to plain text, so no mail is sent.

## Example

\`\`\`yaml
smtpServer: mail
useTls: true
\`\`\`

## Instead

\`\`\`yaml
smtpServer: mail.contoso.com
useTls: true
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpServer, useTls }, report }) {
    const host = smtpServer?.value;
    if (smtpServer === undefined || host === undefined || useTls.value !== true) return;
    if (!isHost(host) || host.includes('.') || host.includes(':') || isIpAddress(host)) return;
    report(smtpServer, 'With TLS the certificate has to name exactly this; certificates name servers in full', {
      related: [{ message: 'TLS is on', at: useTls }],
    });
  },
});
