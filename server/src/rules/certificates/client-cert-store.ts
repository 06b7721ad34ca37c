import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { usedCertificates, usesAsRelated } from '../client-certificates.ts';
import { clientCertificate, planning } from '../sources.ts';

export default defineRule({
  id: 'client-cert-store',
  title: 'The client certificate is not in the End Entity store',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [planning, clientCertificate],
  fix: 'suggested',
  docs: `
## What it reports

A client certificate in use whose \`store\` is not \`EndEntity\`.

## Why it matters

A certificate for outgoing email has to be in SharePoint's End Entity store. The others hold what it is issued by
(Intermediate, Root), or requests that are not completed (Pending).

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    store: Intermediate
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    store: EndEntity
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    for (const used of usedCertificates(file, read)) {
      const { store } = used.certificate;
      if (store?.value === undefined || store.value === 'EndEntity') continue;
      report(store, 'A client certificate has to be in the End Entity store', {
        fix: setValue('Use EndEntity', store, 'EndEntity'),
        related: usesAsRelated(used),
      });
    }
  },
});
