import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { SMTPServerSession } from 'smtp-server';
import { keepLast, messagesFolder, writeWhole } from './folder.ts';
import { trace } from './trace.ts';

/** One message as it was received. */
export interface InboxMessage {
  /** The `.eml` file, absolute. */
  readonly file: string;
  readonly received: Date;
  /** Envelope addresses; the sender is empty for a bounce. */
  readonly from: string;
  readonly to: readonly string[];
  /** Of the message itself, without the trace lines at its head. */
  readonly bytes: number;
  readonly overTls: boolean;
  readonly loggedIn: boolean;
}

export const limits = {
  messageBytes: 5 * 1024 * 1024,
  recipients: 100,
  /** Kept in the folder and in `messages()`; the oldest go first. */
  messages: 100,
};

export interface Store {
  readonly messages: InboxMessage[];
  readonly listeners: Set<(message: InboxMessage) => void>;
  keep(content: Buffer, session: SMTPServerSession): Promise<void>;
}

export function openStore(folder: string, clock: { date(): Date }): Store {
  const messages: InboxMessage[] = [];
  const listeners = new Set<(message: InboxMessage) => void>();
  let count = 0;
  return {
    messages,
    listeners,
    async keep(content, session) {
      const received = clock.date();
      count += 1;
      // Windows allows no colon in a name.
      const name = `${received.toISOString().replaceAll(':', '-')}-${String(count).padStart(4, '0')}.eml`;
      const file = join(messagesFolder(folder), name);
      await writeWhole(file, Buffer.concat([Buffer.from(trace(session, received)), content]));
      await keepLast(messagesFolder(folder), limits.messages);
      const { mailFrom, rcptTo } = session.envelope;
      const message: InboxMessage = {
        file,
        received,
        from: mailFrom === false ? '' : mailFrom.address,
        to: rcptTo.map((recipient) => recipient.address),
        bytes: content.length,
        overTls: session.secure,
        loggedIn: Boolean(session.user),
      };
      messages.push(message);
      messages.splice(0, messages.length - limits.messages);
      for (const listener of listeners) listener(message);
    },
  };
}

/** Reads the whole message. One that is too big is read to its end and dropped; smtp-server answers 552. */
export async function receive(stream: Readable, session: SMTPServerSession, store: Store): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes <= limits.messageBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (bytes <= limits.messageBytes) await store.keep(Buffer.concat(chunks), session);
}
