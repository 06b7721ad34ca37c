import { defineRule } from '../../lint/rule.ts';
import { checkNeedsTls } from '../needs-tls.ts';
import { clientSubmission, whatsNew2016 } from '../sources.ts';

export default defineRule({
  id: 'submission-port-without-tls',
  title: 'Port 587, and TLS is off',
  severity: 'warning',
  versions: ['2016', '2019', 'SubscriptionEdition'],
  sources: [clientSubmission, whatsNew2016],
  fix: 'suggested',
  supersedes: ['tls-disabled'],
  docs: `
## What it reports

Port 587 in settings whose \`useTls\` is false, whether stated in one place or put together from the farm and a web
application.

## Why it matters

587 is the port of message submission. Mail servers commonly offer a login there, and take mail only after STARTTLS; with
TLS off SharePoint never asks for it, even where it is offered.

## Example

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 587
useTls: false
\`\`\`

## Instead

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 587
useTls: true
\`\`\`
`,
  over: 'settings',
  check(context) {
    checkNeedsTls(context, {
      key: 'smtpPort',
      isSet: (value) => value === 587,
      tlsIsOff: 'TLS is off, but port 587 is for submission, where mail servers commonly insist on STARTTLS',
      isWithoutTls: 'TLS is off, but port 587 is for submission, where mail servers commonly insist on STARTTLS',
      name: 'The port',
    });
  },
});
