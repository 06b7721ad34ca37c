import { isSameName } from '../../certificates/name.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Certificate } from '../../settings/model.ts';
import { issuersOf, type UsedCertificate, usedCertificates, usesAsRelated } from '../client-certificates.ts';
import { importCertificate } from '../sources.ts';

export default defineRule({
  id: 'client-cert-chain',
  title: 'The chain of the client certificate is not complete',
  severity: 'warning',
  versions: ['SubscriptionEdition'],
  sources: [importCertificate],
  docs: `
## What it reports

A client certificate in use whose issuer is neither in its file nor among \`certificates\`. Without a file it is reported only
where \`certificates\` lists authorities (store Intermediate or Root) at all, and this issuer is not among them.

## Why it matters

SharePoint wants the chain imported, from the certificate to its root. A mail server that checks the certificate may not be
able to build the chain without it.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    issuer: CN=Contoso Issuing CA
  - name: Contoso Root CA
    store: Root
    issuer: CN=Contoso Root CA
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    issuer: CN=Contoso Issuing CA
  - name: Contoso Issuing CA
    store: Intermediate
    issuer: CN=Contoso Root CA
  - name: Contoso Root CA
    store: Root
    issuer: CN=Contoso Root CA
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    const { certificates } = file.common;
    const authorities = certificates.filter(({ store }) => store?.value === 'Intermediate' || store?.value === 'Root');
    const issuers = issuersOf(certificates, read);
    for (const used of usedCertificates(file, read)) {
      const missing = missingIn(used, issuers, authorities);
      if (missing !== undefined) {
        report(missing, 'Its issuer is neither in its file nor listed here; SharePoint wants the whole chain', {
          related: usesAsRelated(used),
        });
      }
    }
  },
});

/** Where the chain breaks off; undefined where it is whole, or nothing is known. */
function missingIn(
  { certificate, reading, leaf }: UsedCertificate,
  issuers: ReturnType<typeof issuersOf>,
  authorities: readonly Certificate[],
): Certificate['path'] {
  if (leaf !== undefined && reading?.kind === 'read') {
    const last = reading.certificates.findLast((_, i) => isChained(reading.certificates, i)) ?? leaf;
    return last.isSelfSigned || issuers.has(last.issuer) ? undefined : certificate.path;
  }
  const { issuer } = certificate;
  if (issuer?.value === undefined || authorities.length === 0) return undefined;
  return issuers.has(issuer.value) ? undefined : issuer;
}

function isChained(chain: readonly { readonly subject: string; readonly issuer: string }[], index: number): boolean {
  return chain.slice(0, index).every((each, i) => isSameName(each.issuer, chain[i + 1]?.subject ?? ''));
}
