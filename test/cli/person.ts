import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Terminal } from '../../server/src/cli/command.ts';
import { environment } from './mail-farm.ts';

/** A person at a terminal: what is written is kept, and `keys` are typed when a question stands on it. */
export function person(cwd: string, keys: string, env: Terminal['env'] = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const signals = new EventEmitter();
  const written = { stdout: '', stderr: '' };
  const terminal: Terminal = {
    stdin,
    stdout: { isTTY: true, write: (text) => (written.stdout += text) },
    stderr: {
      isTTY: true,
      write: (text) => {
        written.stderr += text;
        if (/^The password of/.test(text)) stdin.write(keys);
      },
    },
    env: environment({ FARM_EMAIL_SMTP_PASSWORD: '', ...env }),
    cwd: () => cwd,
    once: (event, listener) => signals.once(event, listener),
  };
  return { terminal, written, signals };
}
