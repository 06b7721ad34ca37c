import { defineRule } from '../../lint/rule.ts';
import { sameSecret } from '../../settings/secret-reference.ts';
import { comparableKeys, usualKey } from '../credential-keys.ts';
import { emailCredentials, planning, setCredentialKey } from '../sources.ts';

export default defineRule({
  id: 'credential-key-differs',
  title: 'The servers have different application credential keys',
  severity: 'error',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [setCredentialKey, emailCredentials, planning],
  docs: `
## What it reports

An \`applicationCredentialKey\` whose reference is not the one that most servers of the farm have. References are compared
as they are written; a key in plain text, or encrypted in the file, is not compared.

## Why it matters

The application credential key must be identical on every server of the farm. A server with another key cannot read the
SMTP password that was stored with the first one, and can only send anonymously.

## Example

\`\`\`yaml
outgoingEmail:
  authentication:
    userName: CONTOSO\\svc-mail
    password: \${env:FARM_EMAIL_SMTP_PASSWORD}
servers:
  - name: SP-APP01
    applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY}
  - name: SP-APP02
    applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY_2}
\`\`\`

## Instead

Reference one key for all servers. Where a server really has another one, set the key again with
\`Set-SPApplicationCredentialKey\`; where the key changes on all servers, save the SMTP credentials again as well.

\`\`\`yaml
outgoingEmail:
  authentication:
    userName: CONTOSO\\svc-mail
    password: \${env:FARM_EMAIL_SMTP_PASSWORD}
servers:
  - name: SP-APP01
    applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY}
  - name: SP-APP02
    applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY}
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    const keys = comparableKeys(file.common.farm?.servers ?? []);
    const usual = usualKey(keys);
    if (usual === undefined) return;
    const name = usual.server.name.value ?? 'another server';
    for (const { key, reference } of keys) {
      if (sameSecret(reference, usual.reference)) continue;
      report(key, 'Not the key that other servers have; all need the same one to read the SMTP password', {
        related: [{ message: `The key of ${name}`, at: usual.key }],
      });
    }
  },
});
