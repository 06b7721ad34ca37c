/** A .NET encoding, as `OutboundMailCodePage` of a web application takes its number. */
export interface CodePage {
  readonly number: number;
  /** As MIME and .NET (`Encoding.WebName`) call it, for example `utf-8`. */
  readonly name: string;
  /** In plain English, for example `Japanese (Shift-JIS)`. */
  readonly label: string;
  /** Our judgement: true for character sets that mail is commonly written in; false for UTF-16, UTF-32, UTF-7, EBCDIC, and pages of DOS, the Mac and the like. */
  readonly mailSafe: boolean;
}

/** The code pages that mail is commonly written in, UTF-8 first. */
export function mailCodePages(): readonly CodePage[] {
  const pages = [...byNumber.values()].filter(({ mailSafe }) => mailSafe);
  return pages.sort((a, b) => Number(b.number === 65001) - Number(a.number === 65001));
}

/** The code page of a number, of digits, or of a name in any case; undefined where .NET has none. */
export function codePage(value: number | string): CodePage | undefined {
  const text = String(value);
  return /^\d+$/.test(text) ? byNumber.get(Number(text)) : byName.get(text.toLowerCase());
}

type Row = readonly [number: number, name: string, label: string, otherNames?: string];

/** Every encoding of the .NET documentation, with the other names that .NET or common usage give it. */
const mail: readonly Row[] = [
  [874, 'windows-874', 'Thai (Windows)', 'cp874 dos-874 iso-8859-11 tis-620'],
  [
    932,
    'shift_jis',
    'Japanese (Shift-JIS)',
    'cp932 csshiftjis cswindows31j ms_kanji shift-jis sjis windows-31j x-ms-cp932 x-sjis',
  ],
  [
    936,
    'gb2312',
    'Chinese Simplified (GB2312)',
    'chinese cn-gb cp936 csgb2312 csgb231280 csiso58gb231280 gb2312-80 gb231280 gb_2312-80 gbk iso-ir-58',
  ],
  [
    949,
    'ks_c_5601-1987',
    'Korean',
    'cp949 csksc56011987 iso-ir-149 korean ks-c-5601 ks-c5601 ks_c_5601 ks_c_5601-1989 ks_c_5601_1987 ksc5601 ksc_5601',
  ],
  [950, 'big5', 'Chinese Traditional (Big5)', 'big5-hkscs cn-big5 cp950 csbig5 x-x-big5'],
  [1250, 'windows-1250', 'Central European (Windows)', 'cp1250 x-cp1250'],
  [1251, 'windows-1251', 'Cyrillic (Windows)', 'cp1251 x-cp1251'],
  [1252, 'windows-1252', 'Western European (Windows)', 'cp1252 x-ansi'],
  [1253, 'windows-1253', 'Greek (Windows)', 'cp1253'],
  [1254, 'windows-1254', 'Turkish (Windows)', 'cp1254'],
  [1255, 'windows-1255', 'Hebrew (Windows)', 'cp1255'],
  [1256, 'windows-1256', 'Arabic (Windows)', 'cp1256'],
  [1257, 'windows-1257', 'Baltic (Windows)', 'cp1257'],
  [1258, 'windows-1258', 'Vietnamese (Windows)', 'cp1258'],
  [
    20127,
    'us-ascii',
    'US-ASCII',
    'ansi_x3.4-1968 ansi_x3.4-1986 ascii cp367 csascii ibm367 iso-ir-6 iso646-us iso_646.irv:1991 us',
  ],
  [20866, 'koi8-r', 'Cyrillic (KOI8-R)', 'cskoi8r koi koi8 koi8r'],
  [21866, 'koi8-u', 'Cyrillic (KOI8-U)', 'koi8-ru'],
  [
    28591,
    'iso-8859-1',
    'Western European (ISO)',
    'cp819 csisolatin1 ibm819 iso-ir-100 iso8859-1 iso_8859-1 iso_8859-1:1987 l1 latin1',
  ],
  [
    28592,
    'iso-8859-2',
    'Central European (ISO)',
    'csisolatin2 iso-ir-101 iso8859-2 iso_8859-2 iso_8859-2:1987 l2 latin2',
  ],
  [28593, 'iso-8859-3', 'Latin 3 (ISO)', 'csisolatin3 iso-ir-109 iso8859-3 iso_8859-3 iso_8859-3:1988 l3 latin3'],
  [28594, 'iso-8859-4', 'Baltic (ISO)', 'csisolatin4 iso-ir-110 iso8859-4 iso_8859-4 iso_8859-4:1988 l4 latin4'],
  [
    28595,
    'iso-8859-5',
    'Cyrillic (ISO)',
    'csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso_8859-5 iso_8859-5:1988',
  ],
  [
    28596,
    'iso-8859-6',
    'Arabic (ISO)',
    'arabic csisolatinarabic ecma-114 iso-ir-127 iso8859-6 iso_8859-6 iso_8859-6:1987',
  ],
  [
    28597,
    'iso-8859-7',
    'Greek (ISO)',
    'csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso_8859-7 iso_8859-7:1987',
  ],
  [
    28598,
    'iso-8859-8',
    'Hebrew (ISO-Visual)',
    'csisolatinhebrew hebrew iso-ir-138 iso8859-8 iso_8859-8 iso_8859-8:1988 logical visual',
  ],
  [28599, 'iso-8859-9', 'Turkish (ISO)', 'csisolatin5 iso-ir-148 iso8859-9 iso_8859-9 iso_8859-9:1989 l5 latin5'],
  [28603, 'iso-8859-13', 'Estonian (ISO)', 'iso8859-13'],
  [28605, 'iso-8859-15', 'Latin 9 (ISO)', 'csisolatin9 iso8859-15 iso_8859-15 l9 latin9'],
  [38598, 'iso-8859-8-i', 'Hebrew (ISO-Logical)'],
  [50220, 'iso-2022-jp', 'Japanese (JIS)'],
  [50221, 'csISO2022JP', 'Japanese (JIS-Allow 1 byte Kana)'],
  [50222, 'iso-2022-jp', 'Japanese (JIS-Allow 1 byte Kana - SO/SI)'],
  [50225, 'iso-2022-kr', 'Korean (ISO)', 'csiso2022kr iso-2022-kr-7 iso-2022-kr-7bit'],
  [
    51932,
    'euc-jp',
    'Japanese (EUC)',
    'cseucpkdfmtjapanese extended_unix_code_packed_format_for_japanese iso-2022-jpeuc x-euc x-euc-jp',
  ],
  [51936, 'EUC-CN', 'Chinese Simplified (EUC)', 'x-euc-cn'],
  [51949, 'euc-kr', 'Korean (EUC)', 'cseuckr iso-2022-kr-8 iso-2022-kr-8bit'],
  [52936, 'hz-gb-2312', 'Chinese Simplified (HZ)'],
  [54936, 'GB18030', 'Chinese Simplified (GB18030)'],
  [
    65001,
    'utf-8',
    'Unicode (UTF-8)',
    'unicode-1-1-utf-8 unicode-2-0-utf-8 utf8 x-unicode-1-1-utf-8 x-unicode-2-0-utf-8',
  ],
];

