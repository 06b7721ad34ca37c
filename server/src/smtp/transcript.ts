import { type Redactor, redacted } from './redact.ts';
import type { RawReply } from './reply.ts';

/** One line of the conversation, safe to show from the moment it is made. */
export interface Entry {
  /** Milliseconds since the session began. */
  readonly at: number;
  /** `note` is what neither side said, such as the start of TLS. */
  readonly from: 'client' | 'server' | 'note';
  readonly text: string;
}

/** Characters of one line of a server that are shown. */
const shownLine = 1_000;

/** The conversation as it is written down. What is secret never enters it. */
export interface Transcript {
  readonly entries: readonly Entry[];
  /** A command that holds no secret. */
  command(text: string): void;
  /** A line of a login: `visiblePart` is what comes before the payload, for example `AUTH LOGIN`. */
  login(visiblePart: string): void;
  /** An answer in a login that says nothing. */
  emptyLogin(): void;
  message(bytes: number): void;
  reply(reply: RawReply): void;
  /** A line of the server that is no reply. */
  serverLine(text: string): void;
  note(text: string): void;
}

/** @param elapsed milliseconds since the session began */
export function transcript(elapsed: () => number, redact: Redactor): Transcript {
  const entries: Entry[] = [];
  const add = (from: Entry['from'], text: string) => entries.push({ at: elapsed(), from, text });
  return {
    entries,
    command: (text) => add('client', redact(text)),
    login: (visiblePart) => add('client', `${visiblePart} ${redacted}`.trim()),
    emptyLogin: () => add('client', '(empty answer)'),
    message: (bytes) => add('client', `(the message: ${count(bytes)})`),
    reply: ({ code, lines }) => {
      const last = lines.length - 1;
      lines.forEach((line, i) => {
        const text = code === 334 ? `(challenge: ${count(line.length)})` : shorten(redact(line));
        add('server', `${code}${i === last ? ' ' : '-'}${text}`.trimEnd());
      });
    },
    serverLine: (text) => add('server', shorten(redact(text))),
    note: (text) => add('note', redact(text)),
  };
}

function shorten(text: string): string {
  return text.length <= shownLine ? text : `${text.slice(0, shownLine)} … (${text.length} characters)`;
}

function count(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en')} bytes`;
}
