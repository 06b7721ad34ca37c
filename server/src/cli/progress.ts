import { performance } from 'node:perf_hooks';
import type { Terminal } from './command.ts';

/** How far a long run is, in one line of a terminal; nowhere else. */
export interface Progress {
  /** One more file is begun. */
  next(): void;
  /** A line that stays, above the progress. */
  say(line: string): void;
  /** Takes the line away. */
  end(): void;
}

/** Milliseconds before the first line, and between two. */
const patience = 300;
const interval = 100;

export function progressOf(total: number, { stderr, env }: Terminal): Progress {
  const isShown = stderr.isTTY === true && env.TERM !== 'dumb' && !env.CI;
  let begun = 0;
  let isThere = false;
  let due = performance.now() + patience;
  const clear = (): void => {
    if (isThere) stderr.write('\r\u001b[K');
    isThere = false;
  };
  return {
    next() {
      begun++;
      const now = performance.now();
      if (!isShown || now < due) return;
      due = now + interval;
      stderr.write(`\r\u001b[KChecking ${begun} of ${total} …`);
      isThere = true;
    },
    say(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    end: clear,
  };
}
