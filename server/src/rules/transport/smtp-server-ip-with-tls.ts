import { defineRule } from '../../lint/rule.ts';
import { isIpAddress } from '../../settings/addresses.ts';
import { configuration, whatsNew2016 } from '../sources.ts';

export default defineRule({
  id: 'smtp-server-ip-with-tls',
  title: 'The mail server is an IP address, and TLS is on',
  severity: 'warning',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [configuration, whatsNew2016],
  supersedes: ['smtp-server-ip-with-kerberos'],
  docs: `
## What it reports

An IP address as \`smtpServer\` in settings with TLS on.

## Why it matters

The mail server's certificate has to be valid for the very name that SharePoint connects to, and few certificates name an
IP address. Where it does not match, TLS fails; SharePoint does not fall back to plain text, so no mail is sent.

## Example

\`\`\`yaml
smtpServer: 10.20.0.25
useTls: true
\`\`\`

## Instead

Use the host name that the certificate names.

\`\`\`yaml
smtpServer: smtp.contoso.com
useTls: true
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpServer, useTls }, report }) {
    const host = smtpServer?.value?.replace(/^\[(.*)\]$/, '$1');
    if (smtpServer === undefined || host === undefined || useTls.value !== true || !isIpAddress(host)) return;
    report(smtpServer, 'With TLS the certificate has to name this IP address, which few do; else no mail is sent', {
      related: [{ message: 'TLS is on', at: useTls }],
    });
  },
});
