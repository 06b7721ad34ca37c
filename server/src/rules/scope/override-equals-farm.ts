import { removeSetting } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { codePage } from '../../settings/code-pages.ts';
import type { Login, SecretReference, Stated } from '../../settings/model.ts';
import { sameSecret } from '../../settings/secret-reference.ts';
import { type SettingName, settingNames } from '../../settings/setting-names.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'override-equals-farm',
  title: 'A web application repeats what it inherits',
  severity: 'hint',
  versions: 'all',
  sources: [planning],
  fix: 'suggested',
  docs: `
## What it reports

A setting of a web application that has the very value that the farm states. Each setting is compared by itself;
\`authentication\` is one setting.

## Why it matters

A web application inherits from the farm whatever it does not state. A repeated value does no harm today, but the next
change of the farm's value does not reach this web application, and nobody sees why.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    replyToAddress: helpdesk@contoso.com
webApplications:
  - url: https://portal.contoso.com/
    outgoingEmail:
      replyToAddress: helpdesk@contoso.com
\`\`\`

## Instead

Leave it out. Where the value is to stay although the farm's may change, keep it and switch this finding off for the line.

\`\`\`yaml
farm:
  outgoingEmail:
    replyToAddress: helpdesk@contoso.com
webApplications:
  - url: https://portal.contoso.com/
\`\`\`
`,
  over: 'settings',
  check({ settings: { scope }, common: { farm }, report }) {
    const own = scope.kind === 'webApplication' ? scope.webApplication.outgoingEmail?.value : undefined;
    const farms = farm?.outgoingEmail?.value;
    if (own === undefined || farms === undefined) return;
    for (const key of settingNames) {
      const [mine, inherited] = [own[key], farms[key]];
      if (mine === undefined || inherited === undefined || isShared(mine, inherited)) continue;
      if (!isSame(key, mine, inherited)) continue;
      report(mine, 'This repeats the farm’s value, which it would inherit; a change there would not reach it', {
        fix: removeSetting(`Leave ${key} to the farm`, mine),
        related: [{ message: 'The farm’s value', at: inherited }],
      });
    }
  },
});

/** By an alias or a merge key: a change of the farm's value reaches it. */
function isShared({ node: mine }: Stated<unknown>, { node: inherited }: Stated<unknown>): boolean {
  const isAlias = mine.kind === 'scalar' && mine.style === 'plain' && mine.block.text[mine.start] === '*';
  return isAlias || (mine.block === inherited.block && mine.start === inherited.start);
}

function isSame(key: SettingName, { value: a }: Stated<unknown>, { value: b }: Stated<unknown>): boolean {
  if (a === undefined || b === undefined) return false;
  if (isLogin(a) && isLogin(b)) return isSameLogin(a, b);
  if (key === 'characterSet' && isCodePage(a) && isCodePage(b)) {
    const page = codePage(a)?.number;
    return page !== undefined && page === codePage(b)?.number;
  }
  const isName = key === 'smtpServer' && typeof a === 'string' && typeof b === 'string';
  return isName ? a.toLowerCase() === b.toLowerCase() : a === b;
}

function isCodePage(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function isLogin(value: unknown): value is Login {
  return typeof value === 'object' && value !== null;
}

function isSameLogin(a: Login, b: Login): boolean {
  const names = ({ sendAs }: Login): string => JSON.stringify(sendAs.map(({ value }) => value?.toLowerCase()).sort());
  return (
    a.userName?.value !== undefined &&
    a.userName.value === b.userName?.value &&
    a.accountType === b.accountType &&
    isSamePassword(a.password?.value, b.password?.value) &&
    names(a) === names(b)
  );
}

function isSamePassword(a: SecretReference | undefined, b: SecretReference | undefined): boolean {
  return a !== undefined && b !== undefined && sameSecret(a, b);
}