const unfit: readonly Row[] = [
  [37, 'IBM037', 'IBM EBCDIC (US-Canada)', 'cp037 csibm037 ebcdic-cp-ca ebcdic-cp-nl ebcdic-cp-us ebcdic-cp-wt'],
  [437, 'IBM437', 'OEM United States', '437 cp437 cspc8codepage437'],
  [500, 'IBM500', 'IBM EBCDIC (International)', 'cp500 csibm500 ebcdic-cp-be ebcdic-cp-ch'],
  [708, 'ASMO-708', 'Arabic (ASMO 708)'],
  [720, 'DOS-720', 'Arabic (DOS)'],
  [737, 'ibm737', 'Greek (DOS)'],
  [775, 'ibm775', 'Baltic (DOS)'],
  [850, 'ibm850', 'Western European (DOS)', 'cp850'],
  [852, 'ibm852', 'Central European (DOS)', 'cp852'],
  [855, 'IBM855', 'OEM Cyrillic', 'cp855'],
  [857, 'ibm857', 'Turkish (DOS)', 'cp857'],
  [858, 'IBM00858', 'OEM Multilingual Latin I', 'ccsid00858 cp00858 cp858 pc-multilingual-850+euro'],
  [860, 'IBM860', 'Portuguese (DOS)', 'cp860'],
  [861, 'ibm861', 'Icelandic (DOS)', 'cp861'],
  [862, 'DOS-862', 'Hebrew (DOS)', 'cp862 ibm862'],
  [863, 'IBM863', 'French Canadian (DOS)', 'cp863'],
  [864, 'IBM864', 'Arabic (864)', 'cp864'],
  [865, 'IBM865', 'Nordic (DOS)', 'cp865'],
  [866, 'cp866', 'Cyrillic (DOS)', 'ibm866'],
  [869, 'ibm869', 'Greek, Modern (DOS)', 'cp869'],
  [870, 'IBM870', 'IBM EBCDIC (Multilingual Latin-2)', 'cp870 csibm870 ebcdic-cp-roece ebcdic-cp-yu'],
  [875, 'cp875', 'IBM EBCDIC (Greek Modern)'],
  [1026, 'IBM1026', 'IBM EBCDIC (Turkish Latin-5)', 'cp1026 csibm1026'],
  [1047, 'IBM01047', 'IBM Latin-1'],
  [1140, 'IBM01140', 'IBM EBCDIC (US-Canada-Euro)', 'ccsid01140 cp01140 ebcdic-us-37+euro'],
  [1141, 'IBM01141', 'IBM EBCDIC (Germany-Euro)', 'ccsid01141 cp01141 ebcdic-de-273+euro'],
  [1142, 'IBM01142', 'IBM EBCDIC (Denmark-Norway-Euro)', 'ccsid01142 cp01142 ebcdic-dk-277+euro ebcdic-no-277+euro'],
  [1143, 'IBM01143', 'IBM EBCDIC (Finland-Sweden-Euro)', 'ccsid01143 cp01143 ebcdic-fi-278+euro ebcdic-se-278+euro'],
  [1144, 'IBM01144', 'IBM EBCDIC (Italy-Euro)', 'ccsid01144 cp01144 ebcdic-it-280+euro'],
  [1145, 'IBM01145', 'IBM EBCDIC (Spain-Euro)', 'ccsid01145 cp01145 ebcdic-es-284+euro'],
  [1146, 'IBM01146', 'IBM EBCDIC (UK-Euro)', 'ccsid01146 cp01146 ebcdic-gb-285+euro'],
  [1147, 'IBM01147', 'IBM EBCDIC (France-Euro)', 'ccsid01147 cp01147 ebcdic-fr-297+euro'],
  [1148, 'IBM01148', 'IBM EBCDIC (International-Euro)', 'ccsid01148 cp01148 ebcdic-international-500+euro'],
  [1149, 'IBM01149', 'IBM EBCDIC (Icelandic-Euro)', 'ccsid01149 cp01149 ebcdic-is-871+euro'],
  [1200, 'utf-16', 'Unicode (UTF-16)', 'iso-10646-ucs-2 ucs-2 unicode utf-16le utf16'],
  [1201, 'unicodeFFFE', 'Unicode (UTF-16 Big endian)', 'utf-16be'],
  [1361, 'Johab', 'Korean (Johab)'],
  [10000, 'macintosh', 'Western European (Mac)'],
  [10001, 'x-mac-japanese', 'Japanese (Mac)'],
  [10002, 'x-mac-chinesetrad', 'Chinese Traditional (Mac)'],
  [10003, 'x-mac-korean', 'Korean (Mac)'],
  [10004, 'x-mac-arabic', 'Arabic (Mac)'],
  [10005, 'x-mac-hebrew', 'Hebrew (Mac)'],
  [10006, 'x-mac-greek', 'Greek (Mac)'],
  [10007, 'x-mac-cyrillic', 'Cyrillic (Mac)'],
  [10008, 'x-mac-chinesesimp', 'Chinese Simplified (Mac)'],
  [10010, 'x-mac-romanian', 'Romanian (Mac)'],
  [10017, 'x-mac-ukrainian', 'Ukrainian (Mac)'],
  [10021, 'x-mac-thai', 'Thai (Mac)'],
  [10029, 'x-mac-ce', 'Central European (Mac)'],
  [10079, 'x-mac-icelandic', 'Icelandic (Mac)'],
  [10081, 'x-mac-turkish', 'Turkish (Mac)'],
  [10082, 'x-mac-croatian', 'Croatian (Mac)'],
  [12000, 'utf-32', 'Unicode (UTF-32)', 'utf-32le utf32'],
  [12001, 'utf-32BE', 'Unicode (UTF-32 Big endian)'],
  [20000, 'x-Chinese-CNS', 'Chinese Traditional (CNS)'],
  [20001, 'x-cp20001', 'TCA Taiwan'],
  [20002, 'x-Chinese-Eten', 'Chinese Traditional (Eten)'],
  [20003, 'x-cp20003', 'IBM5550 Taiwan'],
  [20004, 'x-cp20004', 'TeleText Taiwan'],
  [20005, 'x-cp20005', 'Wang Taiwan'],
  [20105, 'x-IA5', 'Western European (IA5)', 'irv'],
  [20106, 'x-IA5-German', 'German (IA5)', 'din_66003 german'],
  [20107, 'x-IA5-Swedish', 'Swedish (IA5)', 'sen_850200_b swedish'],
  [20108, 'x-IA5-Norwegian', 'Norwegian (IA5)', 'norwegian ns_4551-1'],
  [20261, 'x-cp20261', 'T.61'],
  [20269, 'x-cp20269', 'ISO-6937'],
  [20273, 'IBM273', 'IBM EBCDIC (Germany)', 'cp273 csibm273'],
  [20277, 'IBM277', 'IBM EBCDIC (Denmark-Norway)', 'csibm277 ebcdic-cp-dk ebcdic-cp-no'],
  [20278, 'IBM278', 'IBM EBCDIC (Finland-Sweden)', 'cp278 csibm278 ebcdic-cp-fi ebcdic-cp-se'],
  [20280, 'IBM280', 'IBM EBCDIC (Italy)', 'cp280 csibm280 ebcdic-cp-it'],
  [20284, 'IBM284', 'IBM EBCDIC (Spain)', 'cp284 csibm284 ebcdic-cp-es'],
  [20285, 'IBM285', 'IBM EBCDIC (UK)', 'cp285 csibm285 ebcdic-cp-gb'],
  [20290, 'IBM290', 'IBM EBCDIC (Japanese katakana)', 'cp290 csibm290 ebcdic-jp-kana'],
  [20297, 'IBM297', 'IBM EBCDIC (France)', 'cp297 csibm297 ebcdic-cp-fr'],
  [20420, 'IBM420', 'IBM EBCDIC (Arabic)', 'cp420 csibm420 ebcdic-cp-ar1'],
  [20423, 'IBM423', 'IBM EBCDIC (Greek)', 'cp423 csibm423 ebcdic-cp-gr'],
  [20424, 'IBM424', 'IBM EBCDIC (Hebrew)', 'cp424 csibm424 ebcdic-cp-he'],
  [20833, 'x-EBCDIC-KoreanExtended', 'IBM EBCDIC (Korean Extended)'],
  [20838, 'IBM-Thai', 'IBM EBCDIC (Thai)', 'csibmthai'],
  [20871, 'IBM871', 'IBM EBCDIC (Icelandic)', 'cp871 csibm871 ebcdic-cp-is'],
  [20880, 'IBM880', 'IBM EBCDIC (Cyrillic Russian)', 'cp880 csibm880 ebcdic-cyrillic'],
  [20905, 'IBM905', 'IBM EBCDIC (Turkish)', 'cp905 csibm905 ebcdic-cp-tr'],
  [20924, 'IBM00924', 'IBM Latin-1', 'ccsid00924 cp00924 ebcdic-latin9--euro'],
  [20932, 'EUC-JP', 'Japanese (JIS 0208-1990 and 0212-1990)'],
  [20936, 'x-cp20936', 'Chinese Simplified (GB2312-80)'],
  [20949, 'x-cp20949', 'Korean Wansung'],
  [21025, 'cp1025', 'IBM EBCDIC (Cyrillic Serbian-Bulgarian)'],
  [29001, 'x-Europa', 'Europa'],
  [50227, 'x-cp50227', 'Chinese Simplified (ISO-2022)', 'cp50227'],
  [57002, 'x-iscii-de', 'ISCII Devanagari'],
  [57003, 'x-iscii-be', 'ISCII Bengali'],
  [57004, 'x-iscii-ta', 'ISCII Tamil'],
  [57005, 'x-iscii-te', 'ISCII Telugu'],
  [57006, 'x-iscii-as', 'ISCII Assamese'],
  [57007, 'x-iscii-or', 'ISCII Oriya'],
  [57008, 'x-iscii-ka', 'ISCII Kannada'],
  [57009, 'x-iscii-ma', 'ISCII Malayalam'],
  [57010, 'x-iscii-gu', 'ISCII Gujarati'],
  [57011, 'x-iscii-pa', 'ISCII Punjabi'],
  [
    65000,
    'utf-7',
    'Unicode (UTF-7)',
    'csunicode11utf7 unicode-1-1-utf-7 unicode-2-0-utf-7 utf7 x-unicode-1-1-utf-7 x-unicode-2-0-utf-7',
  ],
];

const byNumber = new Map<number, CodePage>();
const byName = new Map<string, CodePage>();
// Two pages may have one name; .NET means the first page of these lists that states it.
for (const [rows, mailSafe] of [
  [mail, true],
  [unfit, false],
] as const) {
  for (const [number, name, label, otherNames = ''] of rows) {
    const page: CodePage = { number, name, label, mailSafe };
    byNumber.set(number, page);
    for (const each of [name, ...otherNames.split(' ')]) {
      const key = each.toLowerCase();
      if (key !== '' && !byName.has(key)) byName.set(key, page);
    }
  }
}
