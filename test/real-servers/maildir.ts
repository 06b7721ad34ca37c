import { mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';

/** What a server delivered to somebody. */
export interface Mailbox {
  /** The mails as they were written to disk, once that many have arrived. */
  mails(count?: number): Promise<readonly Buffer[]>;
}

/** Makes a maildir for each name below a folder, and gives the one of a name. */
export function makeMaildirs(folder: string, names: readonly string[]): (name: string) => Mailbox {
  const mailboxes = new Map(names.map((name) => [name, makeMaildir(path.join(folder, name))]));
  return (name) => {
    const mailbox = mailboxes.get(name);
    if (mailbox === undefined) throw new Error(`This server has no mailbox ${name}.`);
    return mailbox;
  };
}

function makeMaildir(folder: string): Mailbox {
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(path.join(folder, name), { recursive: true });
  const arrived = path.join(folder, 'new');
  return {
    mails: (count = 1) =>
      new Promise((resolve, reject) => {
        // A server answers before it has delivered.
        const watcher = watch(arrived, look);
        const tooLate = setTimeout(() => {
          watcher.close();
          reject(new Error(`${count} mails did not arrive in ${arrived} within 10 s.`));
        }, 10_000);
        look();
        function look(): void {
          const names = readdirSync(arrived).sort();
          if (names.length < count) return;
          watcher.close();
          clearTimeout(tooLate);
          resolve(names.map((name) => readFileSync(path.join(arrived, name))));
        }
      }),
  };
}
