import { latin1 } from './der.ts';

/** One `-----BEGIN label-----` block. */
export interface PemBlock {
  readonly label: string;
  /** What stands above the base64 (RFC 1421, section 4.4): how a key is encrypted, as OpenSSL wrote it until its version 3. */
  readonly headers: ReadonlyMap<string, string>;
  /** `cut off`: there is no END line; `damaged`: what stands between is not base64. */
  readonly content: Uint8Array | 'cut off' | 'damaged';
}

/**
 * The text of a file that may be PEM. Windows PowerShell writes UTF-16 unless told otherwise, so a byte order mark is
 * honoured; everything in PEM is ASCII, so anything else is read byte by byte.
 */
export function textOfFile(bytes: Uint8Array): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (!isLittle && !isBig) return latin1(bytes).replace(/^\u00ef\u00bb\u00bf/, '');
  let text = '';
  for (let at = 2; at + 1 < bytes.length; at += 2) {
    const [low, high] = isLittle ? [bytes[at], bytes[at + 1]] : [bytes[at + 1], bytes[at]];
    text += String.fromCharCode((low ?? 0) | ((high ?? 0) << 8));
  }
  return text;
}

/** All blocks in the order of the text. Whatever stands outside them is skipped, as openssl writes bag attributes there. */
export function readPem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let open: { label: string; lines: string[] } | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, boundary, label = ''] = /^\s*-----(BEGIN|END) ([A-Z0-9 ]{1,60})-----\s*$/.exec(line) ?? [];
    if (boundary === 'BEGIN') {
      if (open !== undefined) blocks.push({ label: open.label, headers: new Map(), content: 'cut off' });
      open = { label, lines: [] };
    } else if (boundary === 'END' && open !== undefined) {
      const { headers, body } = divided(open.lines);
      blocks.push({ label: open.label, headers, content: decodeBase64(body.join('')) ?? 'damaged' });
      open = undefined;
    } else {
      open?.lines.push(line);
    }
  }
  if (open !== undefined) blocks.push({ label: open.label, headers: new Map(), content: 'cut off' });
  return blocks;
}

/** An empty line ends the headers; without one there are none. */
function divided(lines: readonly string[]): { headers: ReadonlyMap<string, string>; body: readonly string[] } {
  const end = lines.findIndex((line) => line.trim() === '');
  const above = lines.slice(0, Math.max(end, 0)).map((line) => /^([A-Za-z-]+):(.*)$/.exec(line));
  const headers = new Map(above.map((match) => [match?.[1] ?? '', (match?.[2] ?? '').trim()]));
  return above.length > 0 && above.every((match) => match !== null)
    ? { headers, body: lines.slice(end) }
    : { headers: new Map(), body: lines };
}

/** Undefined where the text is not base64. White space is skipped; missing padding is fine. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, '').replace(/={1,2}$/, '');
  if (digits === '' || digits.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/.test(digits)) return undefined;
  return Uint8Array.from(atob(digits), (char) => char.charCodeAt(0));
}
