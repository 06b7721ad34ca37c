import { defineRule } from '../../lint/rule.ts';
import type { FarmEmail, Stated } from '../../settings/model.ts';
import { clientCertificate, planning } from '../sources.ts';
import { statedSettings } from '../stated-settings.ts';

const usable = ['RSA', 'ECDSA'];
const shownUses = 5;

export default defineRule({
  id: 'client-cert-key-algorithm',
  title: 'The client certificate has neither an RSA nor an ECDSA key',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [planning, clientCertificate],
  docs: `
## What it reports

A client certificate that some outgoing email settings use and whose key is neither RSA nor ECDSA (ECC): a DSA key, for
example, or one of Ed25519 or RSA-PSS. The key is read from the certificate's file where it can be read, else from
\`keyAlgorithm\`.

## Why it matters

For client certificate authentication at the mail server SharePoint takes certificates with RSA or ECC keys; DSA keys are
not supported. The login by certificate, and with it the mail, fails.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    keyAlgorithm: DSA
\`\`\`

## Instead

Have the certificate issued anew for an RSA or ECDSA key. \`New-SPCertificate\` makes both.

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    keyAlgorithm: RSA
    keySize: 2048
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    const uses = usesOf(file);
    for (const certificate of file.common.certificates) {
      const { name, path, keyAlgorithm } = certificate;
      const users = name.value === undefined ? undefined : uses.get(name.value);
      if (users === undefined) continue;
      const reading = read(certificate);
      const inFile = reading?.kind === 'read' ? reading.certificates[0]?.key.algorithm : undefined;
      const algorithm = inFile ?? keyAlgorithm?.value;
      if (algorithm === undefined || usable.includes(algorithm)) continue;
      const at = keyAlgorithm?.value === algorithm ? keyAlgorithm : path;
      if (at === undefined) continue;
      report(at, `The key is ${algorithm}; SharePoint takes client certificates with RSA or ECDSA keys only`, {
        related: users.slice(0, shownUses).map((user) => ({ message: `${user.name} uses it`, at: user.at })),
      });
    }
  },
});

interface Use {
  /** Whose settings they are. */
  readonly name: string;
  readonly at: Stated<string | null>;
}

/** Where the settings name a client certificate, by its name. */
function usesOf(file: FarmEmail): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const { name, outgoingEmail } of statedSettings(file)) {
    const at = outgoingEmail.clientCertificate;
    if (at?.value === undefined || at.value === null) continue;
    const sameName = uses.get(at.value);
    if (sameName === undefined) uses.set(at.value, [{ name, at }]);
    else sameName.push({ name, at });
  }
  return uses;
}
