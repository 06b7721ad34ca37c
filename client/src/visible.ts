const longest = 200;

/** Controls, line and paragraph separators, bidirectional marks, zero-width characters, the byte order mark. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A value of a file or of a server as it may stand in a dialog or a lens: nothing in it can start a line of its own, turn
 * the text around, hide, or push the rest out of sight.
 */
export function visible(value: string): string {
  const shown = value.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}
