import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { usedCertificates } from '../client-certificates.ts';
import { getCertificate } from '../sources.ts';

export default defineRule({
  id: 'client-cert-thumbprint',
  title: 'The thumbprint is not 40 hexadecimal digits',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [getCertificate],
  fix: 'safe',
  docs: `
## What it reports

A \`thumbprint\` of a client certificate in use that is not 40 hexadecimal digits and nothing else.

## Why it matters

\`Get-SPCertificate\` finds a certificate by its thumbprint exactly. What is copied out of the Windows dialog for
certificates holds blanks, and often a mark in front that cannot be seen; with them nothing is found.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    thumbprint: 01 23 45 67 89 ab cd ef 01 23 45 67 89 ab cd ef 01 23 45 67
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    thumbprint: 0123456789ABCDEF0123456789ABCDEF01234567
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    for (const { certificate } of usedCertificates(file, read)) {
      const { thumbprint } = certificate;
      const text = thumbprint?.value;
      if (thumbprint === undefined || text === undefined || isThumbprint(text)) continue;
      const digits = text.replace(/[^\da-f]/gi, '').toUpperCase();
      const isClean = isThumbprint(digits) && !/[g-z]/i.test(text);
      const message = isClean
        ? 'Blanks, signs or hidden marks stand in this thumbprint; it is 40 hexadecimal digits alone'
        : 'This is no thumbprint: it is 40 hexadecimal digits';
      report(thumbprint, message, { fix: isClean ? setValue(`Use ${digits}`, thumbprint, digits) : undefined });
    }
  },
});

function isThumbprint(text: string): boolean {
  return /^[\da-f]{40}$/i.test(text);
}
