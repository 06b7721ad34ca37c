/** Longest command with its CR LF, in bytes (RFC 5321, 4.5.3.1.4). */
const commandLimit = 512;
/**
 * Longest line inside a login. A server must take 12,288 bytes (RFC 4954, section 4), but a ticket of Windows may have
 * 65,535 before it is written in base64.
 */
const loginLineLimit = 90_000;
/** Longest line of a message with its CR LF (RFC 5321, 4.5.3.1.6). */
const textLineLimit = 1_000;

/**
 * The bytes of one command. Every value in it was checked when the plan was made, so a control character, a character
 * outside ASCII or too long a line is a bug here: it throws, and nothing is written.
 */
export function commandBytes(command: string, limit: number = commandLimit): Uint8Array {
  if (!/^[\x20-\x7e]+$/.test(command)) throw new RangeError('A command may hold printable ASCII only.');
  if (command.length + 2 > limit) throw new RangeError(`A command may have ${limit} bytes.`);
  return ascii(`${command}\r\n`);
}

/** The bytes of one line of a login: the same promise, with a longer limit; an answer may be empty. */
export function loginLineBytes(line: string): Uint8Array {
  return line === '' ? ascii('\r\n') : commandBytes(line, loginLineLimit);
}

/**
 * A message as it goes over the wire after DATA: lines end with CR LF whatever they ended with, a leading dot is
 * doubled, and a line with one dot ends it. No line of the message itself can be that dot.
 */
export function dataBytes(message: Uint8Array): Uint8Array {
  const text = Array.from(message, (byte) => String.fromCharCode(byte)).join('');
  const lines = text.replace(/(?:\r\n|\r|\n)+$/, '').split(/\r\n|\r|\n/);
  if (lines.some((line) => line.length + 3 > textLineLimit)) {
    throw new RangeError(`A line of a message may have ${textLineLimit} bytes.`);
  }
  const stuffed = lines.map((line) => (line.startsWith('.') ? `.${line}` : line)).join('\r\n');
  return ascii(`${stuffed}\r\n.\r\n`);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
