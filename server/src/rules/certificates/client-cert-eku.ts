import { defineRule } from '../../lint/rule.ts';
import { usageOf, usedCertificates, usesAsRelated } from '../client-certificates.ts';
import { clientCertificate, planning } from '../sources.ts';

/** Client Authentication, and Any Purpose, which includes it. */
const suitable = new Set([
  'clientauth',
  'clientauthentication',
  '1.3.6.1.5.5.7.3.2',
  'anyextendedkeyusage',
  '2.5.29.37.0',
]);

export default defineRule({
  id: 'client-cert-eku',
  title: 'The client certificate is not for client authentication',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [planning, clientCertificate],
  docs: `
## What it reports

A client certificate in use with an Extended Key Usage extension that lacks Client Authentication (1.3.6.1.5.5.7.3.2). It is
read from the file where that can be read, else from \`extendedKeyUsage\`, which takes names and identifiers. A certificate
without the extension may be used for everything.

## Why it matters

SharePoint takes a certificate whose Extended Key Usage, where there is one, includes Client Authentication. Certificates
of web servers often have Server Authentication alone.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    extendedKeyUsage: [serverAuth]
\`\`\`

## Instead

Have it issued anew.

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    extendedKeyUsage: [serverAuth, clientAuth]
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    for (const used of usedCertificates(file, read)) {
      const { extendedKeyUsage: declared } = used.certificate;
      const usage = usageOf(used, (leaf) => leaf.extendedKeyUsage?.map(({ oid }) => oid), declared);
      if (usage === undefined || usage.value.some((each) => suitable.has(each.replace(/[\s-]/g, '').toLowerCase())))
        continue;
      report(usage.at, 'Its Extended Key Usage lacks Client Authentication, which a client certificate needs', {
        related: usesAsRelated(used),
      });
    }
  },
});
