import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { ipv6Groups } from '../../settings/addresses.ts';
import { ipSupport } from '../sources.ts';

export default defineRule({
  id: 'smtp-server-ipv6-2013',
  title: 'SharePoint 2013 takes no IPv6 address as its mail server',
  severity: 'error',
  versions: ['2013'],
  sources: [ipSupport],
  fix: 'suggested',
  docs: `
## What it reports

An IPv6 address as \`smtpServer\` of a SharePoint 2013 farm, in brackets or not.

## Why it matters

SharePoint 2013 does not accept an IPv6 address where it asks for a server. Later versions do.

## Example

\`\`\`yaml
smtpServer: 2001:db8::25
\`\`\`

## Instead

Use the server's name. Where there is none, Windows resolves an IPv6 address that is written as a name below
\`ipv6-literal.net\`, with dashes for the colons.

\`\`\`yaml
smtpServer: 2001-db8--25.ipv6-literal.net
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpServer }, report }) {
    const address = smtpServer?.value?.replace(/^\[(.*)\]$/, '$1');
    if (smtpServer === undefined || address === undefined) return;
    if (ipv6Groups(address.replace(/%\w+$/, '')) === undefined) return;
    const name = `${address.replaceAll(':', '-').replace('%', 's')}.ipv6-literal.net`;
    report(smtpServer, 'SharePoint 2013 takes no IPv6 address here; it needs a name', {
      fix: setValue(`Use ${name}`, smtpServer, name),
    });
  },
});
