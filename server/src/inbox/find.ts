import { connect } from 'node:net';
import { type InboxNote, isOwn, readNote } from './folder.ts';

/** An inbox that runs on this computer, in this program or another one of the same user. */
export interface FoundInbox {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Absolute; the messages are the `.eml` files in `messages/` under it. */
  readonly folder: string;
  /** PEM of the certificate authority that its certificate must come from. */
  readonly authority: string;
}

/** Stands in the greeting, before the id. */
export const greeting = 'Farm Email inbox';

/** Milliseconds. The inbox greets after a tenth of a second. */
const patience = 3000;
const maxGreeting = 512;

/**
 * The inbox that left its note in `folder` and answers. Undefined where there is none; where the note is left over from
 * one that ended; where another program answers on its port; and where others could have written the note.
 */
export async function findInbox(folder: string): Promise<FoundInbox | undefined> {
  if (!(await isOwn(folder))) return undefined;
  const found = await readNote(folder);
  if (found === undefined) return undefined;
  const { host, port } = found.note;
  return (await isGreetedBy(found.note)) ? { host, port, folder, authority: found.authority } : undefined;
}

function isGreetedBy({ host, port, id }: InboxNote): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let heard = '';
    const settle = (isIt: boolean): void => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(isIt);
    };
    const deadline = setTimeout(() => settle(false), patience);
    socket.setEncoding('latin1');
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    socket.on('data', (text: string) => {
      heard += text;
      const [line, rest] = heard.split('\r\n', 2);
      if (rest !== undefined) settle(line?.startsWith('220 ') === true && line.endsWith(`${greeting} ${id}`));
      else if (heard.length > maxGreeting) settle(false);
    });
  });
}
