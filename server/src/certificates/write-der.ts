import { joinBytes, tags } from './der.ts';

/** Writes ASN.1 in DER: what `der.ts` reads. Each function gives one whole value with identifier and length. */

type Bytes = Uint8Array<ArrayBuffer>;

/** @param tag the identifier byte: class, constructed bit and number together */
export function value(tag: number, ...content: readonly Uint8Array[]): Bytes {
  const body = joinBytes(content);
  return joinBytes([Uint8Array.of(tag, ...lengthOf(body.length)), body]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

export function sequence(...parts: readonly Uint8Array[]): Bytes {
  return value(tags.sequence, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Bytes {
  return value(tags.set, ...parts);
}

/** A context tag around a whole value, or around several. */
export function tagged(number: number, ...parts: readonly Uint8Array[]): Bytes {
  return value(0xa0 | number, ...parts);
}

/** A context tag in place of the value's own. */
export function taggedBytes(number: number, content: Uint8Array): Bytes {
  return value(0x80 | number, content);
}

/** @param magnitude big endian, not negative */
export function integer(magnitude: Uint8Array): Bytes {
  const start = magnitude.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Uint8Array.of(0) : magnitude.subarray(start);
  return (digits[0] ?? 0) < 0x80 ? value(tags.integer, digits) : value(tags.integer, Uint8Array.of(0), digits);
}

/** @param dotted for example `2.5.4.3` */
export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return value(tags.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(part: number): number[] {
  const bytes = [part % 128];
  for (let rest = Math.floor(part / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift(0x80 | (rest % 128));
  return bytes;
}

export function octets(content: Uint8Array): Bytes {
  return value(tags.octetString, content);
}

/** @param unused bits at the end that do not count */
export function bits(content: Uint8Array, unused = 0): Bytes {
  return value(tags.bitString, Uint8Array.of(unused), content);
}

export function utf8(text: string): Bytes {
  return value(tags.utf8String, new TextEncoder().encode(text));
}

export const yes: Bytes = value(tags.boolean, Uint8Array.of(0xff));

/** To the second. UTCTime up to 2049 as RFC 5280, 4.1.2.5, wants it, GeneralizedTime from then on. */
export function time(date: Date): Bytes {
  const digits = date.toISOString().replace(/\.\d+/, '').replace(/[-:T]/g, '');
  const isShort = date.getUTCFullYear() >= 1950 && date.getUTCFullYear() < 2050;
  const text = new TextEncoder().encode(isShort ? digits.slice(2) : digits);
  return value(isShort ? tags.utcTime : tags.generalizedTime, text);
}

/** One PEM block, with a line end at its end. */
export function toPem(label: string, der: Uint8Array): string {
  let binary = '';
  for (const byte of der) binary += String.fromCharCode(byte);
  const lines = btoa(binary).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
