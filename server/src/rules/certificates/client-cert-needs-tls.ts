import { defineRule } from '../../lint/rule.ts';
import { checkNeedsTls } from '../needs-tls.ts';
import { clientCertificate, planning, setWebApplication } from '../sources.ts';

export default defineRule({
  id: 'client-cert-needs-tls',
  title: 'A client certificate is set, but TLS is off',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [clientCertificate, planning, setWebApplication],
  fix: 'safe',
  supersedes: ['tls-disabled'],
  docs: `
## What it reports

A client certificate in settings whose \`useTls\` is false, whether stated in one place or put together from the farm and
a web application.

## Why it matters

A client certificate is shown while TLS is negotiated. With **Use TLS connection encryption** off, SharePoint never
negotiates TLS, so the certificate cannot be used; \`Set-SPWebApplication\` does not take \`-Certificate\` together with
\`-DisableSMTPEncryption\`.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    useTls: false
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
\`\`\`

## Instead

Turn TLS on. Where the web application is to send without TLS, undo the certificate with \`clientCertificate: null\`.

\`\`\`yaml
farm:
  outgoingEmail:
    useTls: true
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
\`\`\`
`,
  over: 'settings',
  check(context) {
    checkNeedsTls(context, {
      key: 'clientCertificate',
      isSet: (value) => typeof value === 'string',
      tlsIsOff: 'TLS is off, so the client certificate is never shown: that happens during STARTTLS only',
      isWithoutTls: 'This certificate is never shown: TLS is off, and it is shown during STARTTLS only',
      name: 'The client certificate',
    });
  },
});
