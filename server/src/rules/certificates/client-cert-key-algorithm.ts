import { defineRule } from '../../lint/rule.ts';
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
    const uses = statedSettings(file).map(({ name, outgoingEmail }) => ({ name, at: outgoingEmail.clientCertificate }));
    for (const certificate of file.common.certificates) {
      const { name, path, keyAlgorithm } = certificate;
      const users = uses.filter(({ at }) => at?.value !== undefined && at.value !== null && at.value === name.value);
      if (users.length === 0) continue;
      const reading = read(certificate);
      const inFile = reading?.kind === 'read' ? reading.certificates[0]?.key.algorithm : undefined;
      const algorithm = inFile ?? keyAlgorithm?.value;
      if (algorithm === undefined || usable.includes(algorithm)) continue;
      const at = keyAlgorithm?.value === algorithm ? keyAlgorithm : path;
      if (at === undefined) continue;
      report(at, `The key is ${algorithm}; SharePoint takes client certificates with RSA or ECDSA keys only`, {
        related: users
          .slice(0, shownUses)
          .flatMap((user) => (user.at === undefined ? [] : [{ message: `${user.name} uses it`, at: user.at }])),
      });
    }
  },
});
