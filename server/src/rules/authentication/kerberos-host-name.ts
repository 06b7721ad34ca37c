import { defineRule } from '../../lint/rule.ts';
import { isHost } from '../../settings/hosts.ts';
import { mayUseKerberos, windowsLoginOf } from '../logins.ts';
import { isOnFarm } from '../own-servers.ts';
import { planning, targetName } from '../sources.ts';

export default defineRule({
  id: 'kerberos-host-name',
  title: 'A Windows login at a mail server with a short name',
  severity: 'information',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, targetName],
  docs: `
## What it reports

A short name, such as \`mail\`, as \`smtpServer\` in settings that log in with a Windows account, unless the server is
declared without GSSAPI. With TLS on, smtp-server-short-name-tls reports the name already.

## Why it matters

For Kerberos, SharePoint asks for the service \`SMTPSVC/\` followed by the mail server as it is written here. That very name
has to be registered as a service principal name; for a short name or an alias it may not be.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: mail
    smtpPort: 587
    useTls: false
    authentication:
      userName: CONTOSO\\svc-mail
      password: \${env:FARM_EMAIL_SMTP_PASSWORD}
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
    overrideEnvelopeSender: true
\`\`\`

## Instead

\`\`\`yaml
smtpServer: mail.contoso.com
smtpPort: 587
useTls: true
authentication:
  userName: CONTOSO\\svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { smtpServer, authentication } = settings;
    const host = smtpServer?.value;
    if (smtpServer === undefined || host === undefined || windowsLoginOf(settings) === undefined) return;
    if (!isHost(host) || /[.:]/.test(host) || isOnFarm(host, common.farm?.servers ?? [])) return;
    if (!mayUseKerberos(settings, common)) return;
    report(smtpServer, 'Kerberos asks for SMTPSVC/ with this very name; a short one may not be registered', {
      related: [{ message: 'The Windows login', at: authentication }],
    });
  },
});
