import { removeSetting } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { usedCertificates } from '../client-certificates.ts';
import { importCertificate } from '../sources.ts';

export default defineRule({
  id: 'client-cert-exportable',
  title: 'The private key of the client certificate can be exported',
  severity: 'hint',
  versions: ['SubscriptionEdition'],
  sources: [importCertificate],
  fix: 'suggested',
  docs: `
## What it reports

\`exportable: true\` for a client certificate in use.

## Why it matters

\`Import-SPCertificate\` leaves the key where it is unless \`-Exportable\` is given, and outgoing email does not need it. A key
that can be exported can be carried away by whoever administers the farm.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    exportable: true
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    for (const { certificate } of usedCertificates(file, read)) {
      const { exportable } = certificate;
      if (exportable?.value !== true) continue;
      report(exportable, 'Outgoing email does not need a private key that can be exported', {
        fix: removeSetting('Remove exportable', exportable),
      });
    }
  },
});
