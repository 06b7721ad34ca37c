/** Where the bytes of a character are looked up: `single` is ASCII, or the whole of a character set that never shifts. */
export type Plane = 'single' | 'double' | 'katakana';

/** A character as a character set codes it. */
export interface CodedCharacter {
  readonly plane: Plane;
  readonly bytes: readonly number[];
}

/** The characters of a character set; undefined for one that it does not have. */
export type Repertoire = (character: string) => CodedCharacter | undefined;

/** What is used of iconv-lite. */
export interface Tables {
  readonly encode: (text: string, name: string) => Uint8Array;
  readonly decode: (bytes: Uint8Array, name: string) => string;
}

/** The first characters of Unicode, one byte each. */
export function upTo(highest: number): Repertoire {
  return (character) => {
    const code = codeOf(character);
    return code <= highest ? single(code) : undefined;
  };
}

export function utf8(): Repertoire {
  const encoder = new TextEncoder();
  return (character) => single(...encoder.encode(character));
}

/** A character set that iconv-lite knows. `isOwn` leaves out what its table has beyond the character set. */
export function fromTable(
  tables: Tables,
  name: string,
  isOwn: (bytes: Uint8Array) => boolean = () => true,
): Repertoire {
  return (character) => {
    const bytes = tables.encode(character, name);
    // iconv-lite writes what it does not have as a question mark, and U+FFFD as a byte that means nothing.
    const isHeld = character !== '\ufffd' && tables.decode(bytes, name) === character;
    return isHeld && isOwn(bytes) ? single(...bytes) : undefined;
  };
}

/** EUC-KR (KS X 1001 as of 1992): without the further syllables of code page 949, and without two later signs. */
export function koreanEuc(tables: Tables): Repertoire {
  const later = ['\u20ac', '\u00ae'].map((sign) => tables.encode(sign, 'cp949').join());
  return fromTable(tables, 'cp949', (bytes) => isAscii(bytes) || (isHigh(bytes) && !later.includes(bytes.join())));
}

/** The 94 by 94 characters of Korean EUC, in seven bits. */
export function koreanDouble(tables: Tables): Repertoire {
  return sevenBit(koreanEuc(tables));
}

/** What code page 936 has in rows of GB 2312 beyond GB 2312: small Roman numerals, upright forms, letters of pinyin. */
const laterThanGb2312: readonly (readonly [first: number, last: number])[] = [
  [0xa2a1, 0xa2aa],
  [0xa6e0, 0xa6f5],
  [0xa8bb, 0xa8c0],
];

/** The 94 by 94 characters of GB 2312, in seven bits; a tilde is doubled, as HZ wants it (RFC 1843). */
export function chineseDouble(tables: Tables): Repertoire {
  const isOwn = (bytes: Uint8Array) => {
    const [lead = 0, trail = 0] = bytes;
    const code = (lead << 8) | trail;
    return isHigh(bytes) && lead <= 0xf7 && !laterThanGb2312.some(([first, last]) => first <= code && code <= last);
  };
  const repertoire = sevenBit(fromTable(tables, 'cp936', (bytes) => isAscii(bytes) || isOwn(bytes)));
  return (character) => (character === '~' ? single(0x7e, 0x7e) : repertoire(character));
}

/** ISO-2022-JP. Half-width katakana become full-width one by one (as .NET does in code page 50220), or are kept. */
export function japaneseDouble(tables: Tables, halfWidth: 'widened' | 'kept'): Repertoire {
  const jis = jisCodes(tables);
  return (character) => {
    if (codeOf(character) < 0x80) return single(codeOf(character));
    const katakana = halfWidthByte(character);
    if (katakana !== undefined && halfWidth === 'kept') return { plane: 'katakana', bytes: [katakana & 0x7f] };
    const code = jis.get(katakana === undefined ? character : widened(character));
    return code && { plane: 'double', bytes: code };
  };
}

/** EUC-JP as code page 51932 has it: the characters of code page 932, so without JIS X 0212 and its three bytes. */
export function japaneseEuc(tables: Tables): Repertoire {
  const jis = jisCodes(tables);
  return (character) => {
    if (codeOf(character) < 0x80) return single(codeOf(character));
    const katakana = halfWidthByte(character);
    if (katakana !== undefined) return single(0x8e, katakana);
    const code = jis.get(character);
    return code && single(...code.map((byte) => byte | 0x80));
  };
}

/**
 * The two bytes of JIS X 0208, with the rows that NEC added, in seven bits. Read from the table of EUC-JP: iconv-lite itself
 * writes many of NEC's characters by way of JIS X 0212, which code pages do not have.
 */
function jisCodes(tables: Tables): ReadonlyMap<string, readonly number[]> {
  const codes = new Map<string, readonly number[]>();
  for (let row = 0x21; row <= 0x7e; row += 1) {
    for (let cell = 0x21; cell <= 0x7e; cell += 1) {
      const character = tables.decode(Uint8Array.of(row | 0x80, cell | 0x80), 'euc-jp');
      if (!character.includes('\ufffd') && !codes.has(character)) codes.set(character, [row, cell]);
    }
  }
  return codes;
}

/** The byte of a half-width katakana in JIS X 0201. */
function halfWidthByte(character: string): number | undefined {
  const code = codeOf(character);
  return code >= 0xff61 && code <= 0xff9f ? code - 0xff61 + 0xa1 : undefined;
}

/** Unicode's full-width form, but for the two sound marks, whose forms by Unicode are combining. */
function widened(halfWidth: string): string {
  const marks: Readonly<Record<string, string>> = { '\uff9e': '\u309b', '\uff9f': '\u309c' };
  return marks[halfWidth] ?? halfWidth.normalize('NFKC');
}

function sevenBit(repertoire: Repertoire): Repertoire {
  return (character) => {
    const coded = repertoire(character);
    if (coded?.bytes.length !== 2) return coded;
    return { plane: 'double', bytes: coded.bytes.map((byte) => byte & 0x7f) };
  };
}

function single(...bytes: readonly number[]): CodedCharacter {
  return { plane: 'single', bytes };
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function isHigh(bytes: Uint8Array): boolean {
  return bytes.length === 2 && bytes.every((byte) => byte >= 0xa1 && byte <= 0xfe);
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
