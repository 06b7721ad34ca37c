/*
 * Text from outside in Markdown. Escaping with backslashes is not enough: pages find links, people and issues in plain
 * text too. So a word that is more than letters, or a number, becomes code, in which nothing is found.
 */

/** Letters, also joined by an apostrophe or a hyphen; a number, also with a point or two; a date; a time. */
const plainWord = /^(?:\p{L}+(?:[’'-]\p{L}+)*|\d{1,6}|\d{1,3}(?:\.\d{1,3}){1,2}|\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d)$/u;
/** What pages take for the hash of a commit, or the beginning of a link. */
const likeLink = /^(?:[a-f]{7,}|www|https?|ftp|mailto|xmpp)$/i;

export type Place = 'text' | 'cell';

/** A sentence of ours that may hold words of others, as Markdown: what is quoted and what is no plain word is code. */
export function prose(text: string, place: Place = 'text'): string {
  return text
    .split(/(“[^“”]+”)/)
    .map((part, i) => (i % 2 === 1 ? `“${code(part.slice(1, -1), place)}”` : words(part, place, i === 0)))
    .join('');
}

/** A text as code, whatever stands in it. In a cell of a table a bar stands between pieces of code. */
export function code(text: string, place: Place = 'text'): string {
  if (place === 'cell' && text.includes('|')) {
    return text
      .split('|')
      .map((part) => code(part))
      .join('&#124;');
  }
  if (text === '') return '';
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

/** A fence for lines of code that none of them ends. */
export function fenceFor(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(longest + 1);
}

function words(text: string, place: Place, isStart: boolean): string {
  return text
    .split(/( +)/)
    .map((word, i) => (i % 2 === 1 ? ' ' : wordOf(word, place, isStart && i === 0)))
    .join('');
}

function wordOf(word: string, place: Place, isFirst: boolean): string {
  if (word === '>') return '&gt;';
  const [, before = '', core = '', after = ''] = /^([("‘“]*)(.*?)([)"’”.,;:?!…]*)$/s.exec(word) ?? [];
  if (core === '') return word;
  // “1.” at the start of a line begins a list.
  const isPlain = plainWord.test(core) && !likeLink.test(core) && !(isFirst && /^\d/.test(core) && after !== '');
  return isPlain ? word : `${before}${code(core, place)}${after}`;
}
