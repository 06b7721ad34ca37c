import { defineRule } from '../../lint/rule.ts';
import { factOf, usedCertificates } from '../client-certificates.ts';
import { publicClientAuthenticationOff as fact } from '../dated-facts.ts';

export default defineRule({
  id: 'client-cert-public-ca',
  title: 'A public authority may not renew the client certificate as one',
  severity: 'hint',
  versions: ['SubscriptionEdition'],
  sources: fact.sources,
  docs: `
## What it reports

A client certificate in use whose issuer is recognisably a public certification authority for TLS.

## Why it matters

${fact.text} A certificate that is renewed
then lacks what SharePoint asks of a client certificate. A private authority goes on issuing it.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    issuer: CN=DigiCert TLS RSA SHA256 2020 CA1, O=DigiCert Inc, C=US
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    issuer: CN=Contoso Issuing CA
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, today, report }) {
    if (today === undefined || today < new Date(fact.from)) return;
    for (const used of usedCertificates(file, read)) {
      const issuer = factOf(used, (leaf) => leaf.issuer, used.certificate.issuer);
      const name = issuer?.value.toLowerCase();
      if (issuer === undefined || name === undefined || !fact.authorities.some((each) => name.includes(each))) continue;
      report(issuer.at, 'Public authorities are dropping Client Authentication; a renewed one may not serve here');
    }
  },
});
