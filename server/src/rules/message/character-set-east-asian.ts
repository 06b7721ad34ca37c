import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { codePage } from '../../settings/code-pages.ts';
import { eastAsianPages } from '../east-asian-pages.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'character-set-east-asian',
  title: 'A character set for one East Asian language',
  severity: 'information',
  versions: 'all',
  sources: [planning],
  fix: 'suggested',
  docs: `
## What it reports

A \`characterSet\` for Chinese, Japanese or Korean.

## Why it matters

The planning page says that East Asian languages are shown best in their own character set. It also says that text in the
set of one language is less likely to be right in mail programs that are set up for another: what else is written on these
sites, names in other scripts included, may be lost. UTF-8 stays the default advice where languages meet.

## Example

\`\`\`yaml
characterSet: 50220
\`\`\`

## Instead

Keep it where all readers use the language, and switch this finding off. Else use UTF-8.

\`\`\`yaml
characterSet: 65001
\`\`\`
`,
  over: 'settings',
  check({ settings: { characterSet }, report }) {
    const page = characterSet.value === undefined ? undefined : codePage(characterSet.value);
    if (page === undefined || !eastAsianPages.has(page.number)) return;
    report(characterSet, `${page.label}: right where all readers use it; other languages may be lost`, {
      fix: setValue('Use 65001 (UTF-8)', characterSet, 65001),
    });
  },
});
