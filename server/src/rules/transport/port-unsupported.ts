import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { planning, setWebApplication, whatsNew2016 } from '../sources.ts';

export default defineRule({
  id: 'port-unsupported',
  title: 'SharePoint 2013 sends to port 25 only',
  severity: 'error',
  versions: ['2013'],
  sources: [setWebApplication, whatsNew2016, planning],
  fix: 'suggested',
  docs: `
## What it reports

An \`smtpPort\` other than 25 for a SharePoint 2013 farm.

## Why it matters

SharePoint 2013 has no setting for the port: \`Set-SPWebApplication\` got \`-SMTPServerPort\` with SharePoint Server 2016.
Mail goes to port 25, whatever this file says.

## Example

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 587
\`\`\`

## Instead

\`\`\`yaml
smtpServer: smtp.contoso.com
smtpPort: 25
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpPort }, report }) {
    const port = smtpPort.value;
    if (port === undefined || port === 25 || port < 1 || port > 65_535) return;
    report(smtpPort, 'SharePoint 2013 always sends to port 25; another port came with SharePoint Server 2016', {
      fix: setValue('Use port 25', smtpPort, 25),
    });
  },
});
