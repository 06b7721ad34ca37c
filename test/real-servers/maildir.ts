import { mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';

/** What a server delivered, file by file, as it was written. */
export interface Maildir {
  readonly folder: string;
  /** The mails that have arrived, once there are that many of them. */
  mails(count?: number): Promise<readonly Buffer[]>;
}

export function makeMaildir(folder: string): Maildir {
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(path.join(folder, name), { recursive: true });
  const arrived = path.join(folder, 'new');
  const read = () =>
    readdirSync(arrived)
      .sort()
      .map((name) => readFileSync(path.join(arrived, name)));
  return {
    folder,
    mails: (count = 1) =>
      new Promise((resolve, reject) => {
        const watcher = watch(arrived, look);
        const tooLate = setTimeout(() => {
          watcher.close();
          reject(new Error(`${count} mails did not arrive in ${arrived} within 10 s.`));
        }, 10_000);
        look();
        function look(): void {
          const mails = read();
          if (mails.length < count) return;
          watcher.close();
          clearTimeout(tooLate);
          resolve(mails);
        }
      }),
  };
}
