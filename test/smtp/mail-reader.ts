/**
 * Reads a mail without any code of the product, nor of what it is made with: headers, encoded words, transfer encodings,
 * and every character set by Node's own decoders.
 */
export interface ReadMail {
  readonly header: (name: string) => string;
  readonly charset: string;
  readonly transferEncoding: string;
  readonly subject: string;
  readonly body: Uint8Array;
  readonly text: string;
}

export function readMail(mail: Uint8Array, codePage: number): ReadMail {
  const [head = '', ...rest] = latin1(mail).replace(/\r?\n/g, '\r\n').split('\r\n\r\n');
  const fields = head.replace(/\r\n(?=[ \t])/g, '').split('\r\n');
  const header = (name: string) => {
    const found = fields.filter((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    if (found.length !== 1) throw new Error(`${found.length} headers are called ${name}.`);
    return (found[0] ?? '').slice(name.length + 1).trim();
  };
  const transferEncoding = header('Content-Transfer-Encoding');
  const body = decodedBody(rest.join('\r\n\r\n'), transferEncoding);
  return {
    header,
    charset: /^text\/plain; charset=([\w-]+)$/.exec(header('Content-Type'))?.[1] ?? '',
    transferEncoding,
    subject: readWords(header('Subject'), codePage),
    body,
    text: readText(body, codePage),
  };
}

/** The text of encoded words of a code page, each read on its own as RFC 2047 wants it. */
export function readWords(value: string, codePage: number): string {
  return value
    .replace(/\?=[ \t\r\n]+=\?/g, '?==?')
    .replace(/=\?([\w-]+)\?B\?([\w+/=]*)\?=/g, (_, label: string, data: string) =>
      readText(Buffer.from(data, 'base64'), label === 'euc-kr' ? 51949 : codePage),
    );
}

export function readText(bytes: Uint8Array, codePage: number): string {
  const text = latin1(bytes);
  switch (codePage) {
    case 50222:
      return decoded(withEscapes(text), 'iso-2022-jp');
    case 50225:
      if (!text.startsWith('\x1b$)C')) throw new Error('The text does not start with ESC $ ) C.');
      return decoded(between(text.slice(4), '\x0e', '\x0f', inEightBits), 'euc-kr');
    case 52936:
      return decoded(
        text.replace(/~\{((?:[!-w][!-~])*)~\}|~~/g, (_, double?: string) => (double ? inEightBits(double) : '~')),
        'gbk',
      );
    default:
      return decoded(text, decoderOf(codePage));
  }
}

/** Node does not know half-width katakana between SO and SI, but knows them after an escape sequence. */
function withEscapes(text: string): string {
  return between(text, '\x0e', '\x0f', (katakana) => `\x1b(I${katakana}\x1b(B`)
    .replaceAll('\x1b(B\x1b(I', '\x1b(I')
    .replaceAll('\x1b(B\x1b$B', '\x1b$B');
}

/** The text with what stands between two shifts turned, and the shifts gone. */
function between(text: string, into: string, outOf: string, turned: (part: string) => string): string {
  const [plain = '', ...parts] = text.split(into);
  return [
    plain,
    ...parts.map((part) => {
      const [shifted = '', after, ...more] = part.split(outOf);
      if (after === undefined || more.length > 0) throw new Error('Shifts do not come in pairs.');
      return turned(shifted) + after;
    }),
  ].join('');
}

function inEightBits(sevenBits: string): string {
  return Array.from(sevenBits, (character) => String.fromCharCode(character.charCodeAt(0) | 0x80)).join('');
}

function decoded(bytes: string, label: string): string {
  // Node 20 reads windows-1252 wrongly (the bytes 80 to 9f) unless it streams.
  return new TextDecoder(label, { fatal: true }).decode(Buffer.from(bytes, 'latin1'), { stream: true });
}

function decodedBody(body: string, transferEncoding: string): Uint8Array {
  if (transferEncoding === '7bit') return Buffer.from(body, 'latin1');
  if (transferEncoding === 'base64') return Buffer.from(body, 'base64');
  if (transferEncoding !== 'quoted-printable') throw new Error(`Not a transfer encoding: ${transferEncoding}`);
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

const decoders: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  20127: 'utf-8',
  20866: 'koi8-r',
  21866: 'koi8-u',
  28599: 'windows-1254',
  28603: 'iso-8859-13',
  28605: 'iso-8859-15',
  38598: 'iso-8859-8-i',
  50220: 'iso-2022-jp',
  50221: 'iso-2022-jp',
  51932: 'euc-jp',
  51936: 'gbk',
  51949: 'euc-kr',
  54936: 'gb18030',
  65001: 'utf-8',
};

function decoderOf(codePage: number): string {
  if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`;
  const known = decoders[codePage];
  if (known !== undefined) return known;
  if (codePage >= 28591 && codePage <= 28598) return `iso-8859-${codePage - 28590}`;
  throw new Error(`No decoder is known for code page ${codePage}.`);
}
