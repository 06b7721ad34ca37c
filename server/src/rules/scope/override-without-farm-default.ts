import { defineRule } from '../../lint/rule.ts';
import { configuration } from '../sources.ts';
import { isNamed } from '../stated-settings.ts';

const shownServers = 5;

export default defineRule({
  id: 'override-without-farm-default',
  title: 'Web applications have an SMTP server, the farm has none',
  severity: 'warning',
  versions: 'all',
  sources: [configuration],
  supersedes: ['smtp-server-missing'],
  docs: `
## What it reports

A farm without an SMTP server of its own, where one or more web applications have one.

## Why it matters

Outgoing email is set up for the farm first; what a web application states overrides it. Without the farm's settings,
Central Administration and every web application without settings of its own send nothing.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2019
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
    outgoingEmail:
      smtpServer: smtp.contoso.com
      useTls: true
      authentication: anonymous
      fromAddress: sharepoint@contoso.com
      replyToAddress: helpdesk@contoso.com
\`\`\`

## Instead

Give the farm the settings that most web applications share, and state in a web application only what differs.

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
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    const { farm } = file.common;
    if (farm === undefined || farm.outgoingEmail?.value?.smtpServer !== undefined) return;
    if (isNamed(farm.stated, 'outgoingEmail') && farm.outgoingEmail === undefined) return;
    if (isNamed(farm.outgoingEmail, 'smtpServer')) return;
    const servers = file.webApplications.flatMap(({ outgoingEmail }) => outgoingEmail?.value?.smtpServer ?? []);
    if (servers.length === 0) return;
    report(
      farm.outgoingEmail ?? farm.stated,
      'Web applications have an SMTP server, but the farm that others inherit from has none',
      {
        related: servers
          .slice(0, shownServers)
          .map((at) => ({ message: 'An SMTP server for this web application alone', at })),
      },
    );
  },
});
