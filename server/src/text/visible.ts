/** Controls, line separators, bidirectional marks, and whatever else leaves no mark of its own. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A text of somebody else (a file, a server) as it may be shown: what would act, hide or turn the text around stands as an
 * escape such as `\x1b` or `\u202e`.
 */
export function visible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** As `visible`, but with dots, and a space for a tab: every character stays where it was. */
export function visibleInPlace(text: string): string {
  return text.replaceAll('\t', ' ').replace(invisible, (character) => '\u00b7'.repeat(character.length));
}
