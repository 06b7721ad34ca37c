import type { Node } from './node.ts';

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

/** A form that a configuration adds to the built-in ones: literal text around what varies. */
export interface PlaceholderPattern {
  /** At least one character. */
  readonly before: string;
  /** Where it is empty, the placeholder reaches to the end of the value. */
  readonly after: string;
}

/** The forms that a configuration adds. A document is read with them; each of its blocks knows them. */
export type Placeholders = readonly PlaceholderPattern[];

export const builtInOnly: Placeholders = [];

/** Longest value, in UTF-16 code units, in which placeholders are looked for: no setting is longer. */
const lengthLimit = 4096;

/** True where a value, or part of it, is not known before another tool has filled it in. */
export function holdsPlaceholder(node: Node): boolean {
  return (
    node.kind === 'scalar' &&
    typeof node.value === 'string' &&
    textHoldsPlaceholder(node.value, node.block.placeholders)
  );
}

export function textHoldsPlaceholder(text: string, added: Placeholders): boolean {
  if (text.length > lengthLimit) return false;
  return anywhere.test(text) || added.some((pattern) => endOf(pattern, text, text.indexOf(pattern.before)) > 0);
}

/** True where a value is made of placeholders alone. */
export function isPlaceholder(value: string, added: Placeholders): boolean {
  if (value === '' || value.length > lengthLimit) return false;
  // What is not found from one place on is not found from a later one: so each pattern reads the value once.
  const possible = new Set(added);
  let at = 0;
  while (at < value.length) {
    here.lastIndex = at;
    const next = here.test(value) ? here.lastIndex : endOfAdded(possible, value, at);
    if (next <= at) return false;
    at = next;
  }
  return true;
}

/**
 * True where a comment of YAML begins with what is meant as a placeholder, `#{Name}`. A mapping in braces that somebody
 * made a comment, `#{ smtpPort: 25 }`, is none.
 */
export function placeholderAtStart(comment: string): boolean {
  return /^#\{[ \t]*\w(?:(?!:\s)[^{}\r\n])*\}/.test(comment);
}

/** Where the first of the patterns that begins at `start` ends; -1 where none does. Takes out those that end nowhere. */
function endOfAdded(possible: Set<PlaceholderPattern>, text: string, start: number): number {
  for (const pattern of possible) {
    if (!text.startsWith(pattern.before, start)) continue;
    const end = endOf(pattern, text, start);
    if (end > 0) return end;
    possible.delete(pattern);
  }
  return -1;
}

/** Where a pattern that begins at `start` ends; what varies has at least one character. -1 where it ends nowhere. */
function endOf({ before, after }: PlaceholderPattern, text: string, start: number): number {
  const varies = start + before.length;
  if (start < 0 || varies >= text.length) return -1;
  if (after === '') return text.length;
  const at = text.indexOf(after, varies + 1);
  return at < 0 ? -1 : at + after.length;
}
