import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import type { FarmEmail, SecretReference, Stated } from '../../settings/model.ts';
import { credentialKeyVariable } from '../credential-keys.ts';
import { passwordInFile, setCredentialKey } from '../sources.ts';
import { statedSettings } from '../stated-settings.ts';

export default defineRule({
  id: 'secret-in-plain-text',
  title: 'A password or key stands in the file in plain text',
  severity: 'error',
  versions: 'all',
  sources: [passwordInFile, setCredentialKey],
  fix: 'suggested',
  docs: `
## What it reports

A password of a login or a certificate, an \`applicationCredentialKey\` or a \`passphrase\` that is written as it is. Text
beside a placeholder, as in \`Summer-\${env:YEAR}\`, counts too.

## Why it matters

Everyone who can read the file, its history, a copy or a backup can use the secret. Taking it out of the file later does
not take it out of the history: a secret that was committed has to be changed.

## Example

\`\`\`yaml
authentication:
  userName: CONTOSO\\svc-mail
  password: Summer2026!
\`\`\`

## Instead

Keep the secret where secrets belong and write a reference: \`\${env:NAME}\` is read from the environment, \`\${secret:label}\`
is asked for, and the placeholders of deployment tools are left alone. Then change the secret.

\`\`\`yaml
authentication:
  userName: CONTOSO\\svc-mail
  password: \${env:FARM_EMAIL_SMTP_PASSWORD}
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    for (const { secret, what, variable } of secretsOf(file)) {
      if (secret?.value?.kind !== 'literal') continue;
      const reference = `\${env:${variable}}`;
      report(secret, `${what} is in plain text; whoever can read this file or its history can use it`, {
        fix: setValue(`Replace by ${reference}`, secret, reference),
      });
    }
  },
});

interface NamedSecret {
  readonly secret: Stated<SecretReference> | undefined;
  readonly what: string;
  /** The environment variable that is to hold it. */
  readonly variable: string;
}

function secretsOf(file: FarmEmail): readonly NamedSecret[] {
  const { farm, certificates } = file.common;
  return [
    { secret: farm?.passphrase, what: 'The farm passphrase', variable: 'FARM_EMAIL_PASSPHRASE' },
    ...(farm?.servers ?? []).map(({ applicationCredentialKey }) => ({
      secret: applicationCredentialKey,
      what: 'The application credential key',
      variable: credentialKeyVariable,
    })),
    ...loginSecrets(file),
    ...certificates.map(({ name, password }) => ({
      secret: password,
      what: 'The password of the certificate',
      variable: `FARM_EMAIL_${asVariable(name.value ?? '', 'CERTIFICATE')}_PASSWORD`,
    })),
  ];
}

/** The first account has the plain variable; any other one has a variable named after its web application. */
function loginSecrets(file: FarmEmail): readonly NamedSecret[] {
  const logins = statedSettings(file).flatMap(({ name, outgoingEmail }) => {
    const login = outgoingEmail.authentication?.value;
    return login === undefined || login === 'anonymous' ? [] : [{ name, login }];
  });
  const first = logins[0]?.login.userName?.value;
  return logins.map(({ name, login }, index) => ({
    secret: login.password,
    what: 'The SMTP password',
    variable:
      index === 0 || (first !== undefined && login.userName?.value === first)
        ? 'FARM_EMAIL_SMTP_PASSWORD'
        : `FARM_EMAIL_${asVariable(name, 'WEB_APPLICATION')}_SMTP_PASSWORD`,
  }));
}

function asVariable(name: string, otherwise: string): string {
  const text = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '');
  return text === '' ? otherwise : text.toUpperCase();
}
