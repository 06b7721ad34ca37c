import type { Readable } from 'node:stream';

/** What a command may use of the process it runs in. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
  once(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** 0 nothing at or above `--fail-on`; 1 findings; 2 wrong use or configuration; 3 our own failure. */
export type ExitStatus = 0 | 1 | 2 | 3;

export interface Command {
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints below the usage. */
  readonly help: string;
  run(args: readonly string[], terminal: Terminal): Promise<ExitStatus>;
}

/** Wrong use: ends the command with status 2 and this message. */
export class UsageError extends Error {}
