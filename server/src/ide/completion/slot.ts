import type { Format } from '../../document/split.ts';

/** What a completion replaces: the word around the cursor, with its quotes. Offsets into the whole text; on one line. */
export interface Slot {
  readonly start: number;
  readonly end: number;
  /** The word, as it stands there now. */
  readonly text: string;
  /** How the word is quoted; what JSON calls text is quoted whether or not somebody typed the quote. */
  readonly quote: '' | '"' | "'";
  /** What has to stand before the inserted text: a space behind `key:` or `-` that has none. */
  readonly lead: '' | ' ';
  /** Column of the word, and of the first thing on its line. */
  readonly column: number;
  readonly indentation: number;
  /** True where nothing but blanks and dashes stand before it on its line. */
  readonly isFirst: boolean;
  /** True where a colon follows: the word is a key that has its value already. */
  readonly hasColon: boolean;
  /** True where the line holds nothing but blanks. */
  readonly isBlankLine: boolean;
  /** True where the next thing behind it is another entry without a comma between them (JSON). */
  readonly needsComma: boolean;
}

const wordBefore = /(?:\$\{[^}]*\}?|[^\s,[\]{}"'])*$/;
const wordBehind = /^(?:\$\{[^}]*\}|[^\s,[\]{}"':]|:(?!\s|$))*/;

export function slotAt(format: Format, text: string, offset: number): Slot {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.slice(offset).search(/[\r\n]/);
  const lineEnd = newline < 0 ? text.length : offset + newline;
  const before = text.slice(lineStart, offset);
  const behind = text.slice(offset, lineEnd);
  const open = openQuote(format, before);
  if (open !== undefined) return quoted(format, text, { lineStart, lineEnd, open: lineStart + open, offset });
  const word = wordBefore.exec(before)?.[0] ?? '';
  // `smtpPort:` and `-` with the cursor right behind: the value is still to come.
  const isGlued = /^[\w$]+:$/.test(word) || (word === '-' && /^\s*-$/.test(before));
  const start = isGlued ? offset : offset - word.length;
  const end = offset + (isGlued ? 0 : (wordBehind.exec(behind)?.[0].length ?? 0));
  return {
    start,
    end,
    text: text.slice(start, end),
    quote: '',
    lead: isGlued ? ' ' : '',
    column: start - lineStart,
    indentation: indentationOf(before),
    isFirst: /^[\uFEFF\s]*(?:-\s+)*-?\s*$/.test(text.slice(lineStart, start)),
    hasColon: /^["']?\s*:(?:\s|$)/.test(text.slice(end, lineEnd)),
    isBlankLine: /^\s*$/.test(text.slice(lineStart, start) + text.slice(end, lineEnd)),
    needsComma: needsComma(format, text, end),
  };
}

function quoted(
  format: Format,
  text: string,
  { lineStart, lineEnd, open, offset }: { lineStart: number; lineEnd: number; open: number; offset: number },
): Slot {
  const quote = text[open] === "'" ? "'" : '"';
  const rest = text.slice(offset, lineEnd);
  const close = quote === '"' ? /^(?:[^"\\]|\\.)*"/.exec(rest) : /^(?:[^']|'')*'/.exec(rest);
  const end = offset + (close?.[0].length ?? wordBehind.exec(rest)?.[0].length ?? 0);
  return {
    start: open,
    end,
    text: text.slice(open + 1, end - (close === null ? 0 : 1)),
    quote,
    lead: '',
    column: open - lineStart,
    indentation: indentationOf(text.slice(lineStart, offset)),
    isFirst: /^[\uFEFF\s]*(?:-\s+)*$/.test(text.slice(lineStart, open)),
    hasColon: /^\s*:/.test(text.slice(end, lineEnd)),
    isBlankLine: false,
    needsComma: needsComma(format, text, end),
  };
}

function indentationOf(before: string): number {
  return /^[ \t]*/.exec(before)?.[0].length ?? 0;
}

function needsComma(format: Format, text: string, end: number): boolean {
  return format !== 'yaml' && /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*["{[]/.test(text.slice(end));
}

/** Where the string begins that is still open at the end of a line's first part. In YAML a quote opens one only where a value begins. */
function openQuote(format: Format, before: string): number | undefined {
  let open: number | undefined;
  for (let i = 0; i < before.length; i++) {
    const character = before[i];
    if (open !== undefined) {
      if (before[open] === '"' && character === '\\') i++;
      else if (character === before[open]) open = undefined;
    } else if (character === '"' || (character === "'" && format === 'yaml')) {
      if (format !== 'yaml' || /(?:^|[\s[{,])$/.test(before.slice(0, i))) open = i;
    }
  }
  return open;
}
