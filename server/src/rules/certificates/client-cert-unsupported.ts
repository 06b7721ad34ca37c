import { removeSetting } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { versionNames } from '../../settings/versions.ts';
import { clientCertificate, planning } from '../sources.ts';

export default defineRule({
  id: 'client-cert-unsupported',
  title: 'This SharePoint shows no client certificate to a mail server',
  severity: 'error',
  versions: ['2013', '2016', '2019'],
  sources: [planning, clientCertificate],
  fix: 'suggested',
  docs: `
## What it reports

A \`clientCertificate\` for SharePoint 2013, 2016 or 2019.

## Why it matters

Client certificates for outgoing email came with SharePoint Server Subscription Edition; \`Set-SPWebApplication\` of earlier
versions has no \`-Certificate\`. A mail server that asks for one is shown none.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    authentication: anonymous
    clientCertificate: smtp-client
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
certificates:
  - name: smtp-client
\`\`\`

## Instead

Have the mail server know the farm otherwise: by a login (SharePoint Server 2019) or by its addresses.

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings: { clientCertificate: setting }, common: { farm }, report }) {
    const version = farm?.version?.value;
    if (typeof setting.value !== 'string' || version === undefined) return;
    report(setting, `${versionNames[version]} shows no client certificate; that came with Subscription Edition`, {
      fix: removeSetting('Remove the client certificate', setting),
    });
  },
});
