import { describe, expect, test, vi } from 'vitest';
import { type CodePage, codePage } from '../../server/src/settings/code-pages.ts';
import { type CharacterSet, characterSetsOf } from '../../server/src/smtp/message/character-set.ts';
import { headerText } from '../../server/src/smtp/message/encoded-words.ts';
import { sampleOf } from '../../server/src/smtp/message/samples.ts';
import { mailCodePages } from './mail-code-pages.ts';
import { latin1, readText, readWords } from './mail-reader.ts';

async function bodyOf(number: number): Promise<CharacterSet> {
  return (await characterSetsOf(pageOf(number))).body;
}

function pageOf(number: number): CodePage {
  const page = codePage(number);
  if (!page) throw new Error(`There is no code page ${number}.`);
  return page;
}

const unicode = [65001, 54936];
const shifting = [50220, 50221, 50222, 50225, 52936];

describe.each(mailCodePages.map((page) => [page.number, page] as const))('code page %i', (number, page) => {
  test('its sample comes back from its bytes, and is beyond ASCII', async () => {
    const body = await bodyOf(number);
    const text = `ASCII \\ ~ ~{ = . ${sampleOf(number)}${sampleOf(number)} ASCII\r\n${sampleOf(number)}\r\n`;
    const { bytes, lost, text: kept } = body.encode(text);
    expect(lost).toEqual([]);
    expect(kept).toBe(text);
    expect(readText(bytes, number)).toBe(text);
    expect(/\P{ASCII}/u.test(text)).toBe(number !== 20127);
  });

  test('every character that it takes comes back from its bytes', async () => {
    const body = await bodyOf(number);
    const { lost } = body.encode(basicPlane);
    const missing = new Set(lost);
    const held = Array.from(basicPlane).filter((character) => !missing.has(character) && isReadable(number, character));
    const text = held.join('');
    expect(held.length).toBeGreaterThanOrEqual(95);
    // Compared piece by piece: a difference is then a line, not 60,000 characters.
    expect(readText(body.encode(text).bytes, number).match(/.{1,64}/gsu)).toEqual(text.match(/.{1,64}/gsu));
  });

  test('what it does not have becomes a question mark, and is listed once', async () => {
    const body = await bodyOf(number);
    const isAll = unicode.includes(number);
    const { bytes, lost, text } = body.encode(`a😀b😀 ܐ ${sampleOf(number)}.`);
    expect(lost).toEqual(isAll ? [] : ['😀', 'ܐ']);
    expect(text).toBe(isAll ? `a😀b😀 ܐ ${sampleOf(number)}.` : `a?b? ? ${sampleOf(number)}.`);
    expect(readText(bytes, number)).toBe(text);
  });

  test('controls, private use and half a character are never written', async () => {
    const body = await bodyOf(number);
    const unfit = ['\0', '\x0e', '\x0f', '\x1b', '\x7f', '\x80', '\x9f', '\ue000', '\ud83d'];
    const { bytes, lost } = body.encode(unfit.map((character) => `a${character}`).join(''));
    expect(lost).toEqual(unfit);
    expect(readText(bytes, number)).toBe('a?'.repeat(unfit.length));
  });

  test('a subject in encoded words comes back, word by word', async () => {
    const { header } = await characterSetsOf(page);
    const text = `Farm Email test from ${`${sampleOf(number)} a `.repeat(8)}😀`;
    const { value, lost } = headerText('Subject', text, header);
    const lines = `Subject: ${value}`.split('\r\n');
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(76);
      expect(line).toMatch(/^(?:Subject:)? =\?[\w-]+\?B\?[A-Za-z0-9+/]+=*\?=$/);
    }
    expect(lines.length).toBeGreaterThan(3);
    expect(readWords(value, number)).toBe(header.encode(text).text);
    expect(lost).toEqual(unicode.includes(number) ? [] : ['😀']);
  });
});

/** What Node's decoders cannot judge. */
function isReadable(number: number, character: string): boolean {
  switch (number) {
    // Korean beyond KS X 1001: known bytes are compared below.
    case 949:
      return !koreanOnlyIn949.test(character);
    // Half-width katakana come back in full width: compared below.
    case 50220:
      return !/[\uff61-\uff9f]/.test(character);
    // A point of Unicode 5, later than the decoder's table.
    case 1255:
      return character !== '\u05ba';
    default:
      return true;
  }
}

