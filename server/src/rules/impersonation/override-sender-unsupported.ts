import { removeSetting } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { overrideSender, planning } from '../sources.ts';

/** The build of the November 2017 update, KB4011244. */
const firstBuildOf2016 = 4615;

export default defineRule({
  id: 'override-sender-unsupported',
  title: 'This SharePoint cannot turn email impersonation off',
  severity: 'error',
  versions: ['2013', '2016'],
  sources: [overrideSender, planning],
  fix: 'suggested',
  docs: `
## What it reports

\`overrideEnvelopeSender: true\` for SharePoint 2013, or for SharePoint 2016 with a \`farm.build\` older than the update of
November 2017 (KB4011244, 16.0.4615).

## Why it matters

The setting came to SharePoint Server 2016 with that update. Before it, access requests and sharing invitations always name
the acting user as the sender, whatever this file says, and a mail server that refuses that loses them.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2013
  outgoingEmail:
    smtpServer: smtp.contoso.com
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
    overrideEnvelopeSender: true
\`\`\`

## Instead

Have the mail server accept users of the organisation as senders from the farm's servers.

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2013
  outgoingEmail:
    smtpServer: smtp.contoso.com
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings: { overrideEnvelopeSender }, common: { farm }, report }) {
    if (overrideEnvelopeSender.value !== true || farm === undefined) return;
    if (farm.version?.value === '2016' && !isOld(farm.build?.value)) return;
    const since = farm.version?.value === '2016' ? 'its update of November 2017' : 'SharePoint Server 2016';
    report(overrideEnvelopeSender, `This SharePoint cannot turn impersonation off; the setting came with ${since}`, {
      fix: removeSetting('Remove the setting', overrideEnvelopeSender),
    });
  },
});

function isOld(build: string | undefined): boolean {
  const number = /^16\.0\.(\d{1,6})(?:\.|$)/.exec(build?.trim() ?? '')?.[1];
  return number !== undefined && Number(number) < firstBuildOf2016;
}
