import type { Node } from '../../document/node.ts';
import { addBeside, setValue } from '../../lint/fix.ts';
import { defineRule, type ReportDetails } from '../../lint/rule.ts';
import { type HostExtra, isHost, readHost } from '../../settings/hosts.ts';
import type { FarmEmail, Stated } from '../../settings/model.ts';
import { planning, setWebApplication } from '../sources.ts';
import { type StatedSettings, statedSettings } from '../stated-settings.ts';

export default defineRule({
  id: 'smtp-server-not-a-host',
  title: 'The outbound SMTP server is not a host name or an IP address',
  severity: 'error',
  versions: 'all',
  sources: [planning, setWebApplication],
  fix: 'safe',
  docs: `
## What it reports

An \`smtpServer\` that holds more than a host name or an IP address: a scheme such as \`smtp://\`, a user, a port, a path, a
blank or a line break; or a character that no host name has.

## Why it matters

The setting takes the DNS name or the IP address of the mail server, and nothing else. The port has a setting of its own,
\`smtpPort\`; TLS and the login have theirs. A server of any other name is not found, and no mail is sent.

## Example

\`\`\`yaml
smtpServer: smtp://smtp.contoso.com:2525
\`\`\`

## Instead

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 2525
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    for (const settings of statedSettings(file)) {
      const { smtpServer } = settings.outgoingEmail;
      const text = smtpServer?.value;
      if (smtpServer === undefined || text === undefined || text.trim() === '' || isHost(text)) continue;
      const { host, extras, port } = readHost(text);
      const message =
        extras.length === 0
          ? 'This is not a host name or an IP address, so no mail server can be found'
          : `This holds ${listed(extras)}; the setting takes a host name or an IP address only`;
      // An address such as sharepoint@contoso.com is no mail server with something around it.
      const isGuess = extras.includes('user') && !extras.includes('scheme');
      const fix = isHost(host) && !isGuess ? fixOf(file, settings, smtpServer, host, port) : undefined;
      report(smtpServer, message, { fix });
    }
  },
});

function fixOf(
  file: FarmEmail,
  settings: StatedSettings,
  smtpServer: Stated<string>,
  text: string,
  port: number | undefined,
): ReportDetails['fix'] {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  const moved = portToMove(file, settings, port);
  if (moved === undefined) return setValue(`Use ${host}`, smtpServer, host);
  if (settings.webApplication === undefined && someInheritThePort(file)) return undefined;
  if (endsInComment(smtpServer.node.parent)) return undefined;
  const title = `Use ${host} and port ${moved}`;
  const [own, beside] = [setValue(title, smtpServer, host), addBeside(title, smtpServer, 'smtpPort', moved)];
  return {
    title,
    edits(format) {
      const added = beside.edits(format);
      // Where the port finds no place it must not get lost.
      return added.length === 0 ? [] : [...own.edits(format), ...added];
    },
  };
}

/** The port that belongs into \`smtpPort\`; undefined where one is stated, or where it is in force or cannot be. */
function portToMove(file: FarmEmail, settings: StatedSettings, port: number | undefined): number | undefined {
  const { farm } = file.common;
  if (port === undefined || port < 1 || port > 65_535 || farm?.version?.value === '2013') return undefined;
  if (settings.outgoingEmail.smtpPort !== undefined) return undefined;
  // SharePoint does not speak SMTPS; submission with STARTTLS is what is left.
  const wanted = port === 465 ? 587 : port;
  const inherited = settings.webApplication && farm?.outgoingEmail?.value?.smtpPort;
  const inForce = inherited === undefined ? 25 : inherited.value;
  return wanted === inForce ? undefined : wanted;
}

/** True where a web application has a server of its own, which the farm's port would be wrong for. */
function someInheritThePort(file: FarmEmail): boolean {
  return statedSettings(file).some((settings) => {
    const { smtpServer, smtpPort } = settings.outgoingEmail;
    if (settings.webApplication === undefined || smtpServer === undefined || smtpPort !== undefined) return false;
    return portToMove(file, settings, readHost(smtpServer.value ?? '').port) === undefined;
  });
}

/** True where a comment follows the last pair of a mapping in braces: a pair that is added would come between the two. */
function endsInComment(mapping: Node | undefined): boolean {
  const last =
    mapping?.kind === 'mapping' && mapping.flow ? mapping.pairs.findLast(({ merged }) => !merged) : undefined;
  if (mapping === undefined || last === undefined) return false;
  const { key, value } = last;
  // The value of an alias lies elsewhere.
  const end = value.block === mapping.block && value.start >= key.end ? value.end : key.end;
  return /[\s,]#|\/[/*]/.test(mapping.block.text.slice(end, mapping.end));
}

function listed(extras: readonly HostExtra[]): string {
  const names = extras.map((extra) => `a ${extra}`);
  return names.length === 1 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
