import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { codePage } from '../../settings/code-pages.ts';
import { eastAsianPages } from '../east-asian-pages.ts';
import { planning } from '../sources.ts';

export default defineRule({
  id: 'code-page-not-utf8',
  title: 'The character set is not UTF-8',
  severity: 'information',
  versions: 'all',
  sources: [planning],
  fix: 'suggested',
  docs: `
## What it reports

A \`characterSet\` other than UTF-8 (65001). East Asian ones have a rule of their own, character-set-east-asian.

## Why it matters

UTF-8 is the default and can hold texts in most languages side by side. A character set for one language is less likely to
be shown rightly by mail programs that are set up for another one.

## Example

\`\`\`yaml
characterSet: 1252
\`\`\`

## Instead

\`\`\`yaml
characterSet: 65001
\`\`\`
`,
  over: 'settings',
  check({ settings: { characterSet }, report }) {
    const page = characterSet.value === undefined ? undefined : codePage(characterSet.value);
    if (page === undefined || !page.mailSafe || page.number === 65_001 || eastAsianPages.has(page.number)) return;
    report(characterSet, `${page.label} does not hold every language; UTF-8, the default, does`, {
      fix: setValue('Use 65001 (UTF-8)', characterSet, 65001),
    });
  },
});
