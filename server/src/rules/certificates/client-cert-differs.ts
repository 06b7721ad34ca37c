import type { CertificateFacts } from '../../certificates/facts.ts';
import { isSameName } from '../../certificates/name.ts';
import type { ScalarValue } from '../../document/node.ts';
import { setValue } from '../../lint/fix.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import type { Certificate, Stated, StatedList } from '../../settings/model.ts';
import { dayOf, namesIn, usedCertificates } from '../client-certificates.ts';
import { clientCertificate } from '../sources.ts';

export default defineRule({
  id: 'client-cert-differs',
  title: 'What is stated of the certificate contradicts its file',
  severity: 'warning',
  versions: ['SubscriptionEdition'],
  sources: [clientCertificate],
  fix: 'suggested',
  docs: `
## What it reports

A fact that is stated of a client certificate in use (\`thumbprint\`, \`keyAlgorithm\`, \`keySize\`, \`keyUsage\`,
\`extendedKeyUsage\`, \`notAfter\`, \`issuer\`, \`hasPrivateKey\`), and that its file contradicts, where the file can be read.
\`hasPrivateKey: true\` beside a file without a key is no contradiction: SharePoint may have the key from its own request.

## Why it matters

Either the file is another certificate than the one that was meant, or the facts are those of the certificate before it was
renewed. The other rules go by the file.

## Example

The finding needs the file: with \`certs/smtp-client.pfx\` at hand, a thumbprint that is not its own is reported.

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    path: certs/smtp-client.pfx
    thumbprint: 0123456789ABCDEF0123456789ABCDEF01234567
\`\`\`

## Instead

Leave to the file what it says, or write what it says.

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    path: certs/smtp-client.pfx
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    for (const { certificate, leaf, reading } of usedCertificates(file, read)) {
      if (leaf === undefined || reading?.kind !== 'read') continue;
      const values = contradictionsOf(certificate, leaf);
      if (certificate.hasPrivateKey?.value === false && reading.hasPrivateKey) {
        values.push({ at: certificate.hasPrivateKey, actual: true });
      }
      for (const { at, actual } of values) tell(report, certificate, at, actual);
      const uses = leaf.extendedKeyUsage?.flatMap(({ oid, name }) => [oid, ...(name === undefined ? [] : [name])]);
      const lists = [
        { list: certificate.keyUsage, actual: leaf.keyUsage, shown: leaf.keyUsage },
        {
          list: certificate.extendedKeyUsage,
          actual: uses,
          shown: leaf.extendedKeyUsage?.map(({ oid, name }) => name ?? oid),
        },
      ];
      for (const { list, actual, shown = [] } of lists) {
        if (list === undefined || !list.isKnown || isSameList(list, actual, shown.length)) continue;
        tell(report, certificate, list, shown.length === 0 ? 'nothing of it' : shown.join(', '));
      }
    }
  },
});

interface Contradiction {
  readonly at: Stated<unknown>;
  readonly actual: ScalarValue;
}

function tell(report: Report, { path }: Certificate, at: Stated<unknown>, actual: ScalarValue): void {
  const text = String(actual);
  const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  const isList = at.node.kind !== 'scalar';
  report(at, `The certificate’s file says otherwise: ${shown}`, {
    fix: isList ? undefined : setValue('Write what the file says', at, actual),
    related: path === undefined ? [] : [{ message: 'The file', at: path }],
  });
}

/** A thumbprint that is none has a rule of its own. */
function contradictionsOf(certificate: Certificate, leaf: CertificateFacts): Contradiction[] {
  const { thumbprint, keyAlgorithm, keySize, notAfter, issuer } = certificate;
  const found: Contradiction[] = [];
  const print = thumbprint?.value;
  if (thumbprint && print && /^[\da-f]{40}$/i.test(print) && print.toUpperCase() !== leaf.thumbprint) {
    found.push({ at: thumbprint, actual: leaf.thumbprint });
  }
  if (keyAlgorithm?.value !== undefined && keyAlgorithm.value !== leaf.key.algorithm) {
    const isKnown = ['RSA', 'ECDSA', 'DSA'].includes(leaf.key.algorithm);
    if (isKnown) found.push({ at: keyAlgorithm, actual: leaf.key.algorithm });
  }
  if (keySize?.value !== undefined && leaf.key.sizeBits !== undefined && keySize.value !== leaf.key.sizeBits) {
    found.push({ at: keySize, actual: leaf.key.sizeBits });
  }
  const day = dayOf(notAfter?.value);
  // A day is written in the time zone of whoever wrote it.
  if (notAfter && day && Math.abs(day.getTime() - leaf.notAfter.getTime()) > 2 * 24 * 60 * 60 * 1000) {
    found.push({ at: notAfter, actual: leaf.notAfter.toISOString().slice(0, 10) });
  }
  if (issuer?.value !== undefined && !isSameIssuer(issuer.value, leaf.issuer)) {
    found.push({ at: issuer, actual: leaf.issuer });
  }
  return found;
}

/** A stated issuer may be a part of the name, as `CN=Contoso Issuing CA`. */
function isSameIssuer(stated: string, actual: string): boolean {
  const [whole = ''] = namesIn(stated);
  const common = namesIn(stated).at(-1) ?? whole;
  const isPart = !stated.includes(',') && namesIn(actual).includes(common);
  return isPart || isSameName(stated, actual);
}

function isSameList(list: StatedList, actual: readonly string[] | undefined, length: number): boolean {
  const wanted = new Set((actual ?? []).map(comparable));
  const stated = (list.value ?? []).map(({ value = '' }) => comparable(value));
  return new Set(stated).size === length && stated.every((each) => wanted.has(each));
}

function comparable(use: string): string {
  return use
    .replace(/[\s-]/g, '')
    .toLowerCase()
    .replace(/authentication$/, 'auth');
}
