import { addBeside, setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { isExchangeOnlineHost } from '../exchange-online.ts';
import { mechanismsOf, placeOfPair, windowsLoginOf } from '../logins.ts';
import { receiveConnectors, smtpAuthentication } from '../sources.ts';

export default defineRule({
  id: 'auth-port-25',
  title: 'A Windows login on port 25',
  severity: 'hint',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [smtpAuthentication, receiveConnectors],
  fix: 'suggested',
  docs: `
## What it reports

A login with a Windows account on port 25, stated or by default. It is silent where TLS is off, where the server is
declared as something else than Exchange, and where its \`authMechanisms\` hold GSSAPI.

## Why it matters

An Exchange server commonly answers port 25 and port 587 with different connectors. In a published test port 25 offered
NTLM alone, while 587, the port for clients that log in, offered GSSAPI as well and so allowed Kerberos.

## Example

\`\`\`yaml
smtpPort: 25
authentication:
  userName: CONTOSO\\svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
\`\`\`

## Instead

\`\`\`yaml
smtpPort: 587
authentication:
  userName: CONTOSO\\svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { smtpPort, authentication, smtpServer, useTls } = settings;
    if (smtpPort.value !== 25 || useTls.value === false || windowsLoginOf(settings) === undefined) return;
    const kind = mailServerOf(settings, common)?.kind;
    if ((kind !== undefined && kind.value !== 'exchange') || isExchangeOnlineHost(smtpServer?.value)) return;
    if (mechanismsOf(settings, common)?.includes('GSSAPI')) return;
    const at = placeOfPair(smtpPort, authentication);
    const fix =
      at === smtpPort
        ? setValue('Use port 587', smtpPort, 587)
        : addBeside('Use port 587', authentication, 'smtpPort', 587);
    report(at, 'A Windows login on port 25: Exchange often offers Kerberos on 587 only, the port for logins', {
      fix,
      related: at === smtpPort ? [{ message: 'The login', at: authentication }] : [],
    });
  },
});
