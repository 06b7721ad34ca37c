import { defineRule } from '../../lint/rule.ts';
import { issuerNames, usesOf } from '../client-certificates.ts';
import { importCertificate } from '../sources.ts';
import { statedSettings } from '../stated-settings.ts';

export default defineRule({
  id: 'client-cert-unused',
  title: 'No settings use this certificate',
  severity: 'hint',
  versions: ['SubscriptionEdition'],
  sources: [importCertificate],
  docs: `
## What it reports

An entry of \`certificates\` that no \`clientCertificate\` names. The authorities that certificates are issued by (store
Intermediate or Root, or named as an issuer) are left out.

## Why it matters

It may be left over from a renewal, or the setting that was to use it was forgotten. What nobody uses is not checked.

## Example

\`\`\`yaml
certificates:
  - name: smtp-client
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
  check({ file, report }) {
    const { certificates } = file.common;
    if (certificates.length === 0) return;
    const isUnknown = statedSettings(file).some(({ outgoingEmail: { clientCertificate: setting } }) => {
      return setting !== undefined && setting.value === undefined;
    });
    if (isUnknown) return;
    const uses = usesOf(file);
    const issuers = issuerNames(certificates);
    for (const { name, store } of certificates) {
      if (name.value === undefined || uses.has(name.value) || issuers.has(name.value.toLowerCase())) continue;
      if (store?.value === 'Intermediate' || store?.value === 'Root') continue;
      report(name, 'No settings use this certificate');
    }
  },
});
