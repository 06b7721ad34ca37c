import { defineRule } from '../../lint/rule.ts';
import { factOf, usedCertificates, usesAsRelated } from '../client-certificates.ts';
import { clientCertificate, planning } from '../sources.ts';

const usable = ['RSA', 'ECDSA'];

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
    for (const used of usedCertificates(file, read)) {
      const key = factOf(used, (leaf) => leaf.key.algorithm, used.certificate.keyAlgorithm);
      if (key === undefined || usable.includes(key.value)) continue;
      report(key.at, `The key is ${key.value}; SharePoint takes client certificates with RSA or ECDSA keys only`, {
        related: usesAsRelated(used),
      });
    }
  },
});
