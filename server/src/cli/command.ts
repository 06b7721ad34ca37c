import type { Readable } from 'node:stream';

/** What a command may use of the process it runs in. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
  once(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/**
 * 0 nothing at or above `--fail-on`, or accepted; 1 findings, or not accepted; 2 wrong use or configuration, or nothing was
 * tried; 3 our own failure.
 */
export type ExitStatus = 0 | 1 | 2 | 3;

export interface Command {
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints below the usage. */
  readonly help: string;
  run(args: readonly string[], terminal: Terminal): Promise<ExitStatus>;
}

/** Wrong use: ends the command with status 2, this message and the usage. */
export class UsageError extends Error {}

/** Rightly used, and still not done: ends the command with status 2 and this message. */
export class RefusalError extends Error {}

/** https://no-color.org: any text in NO_COLOR turns colours off; FORCE_COLOR turns them on where output is no terminal. */
export function usesColour({ env: { NO_COLOR, FORCE_COLOR } }: Pick<Terminal, 'env'>, output: Output): boolean {
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== '0' : output.isTTY === true;
}
