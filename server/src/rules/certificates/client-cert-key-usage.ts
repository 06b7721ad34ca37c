import { defineRule } from '../../lint/rule.ts';
import { usageOf, usedCertificates, usesAsRelated } from '../client-certificates.ts';
import { clientCertificate, planning } from '../sources.ts';

export default defineRule({
  id: 'client-cert-key-usage',
  title: 'The client certificate is not for digital signatures',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [planning, clientCertificate],
  docs: `
## What it reports

A client certificate in use with a Key Usage extension that lacks Digital Signature. It is read from the file where that
can be read, else from \`keyUsage\`. A certificate without the extension may be used for everything.

## Why it matters

The client signs a part of the TLS handshake with its key. SharePoint takes a certificate for it whose Key Usage, where
there is one, includes Digital Signature.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    keyUsage: [keyEncipherment]
\`\`\`

## Instead

Have it issued anew.

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    keyUsage: [digitalSignature, keyEncipherment]
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    for (const used of usedCertificates(file, read)) {
      const usage = usageOf(used, (leaf) => leaf.keyUsage, used.certificate.keyUsage);
      if (
        usage === undefined ||
        usage.value.some((each) => each.replace(/[\s-]/g, '').toLowerCase() === 'digitalsignature')
      ) {
        continue;
      }
      report(usage.at, 'Its Key Usage lacks Digital Signature, which a client certificate needs', {
        related: usesAsRelated(used),
      });
    }
  },
});
