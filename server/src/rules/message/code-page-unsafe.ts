import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { codePage } from '../../settings/code-pages.ts';
import { encodings, planning } from '../sources.ts';

export default defineRule({
  id: 'code-page-unsafe',
  title: 'The character set is not one for mail',
  severity: 'warning',
  versions: 'all',
  sources: [planning, encodings],
  fix: 'suggested',
  docs: `
## What it reports

A \`characterSet\` that .NET knows and that mail is not written in: UTF-16, UTF-32, UTF-7, EBCDIC, and code pages of DOS and
of the Mac.

## Why it matters

UTF-16 and UTF-32 have zero bytes in every line, which mail servers need not take. The others are seldom known to mail
programs, which may then show broken text. UTF-8, the default, holds every language.

## Example

\`\`\`yaml
characterSet: 1200
\`\`\`

## Instead

\`\`\`yaml
characterSet: 65001
\`\`\`
`,
  over: 'settings',
  check({ settings: { characterSet }, report }) {
    const page = characterSet.value === undefined ? undefined : codePage(characterSet.value);
    if (page === undefined || page.mailSafe) return;
    report(characterSet, `${page.label} is not for mail; mail servers or readers may break the text`, {
      fix: setValue('Use 65001 (UTF-8)', characterSet, 65001),
    });
  },
});
