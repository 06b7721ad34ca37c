import type { Output } from './command.ts';

/** Shows the steps of a session as they happen. */
export interface StepLines {
  /** A step begins; the one before it is over. */
  begin(step: string): void;
  /** The last step is over; a blank line stands before what follows. */
  end(): void;
}

/** Writes a line a step: `resolve … 3 ms`. `now` is in milliseconds. */
export function stepLines(output: Output, colour: boolean, now: () => number): StepLines {
  let began: number | undefined;
  const finish = (): void => {
    if (began === undefined) return;
    const taken = `${Math.round(now() - began)} ms`;
    output.write(`${colour ? `\u001b[2m${taken}\u001b[0m` : taken}\n`);
    began = undefined;
  };
  return {
    begin(step) {
      finish();
      output.write(`${step} … `);
      began = now();
    },
    end() {
      finish();
      output.write('\n');
    },
  };
}
