/** How a user is named in NTLM. */
export interface NtlmUser {
  readonly name: string;
  readonly domain: string;
}

/**
 * A user name as configured, the way Windows takes it apart: `DOMAIN\name` has two parts. `name@domain` stays whole, and
 * neither it nor a name alone has a domain: the server looks where it belongs.
 */
export function ntlmUser(userName: string): NtlmUser {
  const at = userName.indexOf('\\');
  return at < 0 ? { name: userName, domain: '' } : { name: userName.slice(at + 1), domain: userName.slice(0, at) };
}

/** The NetBIOS name of a computer: the first label of its name, in capitals, at most 15 characters. */
export function netBiosName(computer: string): string {
  return (computer.split('.')[0] ?? '').slice(0, 15).toUpperCase();
}

/** Little endian, without a mark at the start. */
export function utf16(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit & 0xff;
    bytes[2 * i + 1] = unit >> 8;
  }
  return bytes;
}

/** In capitals as Windows makes them: one character for one, and none outside ASCII becomes one inside it. */
export function upperCase(text: string): string {
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    const isPlain = upper.length === character.length && (character < '\x80' || upper >= '\x80');
    return isPlain ? upper : character;
  }).join('');
}