const decoder = new TextDecoder('euc-kr');
const inKorean1001 = new Set(
  Array.from({ length: 94 * 94 }, (_, i) => decoder.decode(Uint8Array.of(0xa1 + Math.floor(i / 94), 0xa1 + (i % 94)))),
);
const koreanOnlyIn949 = { test: (character: string) => character > '\x7f' && !inKorean1001.has(character) };

/** The characters of Unicode's first plane that are assigned and no control, in their order. */
const basicPlane = Array.from({ length: 0xffff - 0x20 }, (_, i) => String.fromCharCode(0x20 + i))
  .filter((character) => !/[\p{Cc}\p{Cn}\p{Co}\p{Cs}\ufeff\ufffd]/u.test(character))
  .join('');

describe('the bytes are those that the standards and .NET have', () => {
  test.each([
    // RFC 1468; JIS X 0208 and 0201.
    [50220, '日本語 a', '\x1b$BF|K\\8l\x1b(B a'],
    [50221, '日本語', '\x1b$BF|K\\8l\x1b(B'],
    [50220, 'aｱｲa', 'a\x1b$B%"%$\x1b(Ba'],
    [50221, 'aｱｲ日a', 'a\x1b(I12\x1b$BF|\x1b(Ba'],
    [50222, 'aｱｲ日ｱa', 'a\x0e12\x0f\x1b$BF|\x1b(B\x0e1\x0fa'],
    // NEC’s and IBM’s characters of code page 932, in NEC’s rows.
    [50220, '①髙﨑', '\x1b$B-!|byu\x1b(B'],
    [50220, '日\r\n本\r\n', '\x1b$BF|\x1b(B\r\n\x1b$BK\\\x1b(B\r\n'],
    // RFC 1557; KS X 1001.
    [50225, '한글 a\r\n한', '\x1b$)C\x0eGQ1[\x0f a\r\n\x0eGQ\x0f'],
    // RFC 1843, its own example.
    [52936, 'GB.己所不欲，勿施於人。Bye.', 'GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.'],
    [52936, '~汉~', '~~~{::~}~~'],
    [51932, '日ｱ髙', '\xc6\xfc\x8e\xb1\xfc\xe2'],
    [51936, '汉€', '\xba\xba\x80'],
    [936, '汉镕€', '\xba\xba\xe9F\x80'],
    [949, '한갂€', '\xc7\xd1\x81A\xa2\xe6'],
    [950, '漢€', '\xba~\xa3\xe1'],
    [1252, 'ä€Œ', '\xe4\x80\x8c'],
    [28605, 'ä€Œ', '\xe4\xa4\xbc'],
    [28598, 'א', '\xe0'],
    [38598, 'א', '\xe0'],
    [54936, '汉€ä😀', '\xba\xba\xa2\xe3\x810\x8a1\x949\xfc6'],
    [65001, 'ä', '\xc3\xa4'],
  ])('%i: %s', async (number, text, expected) => {
    const { bytes, lost } = (await bodyOf(number)).encode(text);
    expect(latin1(bytes)).toBe(expected);
    expect(lost).toEqual([]);
  });

  test.each([
    // Latin letters that EUC-JP has by three bytes, and its code page does not.
    [51932, 'öß'],
    [50220, 'öß¥'],
    [932, '¥‾'],
    // Syllables of code page 949 alone, and a sign of 1998.
    [51949, '갂€'],
    [50225, '갂€'],
    // Characters of GBK, and what code page 936 adds to the rows of GB 2312.
    [52936, '镕漢€ⅰ'],
    // Hong Kong’s characters, which iconv-lite calls Big5.
    [950, '𠄌\u00ca'],
    // Made of a letter and a tone mark; .NET does not take them apart.
    [1258, 'ệ'],
    [1251, 'ö\ufffd'],
    [28591, '€'],
  ])('%i does not have %s', async (number, text) => {
    const { bytes, lost } = (await bodyOf(number)).encode(text);
    expect(lost).toEqual([...text]);
    expect(readText(bytes, number)).toBe('?'.repeat(lost.length));
  });

  test('50220 widens every half-width katakana', async () => {
    const half = '｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ';
    const full =
      '。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜';
    const { bytes, lost } = (await bodyOf(50220)).encode(half);
    expect(readText(bytes, 50220)).toBe(full);
    expect(lost).toEqual([]);
  });

  test.each(shifting)('%i is in ASCII at the end of each line, and has no empty shift', async (number) => {
    const sample = sampleOf(number);
    const mixed = `${sample}${number === 50220 ? '' : 'ｱ日ｱ'}a日b\r\n${sample}`;
    const bytes = latin1((await bodyOf(number)).encode(mixed).bytes);
    expect(bytes).toMatch(/^\p{ASCII}*$/u);
    // An escape sequence right after another makes readers of the web put U+FFFD.
    const empty = ['\x1b(B\x1b', '\x1b(I\x1b', '\x1b$B\x1b', '\x0e\x0f', '\x0f\x0e', '~{~}', '~}~{'];
    expect(empty.filter((shifts) => bytes.includes(shifts))).toEqual([]);
    const opening = number === 50225 ? '\x1b$)C' : '';
    const lines = bytes.slice(opening.length).split('\r\n');
    expect(lines.map((line) => readText(Buffer.from(opening + line, 'latin1'), number)).join('\r\n')).toBe(
      (await bodyOf(number)).encode(mixed).text,
    );
  });
});

