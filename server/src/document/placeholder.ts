/**
 * Text that another tool, or Farm Email itself, puts a value in place of: `${…}`, `$(…)`, `$env:NAME`, `%NAME%`,
 * `#{…}`, `{{ … }}`, `<%= … %>`, `__NAME__`, `[ENC=…]` and `[x={…}=]`. None holds its own opening, so that a search
 * never has to go back.
 */
const forms = [
  /\$\{[^{}]*\}/,
  /\$\([^()]*\)/,
  /\$env:\w+/,
  /%[A-Za-z_]\w*%/,
  /#\{[^{}]*\}/,
  /\{\{(?:(?!\{\{|\}\})[\s\S])*\}\}/,
  /<%(?:(?!<%|%>)[\s\S])*%>/,
  /__[A-Za-z](?:(?!__)\w)*__/,
  /\[ENC=[^[\]]*\]/,
  /\[x=\{(?:(?!\[x=\{|\}=\])[\s\S])*\}=\]/,
];
const anywhere = new RegExp(forms.map(({ source }) => source).join('|'));
const here = new RegExp(anywhere.source, 'y');

/** Longest value, in UTF-16 code units, in which placeholders are looked for: no setting is longer. */
const lengthLimit = 4096;

/** True where a value, or part of it, is not known before another tool has filled it in. */
export function holdsPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && value.length <= lengthLimit && anywhere.test(value);
}

/** True where a value is made of placeholders alone. */
export function isPlaceholder(value: string): boolean {
  if (value === '' || value.length > lengthLimit) return false;
  here.lastIndex = 0;
  while (here.lastIndex < value.length) if (!here.test(value)) return false;
  return true;
}

/**
 * True where a comment of YAML begins with what is meant as a placeholder, `#{Name}`. A mapping in braces that somebody
 * made a comment, `#{ smtpPort: 25 }`, is none.
 */
export function placeholderAtStart(comment: string): boolean {
  return /^#\{[ \t]*\w(?:(?!:\s)[^{}\r\n])*\}/.test(comment);
}
