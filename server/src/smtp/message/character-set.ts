import type { Charset } from '../plan.ts';
import {
  type CodedCharacter,
  chineseDouble,
  fromTable,
  japaneseDouble,
  japaneseEuc,
  koreanDouble,
  koreanEuc,
  type Plane,
  type Repertoire,
  upTo,
  utf8,
} from './repertoire.ts';

/** A text in a character set. */
export interface Encoded {
  readonly bytes: Uint8Array;
  /** The text with a question mark for each character that is lost. */
  readonly text: string;
  /** Characters that the character set does not have, each once, in the order of the text. */
  readonly lost: readonly string[];
}

export interface CharacterSet {
  /** The name that MIME gives it. */
  readonly label: string;
  /** Every text starts and ends in ASCII, and is in ASCII where a line ends. */
  readonly encode: (text: string) => Encoded;
}

/** Bytes between planes. Whatever a plane does not state is nothing. */
interface Shifts {
  /** At the start of a body. */
  readonly opening?: string;
  readonly into?: Readonly<Partial<Record<Plane, string>>>;
  readonly outOf?: Readonly<Partial<Record<Plane, string>>>;
}

/** By code page. An escape sequence of ISO-2022-JP never follows another at once: some readers take that for an attack. */
const shiftsOf = new Map<number, Shifts>([
  [50220, { into: { single: '\x1b(B', double: '\x1b$B' } }],
  [50221, { into: { single: '\x1b(B', double: '\x1b$B', katakana: '\x1b(I' } }],
  [50222, { into: { double: '\x1b$B', katakana: '\x0e' }, outOf: { double: '\x1b(B', katakana: '\x0f' } }],
  [50225, { opening: '\x1b$)C', into: { double: '\x0e' }, outOf: { double: '\x0f' } }],
  [52936, { into: { double: '~{' }, outOf: { double: '~}' } }],
]);

/** EUC-CN is no name of MIME, and code page 51936 is 936 in .NET. */
const labels = new Map([[51936, 'gb2312']]);

/** Tables of iconv-lite that it does not find by the name of the code page, or only one with more characters. */
const tableNames = new Map([
  [950, 'cp950'],
  [38598, 'iso-8859-8'],
  [51936, 'cp936'],
]);

/** Korean EUC: what RFC 1557 has headers written in where the body is ISO-2022-KR. */
const koreanHeader: Charset = { number: 51949, name: 'euc-kr' };

const lostMark: CodedCharacter = { plane: 'single', bytes: [0x3f] };

export interface CharacterSets {
  readonly body: CharacterSet;
  /** That of the body, but for ISO-2022-KR. */
  readonly header: CharacterSet;
}

/** What a code page writes a mail in. Throws for one that mail is not written in. iconv-lite is loaded only where it is needed. */
export async function characterSetsOf(charset: Charset): Promise<CharacterSets> {
  const body = await characterSetOf(charset);
  return { body, header: charset.number === 50225 ? await characterSetOf(koreanHeader) : body };
}

async function characterSetOf(charset: Charset): Promise<CharacterSet> {
  const repertoire = await repertoireOf(charset);
  const shifts = shiftsOf.get(charset.number) ?? {};
  return {
    label: labels.get(charset.number) ?? charset.name,
    encode: (text) => encode(text, repertoire, shifts),
  };
}

async function repertoireOf({ number, name }: Charset): Promise<Repertoire> {
  if (number === 65001) return utf8();
  if (number === 20127) return upTo(0x7f);
  if (number === 28591) return upTo(0xff);
  const { default: iconv } = await import('iconv-lite');
  switch (number) {
    case 50220:
      return japaneseDouble(iconv, 'widened');
    case 50221:
    case 50222:
      return japaneseDouble(iconv, 'kept');
    case 50225:
      return koreanDouble(iconv);
    case 51932:
      return japaneseEuc(iconv);
    case 51949:
      return koreanEuc(iconv);
    case 52936:
      return chineseDouble(iconv);
  }
  const table = tableNames.get(number) ?? name;
  if (!iconv.encodingExists(table)) throw new Error(`No table is known for code page ${number}.`);
  return fromTable(iconv, table);
}

function encode(text: string, repertoire: Repertoire, { opening = '', into = {}, outOf = {} }: Shifts): Encoded {
  const bytes = codesOf(opening);
  const lost = new Set<string>();
  let kept = '';
  let plane: Plane = 'single';
  const turnTo = (next: Plane) => {
    if (next !== plane) bytes.push(...codesOf(outOf[plane]), ...codesOf(into[next]));
    plane = next;
  };
  for (const character of text) {
    const coded = isUnfit(character) ? undefined : repertoire(character);
    if (!coded) lost.add(character);
    kept += coded ? character : '?';
    const written = coded ?? lostMark;
    turnTo(written.plane);
    bytes.push(...written.bytes);
  }
  turnTo('single');
  return { bytes: Uint8Array.from(bytes), text: kept, lost: [...lost] };
}

/** Controls (the bytes of shifts among them), private use and halves of characters: tables have some, mail must not. */
function isUnfit(character: string): boolean {
  return /[\p{Cc}\p{Co}\p{Cs}]/u.test(character) && !/[\t\r\n]/.test(character);
}

function codesOf(ascii = ''): number[] {
  return Array.from(ascii, (character) => character.charCodeAt(0));
}
