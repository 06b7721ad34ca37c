/**
 * Reads ASN.1 in DER, and the parts of BER that certificate stores still write: lengths that are left open, and strings
 * in pieces. Nothing here throws; what is not ASN.1 is `undefined`.
 *
 * Source: ITU-T X.690.
 */

/** One value, with the values inside it. */
export interface Der {
  /** The identifier byte: class, constructed bit and number together, as `tags` lists them. */
  readonly tag: number;
  /** Without identifier and length. */
  readonly content: Uint8Array;
  /** With identifier and length. */
  readonly raw: Uint8Array;
  /** Empty for a primitive value. */
  readonly children: readonly Der[];
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Deeper nesting than any certificate has; a bound on recursion. */
const maxDepth = 40;
const constructedBit = 0x20;

/** The first value in `bytes`. Bytes after it are not looked at; `raw.length` tells where it ends. */
export function readDer(bytes: Uint8Array): Der | undefined {
  return readAt(bytes, 0, 0);
}

function readAt(bytes: Uint8Array, start: number, depth: number): Der | undefined {
  const header = readHeader(bytes, start);
  if (header === undefined || depth > maxDepth) return undefined;
  const { tag, contentStart, length } = header;
  if (length === 'open') return readOpen(bytes, start, tag, contentStart, depth);

  const end = contentStart + length;
  if (end > bytes.length) return undefined;
  const content = bytes.subarray(contentStart, end);
  const raw = bytes.subarray(start, end);
  if ((tag & constructedBit) === 0) return { tag, content, raw, children: [] };

  const children: Der[] = [];
  for (let at = 0; at < content.length; ) {
    const child = readAt(content, at, depth + 1);
    if (child === undefined) return undefined;
    children.push(child);
    at += child.raw.length;
  }
  return { tag, content, raw, children };
}

/** A value whose length is left open ends at two zero bytes. */
function readOpen(bytes: Uint8Array, start: number, tag: number, contentStart: number, depth: number): Der | undefined {
  if ((tag & constructedBit) === 0) return undefined;
  const children: Der[] = [];
  let at = contentStart;
  while (at + 1 < bytes.length) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) {
      return { tag, content: bytes.subarray(contentStart, at), raw: bytes.subarray(start, at + 2), children };
    }
    const child = readAt(bytes, at, depth + 1);
    if (child === undefined) return undefined;
    children.push(child);
    at += child.raw.length;
  }
  return undefined;
}

interface Header {
  readonly tag: number;
  readonly contentStart: number;
  readonly length: number | 'open';
}

function readHeader(bytes: Uint8Array, start: number): Header | undefined {
  const tag = bytes[start];
  const first = bytes[start + 1];
  // Tag numbers from 31 take more bytes; nothing in a certificate uses them.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  if (first < 0x80) return { tag, contentStart: start + 2, length: first };
  if (first === 0x80) return { tag, contentStart: start + 2, length: 'open' };

  const count = first & 0x7f;
  if (count > 4) return undefined;
  let length = 0;
  for (let i = 0; i < count; i++) {
    const byte = bytes[start + 2 + i];
    if (byte === undefined) return undefined;
    length = length * 256 + byte;
  }
  return { tag, contentStart: start + 2 + count, length };
}

/** True where `bytes` begin as a SEQUENCE does and end before the end that it announces. */
export function isCutOff(bytes: Uint8Array): boolean {
  if (bytes[0] !== tags.sequence) return false;
  const header = readHeader(bytes, 0);
  if (header === undefined) return bytes.length < 6;
  if (header.length === 'open') return readDer(bytes) === undefined;
  return header.contentStart + header.length > bytes.length;
}

/** An object identifier in dotted form. */
export function oidOf(der: Der | undefined): string | undefined {
  if (der?.tag !== tags.oid || der.content.length === 0) return undefined;
  const parts: number[] = [];
  let value = 0;
  for (const byte of der.content) {
    // Beyond 2^53 the digits would be wrong; such identifiers name nothing that is known here.
    if (value > 2 ** 45) return undefined;
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    parts.push(value);
    value = 0;
  }
  const [first, ...rest] = parts;
  if (first === undefined) return undefined;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

/** A small non-negative INTEGER (up to 2^40); undefined for anything else. */
export function smallInteger(der: Der | undefined): number | undefined {
  if (der?.tag !== tags.integer || der.content.length === 0 || der.content.length > 5) return undefined;
  if ((der.content[0] ?? 0) >= 0x80) return undefined;
  return der.content.reduce((value, byte) => value * 256 + byte, 0);
}

/** Length in bits of a non-negative INTEGER. */
export function bitLength(der: Der | undefined): number | undefined {
  if (der?.tag !== tags.integer) return undefined;
  const first = der.content.findIndex((byte) => byte !== 0);
  const top = der.content[first];
  if (top === undefined) return undefined;
  return (der.content.length - first) * 8 - (Math.clz32(top) - 24);
}

/** The bytes of an OCTET STRING, or of a context tag that stands for one; pieces are joined. */
export function octetsOf(der: Der | undefined): Uint8Array | undefined {
  if (der === undefined) return undefined;
  return (der.tag & constructedBit) === 0 ? der.content : joinBytes(der.children.map((child) => child.content));
}

/** The bytes of a BIT STRING whose length is a number of whole bytes. */
export function bitsOf(der: Der | undefined): Uint8Array | undefined {
  return der?.tag === tags.bitString && der.content[0] === 0 ? der.content.subarray(1) : undefined;
}

/** Upper case, two digits a byte, nothing between. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Text of any ASN.1 string type. */
export function textOf(der: Der | undefined): string | undefined {
  if (der === undefined) return undefined;
  switch (der.tag) {
    case tags.utf8String:
      return new TextDecoder().decode(der.content);
    case 0x1e: // BMPString
      return wideText(der.content, 2);
    case 0x1c: // UniversalString
      return wideText(der.content, 4);
    case 0x12: // NumericString
    case 0x13: // PrintableString
    case 0x14: // T61String, in practice latin1
    case 0x16: // IA5String
    case 0x1a: // VisibleString
      return latin1(der.content);
    default:
      return undefined;
  }
}

export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function wideText(bytes: Uint8Array, width: 2 | 4): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + width <= bytes.length; at += width) {
    const code = width === 2 ? view.getUint16(at) : view.getUint32(at);
    text += width === 2 ? String.fromCharCode(code) : String.fromCodePoint(code > 0x10ffff ? 0xfffd : code);
  }
  return text;
}

/** A UTCTime or GeneralizedTime. Fractions of a second are dropped; a time without zone is read as UTC. */
export function timeOf(der: Der | undefined): Date | undefined {
  if (der?.tag !== tags.utcTime && der?.tag !== tags.generalizedTime) return undefined;
  const pattern =
    der.tag === tags.utcTime
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:Z|([+-])(\d{2})(\d{2}))?$/
      : /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,]\d+)?(?:Z|([+-])(\d{2})(\d{2}))?$/;
  const match = pattern.exec(latin1(der.content));
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  // RFC 5280, 4.1.2.5.1: two digits stand for 1950 to 2049.
  const century = der.tag === tags.generalizedTime ? 0 : year < 50 ? 2000 : 1900;
  const offset = (match[7] === '-' ? -1 : 1) * (Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(century + year, month - 1, day);
  date.setUTCHours(hour, minute - offset, second);
  return date;
}
