/** Bounds on what a server may send before the session stops; bytes unless said otherwise. */
export const replyLimits = {
  line: 1_000,
  /** A line that carries a login's challenge (RFC 4954, section 4). */
  challengeLine: 12_288,
  reply: 65_536,
  /** Lines of one reply. */
  lines: 200,
  session: 1_048_576,
};

/** A complete, well-formed reply as it came: hostile text, never to be shown as it is. */
export interface RawReply {
  readonly code: number;
  /** Text of each line behind the code and its separator. */
  readonly lines: readonly string[];
}

export type ReplyFault = 'syntax' | 'mixedCodes' | 'bareLineFeed' | 'bareCarriageReturn' | 'tooLong' | 'tooMuch';

export type ReplyEvent =
  | { readonly kind: 'reply'; readonly reply: RawReply }
  /** `line` is empty where it was too long. Nothing more is read after a fault. */
  | { readonly kind: 'fault'; readonly fault: ReplyFault; readonly line: string };

export interface ReplyReader {
  push(bytes: Uint8Array): void;
  /** The next complete reply, or what is wrong with it; undefined until more bytes arrive. */
  next(): ReplyEvent | undefined;
  /** True where bytes are left that belong to no reply taken with `next`. */
  hasUnread(): boolean;
  /** What came of a line that has not ended, at most 64 bytes. */
  unfinished(): Uint8Array;
}

const carriageReturn = 13;
const lineFeed = 10;
const replyLine = /^([2-5][0-5][0-9])(?:([ -])(.*))?$/s;

/** Reads SMTP replies strictly (RFC 5321, 4.2): CR LF only, one code, and no more than `replyLimits` allow. */
export function replyReader(): ReplyReader {
  const limits = replyLimits;
  const events: ReplyEvent[] = [];
  let line: number[] = [];
  let afterReturn = false;
  let reply: { code: number; lines: string[]; size: number } | undefined;
  let total = 0;
  let broken = false;

  const fail = (fault: ReplyFault) => {
    broken = true;
    events.push({ kind: 'fault', fault, line: fault === 'tooLong' || fault === 'tooMuch' ? '' : decode(line) });
  };

  const endLine = () => {
    const text = decode(line);
    const [, digits, separator, rest] = replyLine.exec(text) ?? [];
    if (digits === undefined) return fail('syntax');
    const code = Number(digits);
    if (reply && reply.code !== code) return fail('mixedCodes');
    reply ??= { code, lines: [], size: 0 };
    reply.lines.push(rest ?? '');
    reply.size += line.length;
    if (reply.lines.length > limits.lines || reply.size > limits.reply) return fail('tooMuch');
    line = [];
    if (separator === '-') return;
    events.push({ kind: 'reply', reply: { code, lines: reply.lines } });
    reply = undefined;
  };

  const pushByte = (byte: number) => {
    if (afterReturn && byte !== lineFeed) return fail('bareCarriageReturn');
    if (byte === lineFeed) {
      if (!afterReturn) return fail('bareLineFeed');
      afterReturn = false;
      return endLine();
    }
    if (byte === carriageReturn) {
      afterReturn = true;
      return;
    }
    line.push(byte);
    if (line.length > limits.line && (line.length > limits.challengeLine || !isChallenge(line))) fail('tooLong');
  };

  return {
    push(bytes) {
      total += bytes.length;
      for (const byte of bytes) {
        if (broken) return;
        pushByte(byte);
      }
      if (!broken && total > limits.session) fail('tooMuch');
    },
    next: () => events.shift(),
    hasUnread: () => events.length > 0 || line.length > 0 || afterReturn || reply !== undefined,
    unfinished: () => Uint8Array.from(line.slice(0, 64)),
  };
}

/** The enhanced status code a reply's text begins with (RFC 3463), if it fits the reply's code. */
export function enhancedCodeOf(reply: RawReply): string | undefined {
  const [, enhanced, kind] = /^(([245])\.\d{1,3}\.\d{1,3})(?:\s|$)/.exec(reply.lines[0] ?? '') ?? [];
  return kind === String(reply.code)[0] ? enhanced : undefined;
}

function isChallenge(line: readonly number[]): boolean {
  return line[0] === 0x33 && line[1] === 0x33 && line[2] === 0x34;
}

/** UTF-8 where it is that, else one character a byte. */
function decode(bytes: readonly number[]): string {
  const array = Uint8Array.from(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(array);
  } catch {
    return Array.from(array, (byte) => String.fromCharCode(byte)).join('');
  }
}
