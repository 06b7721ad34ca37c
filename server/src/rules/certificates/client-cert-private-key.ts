import { defineRule } from '../../lint/rule.ts';
import { usedCertificates, usesAsRelated } from '../client-certificates.ts';
import { clientCertificate, importCertificate, planning } from '../sources.ts';

export default defineRule({
  id: 'client-cert-private-key',
  title: 'The client certificate comes without its private key',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [planning, clientCertificate, importCertificate],
  docs: `
## What it reports

A client certificate in use with \`hasPrivateKey: false\`, or one whose file was read and holds no private key, unless
\`hasPrivateKey: true\` says that SharePoint has the key already, as for a request that was made there.

## Why it matters

The client proves with the private key that the certificate is its own, so SharePoint has to have it. Of the files that
can be imported only PFX files bring a key along; CER and P7B files hold certificates alone.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    hasPrivateKey: false
\`\`\`

## Instead

Import a PFX file that holds the key.

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    hasPrivateKey: true
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    for (const used of usedCertificates(file, read)) {
      const { hasPrivateKey, path } = used.certificate;
      const fileHasKey = used.reading?.kind === 'read' ? used.reading.hasPrivateKey : undefined;
      if (hasPrivateKey?.value === false && fileHasKey !== true) {
        report(hasPrivateKey, 'A client certificate needs its private key in SharePoint', {
          related: usesAsRelated(used),
        });
      } else if (hasPrivateKey === undefined && fileHasKey === false && path !== undefined) {
        report(path, 'This file holds no private key, which SharePoint needs; it takes keys from PFX files only', {
          related: usesAsRelated(used),
        });
      }
    }
  },
});
