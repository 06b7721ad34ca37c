import type { CharacterSet } from './character-set.ts';

/** Longest line of a header that holds encoded words, in characters (RFC 2047, section 2). */
const lineLimit = 76;

export interface HeaderText {
  /** ASCII; its lines are folded. */
  readonly value: string;
  /** Characters that became question marks. */
  readonly lost: readonly string[];
}

/**
 * A text as the value of a header. Plain ASCII stays as it is; all else is put whole in encoded words, in base64, which
 * hides neither shifts nor second bytes that look like ASCII. Each word holds whole characters and starts and ends in
 * ASCII, as RFC 2047 wants it.
 */
export function headerText(name: string, text: string, characterSet: CharacterSet): HeaderText {
  const limit = lineLimit - `${name}: `.length;
  const { text: kept, lost } = characterSet.encode(text);
  if (/^[\x20-\x7e]*$/.test(kept) && !kept.includes('=?') && kept.length <= limit) return { value: kept, lost };
  const words: string[] = [];
  let part = '';
  for (const character of kept) {
    if (part !== '' && encodedWord(part + character, characterSet).length > limit) {
      words.push(encodedWord(part, characterSet));
      part = '';
    }
    part += character;
  }
  words.push(encodedWord(part, characterSet));
  return { value: words.join('\r\n '), lost };
}

function encodedWord(text: string, { label, encode }: CharacterSet): string {
  return `=?${label}?B?${btoa(String.fromCharCode(...encode(text).bytes))}?=`;
}
