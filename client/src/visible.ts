const longest = 200;
/** Of these, at the end: there a host and an address say whose they are. */
const lastPart = 80;

/** Controls, line and paragraph separators, bidirectional marks, zero-width characters, the byte order mark. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A value of a file or of a server as it may stand in a dialog, a notification or a lens: nothing in it can start a line of
 * its own, turn the text around, hide, be a link, or push the rest out of sight.
 */
export function visible(value: string): string {
  const shown = value.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
  return withoutLinks(
    shown.length > longest ? `${shown.slice(0, longest - lastPart)}…${shown.slice(-lastPart)}` : shown,
  );
}

/** VS Code makes a link of `[text](command:…)` in a notification and below an input box, and runs the command at a click. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
