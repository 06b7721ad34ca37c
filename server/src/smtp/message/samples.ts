/**
 * A few characters beyond ASCII of each code page that mail is written in. Single letters in scripts that run from right to
 * left: they can be read whichever way a reader lays them out.
 */
const samples: Readonly<Record<string, readonly number[]>> = {
  'ä é ß € Ω Ж 漢 あ 한': [65001, 54936],
  '# $ @ [ \\ ] ^ { | } ~': [20127],
  'Ä ä Ö ö Ü ü ß é ñ €': [1252, 28605],
  'Ä ä Ö ö Ü ü ß é ñ £': [28591],
  'Č č Ł ł Ř ř Š š Ž ž Ő ő': [1250, 28592],
  'Ĉ ĉ Ĝ ĝ Ħ ħ Ŝ ŝ Ŭ ŭ': [28593],
  'Ą ą Č č Ė ė Š š Ū ū Ž ž': [1257, 28594, 28603],
  'Б б Ж ж Щ щ Я я Ё ё': [1251, 20866, 28595],
  'Б б Ж ж Щ щ Є є Ї ї Ґ ґ': [21866],
  'Α α Ω ω Σ σ ς ή ώ': [1253, 28597],
  'Ğ ğ İ ı Ş ş Ö ö Ü ü': [1254, 28599],
  'א ב ג מ ש ת': [1255, 28598, 38598],
  'ا ب ت ج ش ي': [1256, 28596],
  'Ă ă Đ đ Ơ ơ Ư ư ₫': [1258],
  'ก ข ค ๐ ๙ ฿': [874],
  '日本語 あいう アイウ ｱｲｳ': [932, 50221, 50222, 51932],
  '日本語 あいう アイウ': [50220],
  '汉字 中国 你好 测试': [936, 51936, 52936],
  '漢字 中文 測試 你好': [950],
  '한글 가나다 한국어 韓國': [949, 50225, 51949],
};

const byCodePage = new Map(Object.entries(samples).flatMap(([text, pages]) => pages.map((page) => [page, text])));

/** The sample of a code page; empty for one that mail is not written in. */
export function sampleOf(codePage: number): string {
  return byCodePage.get(codePage) ?? '';
}
