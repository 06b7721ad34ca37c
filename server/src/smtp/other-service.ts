import type { OtherService } from './failure.ts';

const openings: readonly (readonly [RegExp, OtherService])[] = [
  [/^HTTP\/|^<!doctype|^<html/i, 'a web server (HTTP)'],
  [/^\* (?:OK|BYE|PREAUTH)\b/i, 'IMAP'],
  [/^(?:\+OK|-ERR)/i, 'POP3'],
  [/^SSH-/, 'SSH'],
  [/^(?![2-5]\d\d)/, 'something else'],
];

/** What greets with these bytes; undefined where it may be SMTP, or nothing came. */
export function otherServiceOf(bytes: Uint8Array): OtherService | undefined {
  if (bytes.length < 3) return undefined;
  // A TLS record: an alert or a handshake, version 3.x.
  if ((bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3) return 'TLS from the first byte';
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return openings.find(([pattern]) => pattern.test(text))?.[1];
}
