import { defineRule } from '../../lint/rule.ts';
import { usedCertificates } from '../client-certificates.ts';
import { importCertificate } from '../sources.ts';

export default defineRule({
  id: 'client-cert-unreadable',
  title: 'The file of the client certificate cannot be read',
  severity: 'warning',
  versions: ['SubscriptionEdition'],
  sources: [importCertificate],
  docs: `
## What it reports

A file under \`path\` of a client certificate in use that is there and cannot be read as a certificate: it is empty, damaged,
something else, too large, outside the workspace; or its \`password\` does not open it. A file that is not there is not
reported, nor a PFX file whose password is not at hand.

## Why it matters

Nothing of the certificate can be checked here, and \`Import-SPCertificate\` will hardly read it either. It does not mean
that the certificate is bad.

## Example

The file does not matter here: a path that leads out of the workspace is never read.

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    path: ../../smtp-client.pfx
\`\`\`

## Instead

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
    for (const { certificate, reading } of usedCertificates(file, read)) {
      const { path, password } = certificate;
      if (reading?.kind !== 'unreadable' || path === undefined) continue;
      if (reading.cause === 'password' && password !== undefined)
        report(password, 'This password does not open the file of the certificate');
      else report(path, `The certificate cannot be read: ${reading.reason}`);
    }
  },
});
