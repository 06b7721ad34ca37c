import { addBeside, setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import type { Common, EffectiveSettings } from '../../settings/model.ts';
import { isSubmissionHost } from '../exchange-online.ts';
import { loginOf } from '../logins.ts';
import { isOnFarm } from '../own-servers.ts';
import { planning, whatsNew2016 } from '../sources.ts';

export default defineRule({
  id: 'tls-disabled',
  title: 'Mail crosses the network in plain text',
  severity: 'information',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [whatsNew2016, planning],
  fix: 'suggested',
  docs: `
## What it reports

\`useTls: false\` for a mail server on another computer. A server of the farm itself and this computer (\`localhost\`) are
left out, and so is a server that is declared without STARTTLS under \`mailServers\`.

## Why it matters

With TLS off, SharePoint always sends in plain text, even where the mail server offers TLS. Whoever sees the traffic
between the two reads alerts, access requests and what else is in them.

## Example

\`\`\`yaml
smtpServer: smtp.contoso.com
useTls: false
\`\`\`

## Instead

\`\`\`yaml
smtpServer: smtp.contoso.com
useTls: true
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { smtpServer, useTls } = settings;
    if (useTls.value !== false || smtpServer === undefined || !isRemote(smtpServer.value, common)) return;
    if (needsTls(settings) || isSubmissionHost(smtpServer.value)) return;
    if (mailServerOf(settings, common)?.startTls?.value === false) return;
    const farmIsRight = !isRemote(common.farm?.outgoingEmail?.value?.smtpServer?.value, common);
    if (smtpServer.origin === 'webApplication' && useTls.origin === 'farm' && farmIsRight) {
      report(smtpServer, 'TLS is off for this server, so mail goes there in plain text', {
        fix: addBeside('Turn TLS on for this web application', smtpServer, 'useTls', true),
        related: [{ message: 'TLS is turned off here', at: useTls }],
      });
    } else {
      report(useTls, 'TLS is off, so mail goes to the mail server in plain text, even where it offers TLS', {
        fix: setValue('Turn TLS on', useTls, true),
        related: [{ message: 'The mail server', at: smtpServer }],
      });
    }
  },
});

/** Rules of their own say what TLS is needed for. */
function needsTls(settings: EffectiveSettings): boolean {
  const { smtpPort, clientCertificate } = settings;
  return loginOf(settings) !== undefined || smtpPort.value === 587 || typeof clientCertificate.value === 'string';
}

function isRemote(host: string | undefined, { farm }: Common): boolean {
  return host !== undefined && host.trim() !== '' && !isOnFarm(host, farm?.servers ?? []);
}
