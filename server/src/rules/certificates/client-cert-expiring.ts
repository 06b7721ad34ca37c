import { defineRule } from '../../lint/rule.ts';
import { dayOfExpiry, usedCertificates, usesAsRelated } from '../client-certificates.ts';
import { certificateHealthRules } from '../sources.ts';

const day = 24 * 60 * 60 * 1000;
/** SharePoint's health rules warn at these numbers of days, unless they are set otherwise. */
const [upcoming, close] = [60, 15];

export default defineRule({
  id: 'client-cert-expiring',
  title: 'The client certificate expires soon',
  severity: 'warning',
  otherSeverities: ['information'],
  versions: ['SubscriptionEdition'],
  sources: [certificateHealthRules],
  docs: `
## What it reports

A client certificate in use that expires in less than 15 days (warning), or in less than 60 (information): the days at which
SharePoint's own health rules begin to speak.

## Why it matters

Once it has expired, a mail server that checks client certificates refuses the connection. The new one has to be imported
with its chain and assigned before.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    notAfter: 2026-12-01
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    notAfter: 2028-12-01
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, today, report }) {
    if (today === undefined) return;
    for (const used of usedCertificates(file, read)) {
      const expiry = dayOfExpiry(used);
      if (expiry === undefined || expiry.value < today) continue;
      const days = Math.floor((expiry.value.getTime() - today.getTime()) / day);
      if (days >= upcoming) continue;
      const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
      report(expiry.at, `It expires ${when}; then mail servers refuse it`, {
        severity: days < close ? 'warning' : 'information',
        related: usesAsRelated(used),
      });
    }
  },
});
