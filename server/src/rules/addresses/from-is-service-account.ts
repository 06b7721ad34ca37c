import { defineRule } from '../../lint/rule.ts';
import type { Farm, Stated } from '../../settings/model.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'from-is-service-account',
  title: 'The From address is that of a service account',
  severity: 'information',
  versions: 'all',
  sources: [planning],
  docs: `
## What it reports

A \`fromAddress\` whose part before the @ is the name of the farm account or of an application pool account, as
\`farm.accounts\` states them.

## Why it matters

Mail is sent by an administrative account of the farm, and its name is probably not what users are to see. The From address
need not be an account at all: one that people recognise serves them better, and does not tell every recipient the name of
a privileged account.

## Example

\`\`\`yaml
farm:
  accounts:
    farm: CONTOSO\\sp-farm
  outgoingEmail:
    fromAddress: sp-farm@contoso.com
\`\`\`

## Instead

\`\`\`yaml
farm:
  accounts:
    farm: CONTOSO\\sp-farm
  outgoingEmail:
    fromAddress: sharepoint@contoso.com
\`\`\`
`,
  over: 'settings',
  check({ settings: { fromAddress }, common: { farm }, report }) {
    const text = fromAddress?.value;
    if (fromAddress === undefined || text === undefined || farm === undefined) return;
    const at = text.lastIndexOf('@');
    const account = at < 1 ? undefined : accountsOf(farm).get(text.slice(0, at).trim().toLowerCase());
    if (account === undefined) return;
    report(fromAddress, 'This has the name of a service account, which every recipient then reads', {
      related: [{ message: 'The account', at: account }],
    });
  },
});

const known = new WeakMap<Farm, ReadonlyMap<string, Stated<string>>>();

/** The accounts by their names without the domain. */
function accountsOf(farm: Farm): ReadonlyMap<string, Stated<string>> {
  let accounts = known.get(farm);
  if (accounts === undefined) {
    const all = [...(farm.farmAccount ? [farm.farmAccount] : []), ...farm.applicationPoolAccounts];
    accounts = new Map(all.map((each) => [userOf(each.value ?? ''), each] as const).filter(([user]) => user !== ''));
    known.set(farm, accounts);
  }
  return accounts;
}

function userOf(account: string): string {
  const user = account.slice(account.lastIndexOf('\\') + 1);
  return (user.split('@')[0] ?? '').trim().toLowerCase();
}
