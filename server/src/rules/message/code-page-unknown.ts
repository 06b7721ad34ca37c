import { defineRule } from '../../lint/rule.ts';
import { codePage } from '../../settings/code-pages.ts';
import { encodings, planning } from '../sources.ts';

const shownLength = 30;

export default defineRule({
  id: 'code-page-unknown',
  title: 'The character set is not a code page',
  severity: 'error',
  versions: 'all',
  sources: [encodings, planning],
  docs: `
## What it reports

A \`characterSet\` that is neither the number of an encoding of .NET nor a name for one: its own, or another one in common
use, such as \`utf8\`.

## Why it matters

SharePoint keeps the character set of messages as the number of a code page, and is a .NET application: for a number that
.NET does not know there is no way to write a message down.

## Example

\`\`\`yaml
characterSet: 65002
\`\`\`

## Instead

Use 65001 (UTF-8), the default, which holds every language; or the number or the name of another code page, such as 932
or \`shift_jis\`.

\`\`\`yaml
characterSet: 65001
\`\`\`
`,
  over: 'settings',
  check({ settings: { characterSet }, report }) {
    const { value } = characterSet;
    if (value === undefined || codePage(value) !== undefined) return;
    const text = String(value);
    const shown = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
    const isNumber = /^-?\d+$/.test(text);
    const what = isNumber ? 'No code page has the number' : 'No code page is called';
    report(characterSet, `${what} ${isNumber ? shown : `"${shown}"`}; SharePoint cannot write messages in it`);
  },
});
