import { defineRule } from '../../lint/rule.ts';
import { type Fact, factOf, type UsedCertificate, usedCertificates, usesAsRelated } from '../client-certificates.ts';
import { newCertificate } from '../sources.ts';

export default defineRule({
  id: 'client-cert-strength',
  title: 'The client certificate is weaker or stronger than is advisable',
  severity: 'warning',
  versions: ['SubscriptionEdition'],
  sources: [newCertificate],
  docs: `
## What it reports

A client certificate in use with an RSA key under 2048 or above 4096 bits, with a key on the curve P-521, or signed with
SHA-1 or SHA-512. It is read from the file where that can be read, else from \`keyAlgorithm\` and \`keySize\`.

## Why it matters

The reference of \`New-SPCertificate\` advises against RSA keys above 4096 bits, curves above P-384 and hashes above SHA-384.
Keys under 2048 bits and SHA-1 are too weak by today's common rules, and mail servers may refuse them.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    keyAlgorithm: RSA
    keySize: 1024
\`\`\`

## Instead

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
      const weakness = weaknessOf(used);
      if (weakness !== undefined) report(weakness.at, weakness.value, { related: usesAsRelated(used) });
    }
  },
});

function weaknessOf(used: UsedCertificate): Fact<string> | undefined {
  const { certificate, leaf } = used;
  const algorithm = leaf?.key.algorithm ?? certificate.keyAlgorithm?.value;
  const size = factOf(used, ({ key }) => key.sizeBits, certificate.keySize);
  if (algorithm === 'RSA' && size !== undefined && size.value < 2048) {
    return {
      value: `RSA with ${size.value} bits is weak, and mail servers may refuse it; use 2048 or more`,
      at: size.at,
    };
  }
  if (algorithm === 'RSA' && size !== undefined && size.value > 4096) {
    return { value: 'RSA keys above 4096 bits are not recommended for SharePoint', at: size.at };
  }
  if (algorithm === 'ECDSA' && size !== undefined && size.value > 384) {
    return { value: 'Curves above P-384 are not recommended for SharePoint', at: size.at };
  }
  const { path } = certificate;
  if (leaf === undefined || path === undefined) return undefined;
  if (/^(?:sha-?1|md5)with|with-?sha-?1$/i.test(leaf.signatureAlgorithm)) {
    return { value: 'It is signed with SHA-1 or weaker, which mail servers may refuse', at: path };
  }
  if (/sha-?512/i.test(leaf.signatureAlgorithm)) {
    return { value: 'Hashes above SHA-384 are not recommended for SharePoint; it is signed with SHA-512', at: path };
  }
  return undefined;
}
