import { defineRule } from '../../lint/rule.ts';
import { planning, setCredentialKey } from '../sources.ts';

export default defineRule({
  id: 'credential-key-unused',
  title: 'An application credential key, and nothing logs in',
  severity: 'hint',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, setCredentialKey],
  docs: `
## What it reports

An \`applicationCredentialKey\` where the farm states \`authentication: anonymous\` and no web application logs in. It is
reported once, on the first server that has a key.

## Why it matters

For outgoing email the key protects the stored SMTP password, and here there is none. It may still serve the passwords
that the People Picker needs for other domains; then all is well, and a comment that says so helps the next reader.

## Example

\`\`\`yaml
outgoingEmail:
  authentication: anonymous
servers:
  - name: SP-APP01
    applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY}
\`\`\`

## Instead

\`\`\`yaml
outgoingEmail:
  authentication: anonymous
servers:
  - name: SP-APP01
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    const { farm } = file.common;
    const key = farm?.servers.find((server) => server.applicationCredentialKey !== undefined)?.applicationCredentialKey;
    if (key === undefined || farm?.outgoingEmail?.value?.authentication?.value !== 'anonymous') return;
    const isAnonymous = ({ outgoingEmail }: (typeof file.webApplications)[number]): boolean => {
      const stated = outgoingEmail?.value?.authentication;
      return stated === undefined || stated.value === 'anonymous';
    };
    if (!file.webApplications.every(isAnonymous)) return;
    report(key, 'No settings log in, so outgoing email has no use for this key', {
      related: [{ message: 'The farm sends anonymously', at: farm.outgoingEmail.value.authentication }],
    });
  },
});
