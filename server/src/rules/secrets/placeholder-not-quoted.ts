import { setValue } from '../../lint/fix.ts';
import { defineRule } from '../../lint/rule.ts';
import { octopusSubstitution, yamlComments } from '../sources.ts';

export default defineRule({
  id: 'placeholder-not-quoted',
  title: 'YAML takes an unquoted placeholder for a comment',
  severity: 'warning',
  versions: 'all',
  sources: [yamlComments, octopusSubstitution],
  fix: 'safe',
  docs: `
## What it reports

A placeholder of the form \`#{Name}\` in a YAML file that stands without quotes behind a colon, a dash or a blank. In JSON
all text has quotes.

## Why it matters

In YAML a \`#\` behind a blank begins a comment. Whatever reads the file before the placeholder is filled in finds an empty
setting, or half of it: an empty password, an address without its end. What is filled in later may hold a colon or a \`#\`
of its own, and then the file means something else again.

## Example

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2016
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: #{HelpDesk}
\`\`\`

## Instead

In quotes it is a value. A number in quotes is text: where the setting is a number, another form of placeholder, such as
\`\${PORT}\` or \`__PORT__\`, needs none.

\`\`\`yaml
version: 1
farm:
  sharePointVersion: 2016
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: "#{HelpDesk}"
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    for (const placeholder of file.unquotedPlaceholders) {
      const { text, isCutOff, isText } = placeholder;
      const isCertain = isText && !isCutOff && !/\s/.test(text.replaceAll(/#\{[^{}]*\}/g, ''));
      const fix = setValue('Put it in quotes', placeholder, text);
      report(
        placeholder,
        isCutOff
          ? 'YAML takes #{…} for a comment here: without quotes, the value ends before it'
          : 'YAML takes #{…} for a comment here: without quotes, the value is empty',
        { fix: isCertain ? fix : { ...fix, kind: 'suggested' } },
      );
    }
  },
});
