/**
 * A text as a PowerShell literal that means exactly this text. In single quotes nothing is expanded; a quote is doubled, and
 * PowerShell takes the typographic ones (U+2018 to U+201B) for quotes, too. Line breaks and other controls, which would
 * make a script hard to read or start a line of its own, are put together by their numbers.
 *
 * Source: about_Quoting_Rules (PowerShell), and the characters of its tokenizer.
 */
export function quoted(text: string): string {
  const parts = text.split(/([\p{Cc}\p{Zl}\p{Zp}\p{Cf}])/u).filter((part) => part !== '');
  const written = parts.map((part) =>
    /^[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]$/u.test(part) ? numbers(part) : `'${part.replace(/['\u2018-\u201b]/g, '$&$&')}'`,
  );
  if (written.length === 0) return "''";
  return written.length === 1 && parts[0] !== undefined && written[0]?.startsWith("'")
    ? written[0]
    : `('' + ${written.join(' + ')})`;
}

/** By UTF-16 units, because `[char]` holds one. */
function numbers(character: string): string {
  return Array.from({ length: character.length }, (_, i) => `[char]${character.charCodeAt(i)}`).join(' + ');
}

/** A text as it may stand in a comment: on one line, and with nothing that would end it. */
export function inComment(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]+/gu, ' ').replaceAll('#>', '# >');
}
