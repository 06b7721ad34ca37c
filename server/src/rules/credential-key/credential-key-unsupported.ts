import { removeSetting } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { setCredentialKey, whatsNew2019 } from '../sources.ts';

export default defineRule({
  id: 'credential-key-unsupported',
  title: 'An application credential key before SharePoint 2019',
  severity: 'warning',
  versions: ['2013', '2016'],
  sources: [setCredentialKey, whatsNew2019],
  fix: 'suggested',
  docs: `
## What it reports

An \`applicationCredentialKey\` for a server of a SharePoint 2013 or 2016 farm. It is reported once, on the first server
that has a key.

## Why it matters

For outgoing email the key protects the SMTP password, and SharePoint logs in to a mail server from SharePoint Server 2019
on. \`Set-SPApplicationCredentialKey\` came with the same version. The key changes nothing about this farm's mail.

## Example

\`\`\`yaml
servers:
  - name: SP-APP01
    applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY}
\`\`\`

## Instead

\`\`\`yaml
servers:
  - name: SP-APP01
\`\`\`
`,
  over: 'file',
  check({
    file: {
      common: { farm },
    },
    report,
  }) {
    const keys = (farm?.servers ?? []).flatMap(({ applicationCredentialKey }) => applicationCredentialKey ?? []);
    const [first] = keys;
    if (first === undefined) return;
    const fixes = keys.map((key) => removeSetting('Remove the key', key));
    report(first, 'Outgoing email has no use for a key here: SharePoint logs in from SharePoint Server 2019 on', {
      fix: { title: 'Remove the key from every server', edits: (format) => fixes.flatMap((fix) => fix.edits(format)) },
    });
  },
});
