import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { nearest } from '../../schema/nearest.ts';
import type { Common } from '../../settings/model.ts';
import { clientCertificate, getCertificate } from '../sources.ts';

export default defineRule({
  id: 'client-cert-unknown',
  title: 'There is no certificate of this name',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [clientCertificate, getCertificate],
  fix: 'suggested',
  docs: `
## What it reports

A name under \`clientCertificate\` that no entry of \`certificates\` has.

## Why it matters

What applies the file has no certificate to assign, and nothing of it can be checked here. SharePoint finds a certificate
by its name exactly; a name that fits none gives none.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-clent
certificates:
  - name: smtp-client
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
\`\`\`
`,
  over: 'settings',
  check({ settings: { clientCertificate: setting }, common: { certificates }, report }) {
    const name = setting.value;
    const names = namesOf(certificates);
    if (typeof name !== 'string' || names === undefined || names.has(name)) return;
    const meant = nearest(name, [...names].slice(0, 100));
    report(setting, 'No certificate of this name stands under certificates', {
      fix: meant === undefined ? undefined : setValue(`Use ${meant}`, setting, meant),
    });
  },
});

const known = new WeakMap<Common['certificates'], { readonly names: ReadonlySet<string> | undefined }>();

/** Undefined where the name of one is not known. */
function namesOf(certificates: Common['certificates']): ReadonlySet<string> | undefined {
  let entry = known.get(certificates);
  if (entry === undefined) {
    const names = new Set(certificates.flatMap(({ name }) => name.value ?? []));
    entry = { names: certificates.some(({ name }) => name.value === undefined) ? undefined : names };
    known.set(certificates, entry);
  }
  return entry.names;
}
