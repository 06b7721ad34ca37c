import { defineRule } from '../../lint/rule.ts';
import { isIpAddress } from '../../settings/addresses.ts';
import { mayUseKerberos, windowsLoginOf } from '../logins.ts';
import { planning, targetName } from '../sources.ts';

export default defineRule({
  id: 'smtp-server-ip-with-kerberos',
  title: 'A Windows login at a mail server that is given as an IP address',
  severity: 'warning',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, targetName],
  docs: `
## What it reports

An IP address as \`smtpServer\` in settings that log in with a Windows account, unless the server is declared without
GSSAPI. With TLS on, smtp-server-ip-with-tls reports the address already.

## Why it matters

For Kerberos, SharePoint asks for the service \`SMTPSVC/\` followed by the mail server as it is written here. A service
principal name with an IP address is seldom registered, so Kerberos is likely to fail, and NTLM is what is left.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2019
  servers:
    - name: SP01
      ipAddress: 10.20.0.25
      applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY}
  outgoingEmail:
    smtpServer: 10.20.0.25
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
smtpServer: smtp.contoso.com
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
    const host = smtpServer?.value?.replace(/^\[(.*)\]$/, '$1');
    if (smtpServer === undefined || host === undefined || windowsLoginOf(settings) === undefined) return;
    if (!isIpAddress(host) || !mayUseKerberos(settings, common)) return;
    report(smtpServer, 'Kerberos needs a name: a service SMTPSVC/ with an IP address is seldom registered', {
      related: [{ message: 'The Windows login', at: authentication }],
    });
  },
});
