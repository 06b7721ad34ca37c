import { defineRule } from '../../lint/rule.ts';
import type { FarmEmail, Login, SecretReference, Stated } from '../../settings/model.ts';
import { comparableKeys, referenceText } from '../credential-keys.ts';
import { planning, setCredentialKey } from '../sources.ts';
import { statedSettings } from '../stated-settings.ts';

export default defineRule({
  id: 'credential-key-reused',
  title: 'The application credential key is another secret, too',
  severity: 'warning',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [planning, setCredentialKey],
  docs: `
## What it reports

An \`applicationCredentialKey\` whose reference stands for another secret of this file as well: the farm's passphrase, the
password of a login or of a certificate. It is reported once, on the first server that has it.

## Why it matters

The key protects the stored passwords. It is to be strong, and neither the farm's passphrase nor the password of an
account: whoever learns the one then has the other, and changing one breaks what the other protects.

## Example

\`\`\`yaml
passphrase: \${env:FARM_EMAIL_SECRET}
outgoingEmail:
  authentication:
    userName: CONTOSO\\svc-mail
    password: \${env:FARM_EMAIL_SMTP_PASSWORD}
servers:
  - name: SP-APP01
    applicationCredentialKey: \${env:FARM_EMAIL_SECRET}
\`\`\`

## Instead

\`\`\`yaml
passphrase: \${env:FARM_EMAIL_PASSPHRASE}
outgoingEmail:
  authentication:
    userName: CONTOSO\\svc-mail
    password: \${env:FARM_EMAIL_SMTP_PASSWORD}
servers:
  - name: SP-APP01
    applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY}
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    const others = otherSecrets(file);
    if (others.size === 0) return;
    const told = new Set<string>();
    for (const { key, reference } of comparableKeys(file.common.farm?.servers ?? [])) {
      const text = referenceText(reference);
      const other = text === undefined ? undefined : others.get(text);
      if (text === undefined || other === undefined || told.has(text)) continue;
      told.add(text);
      report(key, `This is ${other.name} as well; the key has to be a secret of its own`, {
        related: [{ message: 'The same secret', at: other.at }],
      });
    }
  },
});

interface OtherSecret {
  readonly name: string;
  readonly at: Stated<SecretReference>;
}

function otherSecrets(file: FarmEmail): ReadonlyMap<string, OtherSecret> {
  const secrets = new Map<string, OtherSecret>();
  const add = (name: string, at: Stated<SecretReference> | undefined): void => {
    const text = at?.value === undefined ? undefined : referenceText(at.value);
    if (at === undefined || text === undefined || text.includes('[ENC=') || secrets.has(text)) return;
    secrets.set(text, { name, at });
  };
  add('the farm’s passphrase', file.common.farm?.passphrase);
  for (const { outgoingEmail } of statedSettings(file))
    add('an SMTP password', passwordOf(outgoingEmail.authentication?.value));
  for (const { password } of file.common.certificates) add('the password of a certificate', password);
  return secrets;
}

function passwordOf(authentication: 'anonymous' | Login | undefined): Stated<SecretReference> | undefined {
  return authentication === undefined || authentication === 'anonymous' ? undefined : authentication.password;
}
