import { defineRule } from '../../lint/rule.ts';
import type { Farm, StatedList } from '../../settings/model.ts';
import { usedCertificates } from '../client-certificates.ts';
import { clientCertificate, planning, privateKeys } from '../sources.ts';

/** 23H1: from this build on SharePoint gives and takes these rights itself. */
const firstManagedBuild = 16_130;

export default defineRule({
  id: 'client-cert-key-readers',
  title: 'An account that sends mail may not read the private key',
  severity: 'warning',
  versions: ['SubscriptionEdition'],
  sources: [planning, clientCertificate, privateKeys],
  docs: `
## What it reports

\`privateKeyReaders\` of a client certificate in use that lack the farm account or an application pool account of
\`farm.accounts\`, on a farm whose \`farm.build\` is older than 23H1 (16.0.16130).

## Why it matters

Alerts are sent by the farm account, confirmations and access requests by the account of the web application. Each needs to
read the private key; without that its mail fails, while the other's arrives. From 23H1 on SharePoint sets these rights
itself when a certificate is assigned.

## Example

\`\`\`yaml
farm:
  build: 16.0.15601.20478
  accounts:
    farm: CONTOSO\\sp-farm
    applicationPools: [CONTOSO\\sp-content]
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    privateKeyReaders: [CONTOSO\\sp-farm]
\`\`\`

## Instead

\`\`\`yaml
farm:
  build: 16.0.15601.20478
  accounts:
    farm: CONTOSO\\sp-farm
    applicationPools: [CONTOSO\\sp-content]
  outgoingEmail:
    clientCertificate: smtp-client
certificates:
  - name: smtp-client
    privateKeyReaders: [CONTOSO\\sp-farm, CONTOSO\\sp-content]
\`\`\`
`,
  over: 'file',
  check({ file, certificate: read, report }) {
    const { farm } = file.common;
    const build = /^16\.0\.(\d{1,6})(?:\.|$)/.exec(farm?.build?.value?.trim() ?? '')?.[1];
    if (farm === undefined || build === undefined || Number(build) >= firstManagedBuild) return;
    for (const { certificate } of usedCertificates(file, read)) {
      const { privateKeyReaders: readers } = certificate;
      if (readers === undefined || !readers.isKnown) continue;
      const missing = missingIn(readers, farm);
      if (missing === undefined) continue;
      report(readers, `${missing.value} may not read the private key, so the mail it sends may fail`, {
        related: [{ message: 'The account', at: missing }],
      });
    }
  },
});

function missingIn(readers: StatedList, { farmAccount, applicationPoolAccounts }: Farm): Farm['farmAccount'] {
  const allowed = new Set((readers.value ?? []).flatMap(({ value = '' }) => namesOf(value)));
  const accounts = [...(farmAccount === undefined ? [] : [farmAccount]), ...applicationPoolAccounts];
  // A group such as WSS_WPG may hold any of them.
  if ([...allowed].some((each) => /(?:^|\\)(?:wss_|administrators$|everyone$)/.test(each))) return undefined;
  return accounts.find(({ value }) => value !== undefined && !namesOf(value).some((name) => allowed.has(name)));
}

/** As it is written, and the user name alone where the domain is in the other form (`user@domain`). */
function namesOf(account: string): readonly string[] {
  const text = account.trim().toLowerCase();
  return text.includes('@') ? [text, text.slice(0, text.indexOf('@'))] : [text, text.slice(text.lastIndexOf('\\') + 1)];
}
