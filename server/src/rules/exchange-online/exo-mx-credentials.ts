import { removeSetting } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { isMxHost } from '../exchange-online.ts';
import { loginOf, placeOfPair } from '../logins.ts';
import { deviceSetup } from '../sources.ts';

export default defineRule({
  id: 'exo-mx-credentials',
  title: 'A login at the MX endpoint of Exchange Online',
  severity: 'error',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [deviceSetup],
  fix: 'suggested',
  docs: `
## What it reports

A login in settings for a host below \`mail.protection.outlook.com\`.

## Why it matters

The MX endpoint takes mail from other mail servers, and knows no login: direct send needs none, and a connector knows the
farm by its address or by its certificate.

## Example

\`\`\`yaml
smtpServer: contoso-com.mail.protection.outlook.com
authentication:
  userName: sharepoint@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
  accountType: other
\`\`\`

## Instead

\`\`\`yaml
smtpServer: contoso-com.mail.protection.outlook.com
authentication: anonymous
\`\`\`
`,
  over: 'settings',
  check({ settings, report }) {
    const { smtpServer, authentication } = settings;
    if (smtpServer === undefined || !isMxHost(smtpServer.value) || loginOf(settings) === undefined) return;
    const at = placeOfPair(authentication, smtpServer);
    report(at, 'The MX endpoint of Exchange Online knows no login', {
      fix: at === authentication ? removeSetting('Remove the login', authentication) : undefined,
    });
  },
});
