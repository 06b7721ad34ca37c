import { defineRule } from '../../lint/rule.ts';
import { checkNeedsTls } from '../needs-tls.ts';
import { configuration, planning } from '../sources.ts';

export default defineRule({
  id: 'auth-without-tls',
  title: 'SharePoint logs in to the mail server without TLS',
  severity: 'error',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, configuration],
  fix: 'safe',
  supersedes: ['submission-port-without-tls', 'tls-disabled'],
  docs: `
## What it reports

A login in settings whose \`useTls\` is false, whether stated in one place or put together from the farm and a web
application.

## Why it matters

With **Use TLS connection encryption** off, SharePoint always sends in plain text, even where the mail server offers
TLS. One of the ways in which it can log in is LOGIN, which only encodes the user name and the password: whoever sees the
traffic reads them. Kerberos and NTLM do not send the password, but everything that follows still goes unencrypted.

## Example

\`\`\`yaml
useTls: false
authentication:
  userName: CONTOSO\\svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
\`\`\`

## Instead

Turn TLS on, and use a port on which the mail server offers STARTTLS.

\`\`\`yaml
useTls: true
authentication:
  userName: CONTOSO\\svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
\`\`\`
`,
  over: 'settings',
  check(context) {
    checkNeedsTls(context, {
      key: 'authentication',
      isSet: (value) => value !== undefined && value !== 'anonymous',
      tlsIsOff: 'TLS is off, but SharePoint logs in; the password may be read on its way to the mail server',
      isWithoutTls: 'This login goes without TLS; the password may be read on its way to the mail server',
      name: 'The login',
    });
  },
});
