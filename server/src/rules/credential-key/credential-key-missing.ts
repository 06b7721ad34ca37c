import { addBeside } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { comparableKeys, credentialKeyVariable, referenceText, usualKey } from '../credential-keys.ts';
import { emailCredentials, planning, setCredentialKey } from '../sources.ts';
import { statedSettings } from '../stated-settings.ts';

const defaultReference = `\${env:${credentialKeyVariable}}`;

export default defineRule({
  id: 'credential-key-missing',
  title: 'A server lacks the application credential key',
  severity: 'error',
  versions: ['2019', 'SubscriptionEdition'],
  sources: [emailCredentials, planning, setCredentialKey],
  fix: 'suggested',
  docs: `
## What it reports

A server under \`farm.servers\` without an \`applicationCredentialKey\`, where the farm or a web application logs in to the
mail server.

## Why it matters

SharePoint stores the SMTP password encrypted with the application credential key, which \`Set-SPApplicationCredentialKey\`
sets on the local server only. A server without the key cannot read the password and can only send anonymously: mail fails
from that server alone, as after a new server has joined the farm.

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
\`\`\`

## Instead

Set the same key on every server, and reference it for each.

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
    const logins = statedSettings(file).flatMap(({ name, outgoingEmail: { authentication: at } }) =>
      at?.value === undefined || at.value === 'anonymous' ? [] : [{ name, at }],
    );
    const [login] = logins;
    if (login === undefined) return;
    const servers = file.common.farm?.servers ?? [];
    const usual = usualKey(comparableKeys(servers));
    const reference = (usual && referenceText(usual.reference)) ?? defaultReference;
    const title = usual
      ? `Add the key reference of ${usual.server.name.value ?? 'the other servers'}`
      : `Add the key reference ${defaultReference}`;
    for (const { name, applicationCredentialKey } of servers) {
      if (applicationCredentialKey !== undefined) continue;
      report(name, 'This server has no application credential key; it can only send mail anonymously', {
        fix: addBeside(title, name, 'applicationCredentialKey', reference),
        related: [{ message: `${login.name} logs in to the mail server`, at: login.at }],
      });
    }
  },
});
