import { defineRule } from '../../lint/rule.ts';
import { planning, setWebApplication } from '../sources.ts';

export default defineRule({
  id: 'port-range',
  title: 'The port is no TCP port',
  severity: 'error',
  versions: 'all',
  sources: [setWebApplication, planning],
  docs: `
## What it reports

An \`smtpPort\` below 1 or above 65535.

## Why it matters

There is no such TCP port, so nothing can listen there. \`Set-SPWebApplication\` takes any whole number for
\`-SMTPServerPort\`, so the mistake shows only when no mail arrives.

## Example

\`\`\`yaml
smtpPort: 587000
useTls: true
\`\`\`

## Instead

\`\`\`yaml
smtpPort: 587
useTls: true
\`\`\`
`,
  over: 'settings',
  check({ settings: { smtpPort }, report }) {
    const port = smtpPort.value;
    if (port === undefined || (port >= 1 && port <= 65_535)) return;
    report(smtpPort, 'There is no such port: TCP ports go from 1 to 65535');
  },
});
