import type { Readable } from 'node:stream';
import { visible } from '../text/visible.ts';

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

/** Where the words come from that complete a value: a list, or something that is looked up. */
export type Words =
  | readonly string[]
  | 'files'
  | 'file'
  | 'rules'
  | 'revisions'
  | 'web-applications'
  | 'environment-variables';

/** An option as `parseArgs` of Node takes it, and how its value is completed. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly default?: string | boolean | string[];
  readonly words?: Words;
}

export type CommandOptions = Readonly<Record<string, CommandOption>>;

export interface Command {
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints below the usage. */
  readonly help: string;
  /** By their names without dashes. */
  readonly options: CommandOptions;
  /** How the arguments that are no options are completed; undefined where it takes none. */
  readonly operands: Words | undefined;
  run(args: readonly string[], terminal: Terminal): Promise<ExitStatus>;
}

/** Wrong use: ends the command with status 2, this message and the usage. */
export class UsageError extends Error {}

/** Rightly used, and still not done: ends the command with status 2 and this message. */
export class RefusalError extends Error {}

/** Runs a command; wrong use and refusals are told on standard error. What else is thrown is a mistake of ours. */
export async function execute(
  name: string,
  command: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof RefusalError) {
      terminal.stderr.write(`farm-email ${name}: ${visible(error.message)}\n`);
      return 2;
    }
    if (!(error instanceof UsageError) && !isParseError(error)) throw error;
    terminal.stderr.write(`farm-email ${name}: ${visible(error.message)}\nusage: ${command.usage}\n`);
    return 2;
  }
}

/** What `parseArgs` of Node throws for an option that does not exist or lacks its value. */
function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** https://no-color.org: any text in NO_COLOR turns colours off; FORCE_COLOR turns them on where output is no terminal. */
export function usesColour({ env: { NO_COLOR, FORCE_COLOR } }: Pick<Terminal, 'env'>, output: Output): boolean {
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== '0' : output.isTTY === true;
}
