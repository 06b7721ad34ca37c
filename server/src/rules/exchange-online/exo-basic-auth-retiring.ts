import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { basicAuthenticationOff, monthOf } from '../dated-facts.ts';
import { isSubmissionHost } from '../exchange-online.ts';
import { loginOf, placeOfPair } from '../logins.ts';

export default defineRule({
  id: 'exo-basic-auth-retiring',
  title: 'Exchange Online is giving up the login with a password',
  severity: 'warning',
  otherSeverities: ['error', 'information'],
  versions: ['2019', 'SubscriptionEdition'],
  sources: basicAuthenticationOff.sources,
  docs: `
## What it reports

A login at \`smtp.office365.com\`. It is a warning before ${monthOf(basicAuthenticationOff)} and an error from then on; information where
\`mailServers\` declares \`exchangeOnline.smtpAuthReEnabled: true\`.

## Why it matters

${basicAuthenticationOff.text} SharePoint has no
OAuth for SMTP, so this login stops with it.

## Example

\`\`\`yaml
smtpServer: smtp.office365.com
smtpPort: 587
authentication:
  userName: sharepoint@contoso.com
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
  accountType: other
\`\`\`

## Instead

Send to the MX endpoint through a connector (relay), or to a mail server of your own.

\`\`\`yaml
smtpServer: contoso-com.mail.protection.outlook.com
smtpPort: 25
authentication: anonymous
\`\`\`
`,
  over: 'settings',
  check({ settings, common, today, report }) {
    const { smtpServer, authentication } = settings;
    if (smtpServer === undefined || !isSubmissionHost(smtpServer.value) || loginOf(settings) === undefined) return;
    if (today === undefined) return;
    const reEnabled = mailServerOf(settings, common)?.exchangeOnline?.value?.smtpAuthReEnabled;
    const at = placeOfPair(authentication, smtpServer);
    const month = monthOf(basicAuthenticationOff);
    if (reEnabled?.value === true) {
      report(at, 'This login was turned on again for the tenant; Microsoft has announced to remove it for good', {
        severity: 'information',
        related: [{ message: 'Turned on again', at: reEnabled }],
      });
    } else if (today < new Date(basicAuthenticationOff.from)) {
      report(at, `Microsoft has announced to disable this login by default from ${month} on`);
    } else {
      report(at, `As Microsoft announced, this login is disabled since ${month} unless turned on again`, {
        severity: 'error',
      });
    }
  },
});
