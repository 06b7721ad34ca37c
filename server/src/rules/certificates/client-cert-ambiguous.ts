import { defineRule } from '../../lint/rule.ts';
import type { Certificate } from '../../settings/model.ts';
import { usesOf } from '../client-certificates.ts';
import { getCertificate } from '../sources.ts';

export default defineRule({
  id: 'client-cert-ambiguous',
  title: 'Two certificates have the name that settings use',
  severity: 'warning',
  versions: ['SubscriptionEdition'],
  sources: [getCertificate],
  docs: `
## What it reports

A second entry under \`certificates\` with a name that a \`clientCertificate\` uses.

## Why it matters

\`Get-SPCertificate\` returns nothing for a name that fits more than one certificate, as after a renewal under the same name.
Here only the first entry is checked.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
  - name: smtp-client
\`\`\`

## Instead

Give each a name of its own, or find it by its thumbprint.

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client-2027
certificates:
  - name: smtp-client-2027
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    const uses = usesOf(file);
    const first = new Map<string, Certificate>();
    for (const certificate of file.common.certificates) {
      const name = certificate.name.value;
      if (name === undefined || !uses.has(name)) continue;
      const before = first.get(name);
      if (before === undefined) first.set(name, certificate);
      else {
        report(certificate.name, 'Another certificate has this name; SharePoint then finds neither of them by it', {
          related: [{ message: 'The first of this name', at: before.name }],
        });
      }
    }
  },
});
