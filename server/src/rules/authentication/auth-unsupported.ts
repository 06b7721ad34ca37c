import { removeSetting } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { configuration, whatsNew2019 } from '../sources.ts';

export default defineRule({
  id: 'auth-unsupported',
  title: 'This version of SharePoint cannot log in to a mail server',
  severity: 'error',
  versions: ['2013', '2016'],
  sources: [whatsNew2019, configuration],
  fix: 'suggested',
  supersedes: ['auth-mechanism-unsupported'],
  docs: `
## What it reports

A login under \`authentication\` in a farm of SharePoint 2013 or 2016.

## Why it matters

SMTP authentication came with SharePoint Server 2019. Earlier versions have no setting for it and always send
anonymously: the login in the file cannot be applied, and a mail server that insists on one refuses the mail.

## Example

\`\`\`yaml
farm:
  sharePointVersion: 2016
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication:
      userName: CONTOSO\\svc-mail
      password: \${env:FARM_EMAIL_SMTP_PASSWORD}
\`\`\`

## Instead

Send anonymously through a mail server, or a connector, that relays for the addresses of the SharePoint servers.

\`\`\`yaml
farm:
  sharePointVersion: 2016
  outgoingEmail:
    smtpServer: relay.contoso.com
    authentication: anonymous
\`\`\`
`,
  over: 'settings',
  check({ settings: { authentication }, common, report }) {
    const version = common.farm?.version?.value;
    if (version === undefined || authentication.value === undefined || authentication.value === 'anonymous') return;
    report(authentication, `SharePoint ${version} cannot log in to a mail server; it always sends anonymously`, {
      fix: removeSetting('Remove the login', authentication),
    });
  },
});
