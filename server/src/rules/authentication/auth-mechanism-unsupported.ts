import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { loginOf, mechanismsOf, usableMechanisms } from '../logins.ts';
import { planning, smtpAuthentication } from '../sources.ts';

const shown = 3;

export default defineRule({
  id: 'auth-mechanism-unsupported',
  title: 'The mail server offers no login that SharePoint can do',
  severity: 'error',
  versions: 'all',
  sources: [planning, smtpAuthentication],
  docs: `
## What it reports

A login at a mail server whose \`authMechanisms\`, under \`mailServers\`, hold none of GSSAPI, NTLM and LOGIN.

## Why it matters

SharePoint logs in with GSSAPI (Kerberos or NTLM), NTLM or LOGIN, in this order. It has no OAuth for SMTP, and it does
not use PLAIN or CRAM-MD5. Where the server offers none of the three, SharePoint cannot log in there.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication:
      userName: CONTOSO\\svc-mail
      password: \${env:FARM_EMAIL_SMTP_PASSWORD}
mailServers:
  - host: smtp.contoso.com
    authMechanisms: [XOAUTH2, PLAIN]
\`\`\`

## Instead

Have LOGIN or integrated Windows authentication turned on at the mail server, or use a server or a connector that takes
the farm's mail without a login.

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication:
      userName: CONTOSO\\svc-mail
      password: \${env:FARM_EMAIL_SMTP_PASSWORD}
mailServers:
  - host: smtp.contoso.com
    authMechanisms: [XOAUTH2, PLAIN, LOGIN]
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const offered = mechanismsOf(settings, common);
    const stated = mailServerOf(settings, common)?.authMechanisms;
    if (loginOf(settings) === undefined || offered === undefined || stated === undefined) return;
    if (offered.some((each) => usableMechanisms.includes(each))) return;
    const names = offered.length > shown ? [...offered.slice(0, shown), '…'] : offered;
    const message =
      offered.length === 0
        ? 'The mail server is declared without any login, so SharePoint cannot log in there'
        : `The mail server offers ${names.join(', ')}; SharePoint logs in with GSSAPI, NTLM or LOGIN only`;
    report(settings.authentication, message, { related: [{ message: 'What the server offers', at: stated }] });
  },
});
