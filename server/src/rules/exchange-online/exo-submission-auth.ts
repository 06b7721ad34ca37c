import { defineRule } from '../../lint/rule.ts';
import { isSubmissionHost } from '../exchange-online.ts';
import { placeOfPair } from '../logins.ts';
import { deviceSetup } from '../sources.ts';

export default defineRule({
  id: 'exo-submission-auth',
  title: 'smtp.office365.com without a login',
  severity: 'error',
  versions: 'all',
  sources: [deviceSetup],
  supersedes: ['auth-unsupported'],
  docs: `
## What it reports

\`smtp.office365.com\` as the mail server of settings that do not log in; and for SharePoint 2013 and 2016 in any case, as
they cannot log in to a mail server.

## Why it matters

Exchange Online answers mail from a client that did not log in with \`5.7.57\`, and takes nothing.

## Example

\`\`\`yaml
smtpServer: smtp.office365.com
smtpPort: 587
useTls: true
authentication: anonymous
\`\`\`

## Instead

Log in (from SharePoint Server 2019 on), or send to the MX endpoint of your domain, by direct send or through a connector.

\`\`\`yaml
smtpServer: contoso-com.mail.protection.outlook.com
smtpPort: 25
useTls: true
authentication: anonymous
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpServer, authentication }, common: { farm }, report }) {
    const version = farm?.version?.value;
    if (smtpServer === undefined || !isSubmissionHost(smtpServer.value)) return;
    if (version === '2013' || version === '2016') {
      report(smtpServer, `smtp.office365.com takes mail after a login only, and SharePoint ${version} cannot log in`);
    } else if (authentication.value === 'anonymous') {
      report(placeOfPair(authentication, smtpServer), 'smtp.office365.com takes mail after a login only (5.7.57)');
    }
  },
});