describe('labels', () => {
  test('each code page has the name that MIME gives it', async () => {
    const labels = await Promise.all(
      mailCodePages.map(async (page) => {
        const { body, header } = await characterSetsOf(page);
        return [page.number, body.label.toLowerCase(), ...(header === body ? [] : [header.label])].join(' ');
      }),
    );
    expect(labels).toEqual([
      '874 windows-874',
      '932 shift_jis',
      '936 gb2312',
      '949 ks_c_5601-1987',
      '950 big5',
      '1250 windows-1250',
      '1251 windows-1251',
      '1252 windows-1252',
      '1253 windows-1253',
      '1254 windows-1254',
      '1255 windows-1255',
      '1256 windows-1256',
      '1257 windows-1257',
      '1258 windows-1258',
      '20127 us-ascii',
      '20866 koi8-r',
      '21866 koi8-u',
      '28591 iso-8859-1',
      '28592 iso-8859-2',
      '28593 iso-8859-3',
      '28594 iso-8859-4',
      '28595 iso-8859-5',
      '28596 iso-8859-6',
      '28597 iso-8859-7',
      '28598 iso-8859-8',
      '28599 iso-8859-9',
      '28603 iso-8859-13',
      '28605 iso-8859-15',
      '38598 iso-8859-8-i',
      '50220 iso-2022-jp',
      '50221 csiso2022jp',
      '50222 iso-2022-jp',
      // RFC 1557: Korean headers are EUC-KR.
      '50225 iso-2022-kr euc-kr',
      '51932 euc-jp',
      // EUC-CN is no name of MIME.
      '51936 gb2312',
      '51949 euc-kr',
      '52936 hz-gb-2312',
      '54936 gb18030',
      '65001 utf-8',
    ]);
  });

  test('iconv-lite is loaded for other code pages than UTF-8, ASCII and Latin 1', async () => {
    vi.doMock('iconv-lite', () => {
      throw new Error('iconv-lite was loaded.');
    });
    try {
      for (const number of [65001, 20127, 28591]) expect((await bodyOf(number)).encode('a').lost).toEqual([]);
      await expect(bodyOf(1252)).rejects.toThrow();
    } finally {
      vi.doUnmock('iconv-lite');
    }
  });

  test('a code page that mail is not written in is a bug of the caller', async () => {
    await expect(characterSetsOf({ number: 37, name: 'ibm037' })).rejects.toThrow('37');
    expect(sampleOf(37)).toBe('');
  });
});

describe('a subject', () => {
  test.each([
    ['Farm Email test from SP-APP01', 65001],
    ['~{ = ? _ \\ "', 52936],
    ['a = ?', 50220],
  ])('%j in plain ASCII stays as it is', async (text, number) => {
    const { header } = await characterSetsOf(pageOf(number));
    expect(headerText('Subject', text, header)).toEqual({ value: text, lost: [] });
  });

  test('one of which ASCII is left is plain, too', async () => {
    const { header } = await characterSetsOf(pageOf(20127));
    expect(headerText('Subject', 'from Größe', header)).toEqual({ value: 'from Gr??e', lost: ['ö', 'ß'] });
  });

  test.each(['=?utf-8?Q?forged?=', 'a\r\nBcc: x@y.z', 'x'.repeat(200)])('%j is read as it was', async (text) => {
    const { header } = await characterSetsOf(pageOf(65001));
    const { value } = headerText('Subject', text, header);
    expect(value).toMatch(/^=\?utf-8\?B\?[\w+/=]+\?=(?:\r\n =\?utf-8\?B\?[\w+/=]+\?=)*$/);
    expect(readWords(value, 65001)).toBe(text);
  });
});
