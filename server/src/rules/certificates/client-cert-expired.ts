import { defineRule } from '../../lint/rule.ts';
import { dayOfExpiry, usedCertificates, usesAsRelated } from '../client-certificates.ts';
import { certificateHealthRules, clientCertificate } from '../sources.ts';

export default defineRule({
  id: 'client-cert-expired',
  title: 'The client certificate has expired',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [certificateHealthRules, clientCertificate],
  docs: `
## What it reports

A client certificate in use whose last day is past. The day is read from the file where that can be read, else from
\`notAfter\`.

## Why it matters

A mail server that checks client certificates refuses one that has expired, and with it the connection.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    notAfter: 2026-05-01
\`\`\`

## Instead

Import the renewed certificate, and assign it.

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    notAfter: 2028-05-01
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, today, report }) {
    if (today === undefined) return;
    for (const used of usedCertificates(file, read)) {
      const expiry = dayOfExpiry(used);
      if (expiry === undefined || expiry.value >= today) continue;
      const day = expiry.value.toISOString().slice(0, 10);
      report(expiry.at, `It expired on ${day}; mail servers refuse it`, { related: usesAsRelated(used) });
    }
  },
});
