import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { configuration, whatsNew2016 } from '../sources.ts';

export default defineRule({
  id: 'tls-unsupported',
  title: 'SharePoint 2013 cannot send over TLS',
  severity: 'error',
  versions: ['2013'],
  sources: [whatsNew2016, configuration],
  fix: 'safe',
  docs: `
## What it reports

\`useTls: true\` in a farm of SharePoint 2013.

## Why it matters

Encrypted connections to the mail server (STARTTLS) came with SharePoint Server 2016. SharePoint 2013 has no setting for
them and sends in plain text: the file promises a protection that the mail does not have.

## Example

\`\`\`yaml
farm:
  sharePointVersion: 2013
  outgoingEmail:
    useTls: true
\`\`\`

## Instead

State what happens. Where mail has to be encrypted on the way, let SharePoint hand it to a relay nearby that sends it on
over TLS.

\`\`\`yaml
farm:
  sharePointVersion: 2013
  outgoingEmail:
    useTls: false
\`\`\`
`,
  over: 'settings',
  check({ settings: { useTls }, report }) {
    if (useTls.value !== true) return;
    report(useTls, 'SharePoint 2013 sends in plain text only; TLS came with SharePoint Server 2016', {
      fix: setValue('Turn TLS off', useTls, false),
    });
  },
});
