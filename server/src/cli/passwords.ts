import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { askEnvironment, type EnvironmentAnswer } from '../node/secrets.ts';
import type { SecretReference } from '../settings/model.ts';
import { Secret } from '../settings/secret.ts';
import { visible } from '../text/visible.ts';
import { RefusalError, type Terminal, UsageError } from './command.ts';

/** Longest password, in characters. */
const lengthLimit = 2_000;
/** Bytes that are read for one: UTF-8, and a line end. */
const sizeLimit = 4 * lengthLimit + 2;

/** The ways in which a password may come, besides the reference in the file. */
export interface PasswordWays {
  /** Standard input, or the number of a file descriptor that is open. */
  readonly from: 'stdin' | number | undefined;
  /** Variables that may be read besides those that start with `FARM_EMAIL_`. */
  readonly allowed: readonly string[];
  /** False where standard input holds the file. */
  readonly mayAsk: boolean;
}

/** A password that is wanted: for what, and what the file says of where it is. */
export interface WantedPassword {
  /** As `the password of svc-mail at smtp.contoso.com:587`. */
  readonly name: string;
  readonly reference: SecretReference | undefined;
  /** Options that hand it over; undefined where there are none. */
  readonly options: string | undefined;
  /** A variable it may be in. */
  readonly variable: string;
}

const onCommandLine = /^--pass(?:word|wd|phrase)?(?:=|$)/;

/** Throws where somebody hands over a password as an argument. */
export function refusePasswordArgument(args: readonly string[]): void {
  if (!args.some((arg) => onCommandLine.test(arg))) return;
  throw new UsageError(
    'a password is not taken from the command line, where every user of this computer can read it and the shell writes ' +
      'it down. Use --password-stdin, --password-fd N, or a variable such as FARM_EMAIL_SMTP_PASSWORD that the file names',
  );
}

/** What `--password-stdin` and `--password-fd N` say. */
export function passwordSource(isStdin: boolean, descriptor: string | undefined, file: string): PasswordWays['from'] {
  if (isStdin && descriptor !== undefined)
    throw new UsageError('--password-stdin and --password-fd exclude each other');
  if (isStdin && file === '-') throw new UsageError('standard input cannot be both the file (-) and the password');
  if (descriptor === undefined) return isStdin ? 'stdin' : undefined;
  // What stands there may be a password by mistake, so it is not repeated.
  if (!/^\d{1,9}$/.test(descriptor) || Number(descriptor) < 3) {
    throw new UsageError('--password-fd must be the number of an open file descriptor, 3 or above');
  }
  return Number(descriptor);
}

/** The names of `--allow-env`. */
export function allowedVariables(names: readonly string[]): readonly string[] {
  const wrong = names.find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (wrong !== undefined) throw new UsageError('--allow-env must be the name of an environment variable');
  return names;
}

/** Where a password would come from, as a plan shows it. Reads nothing but whether a variable is set. */
export function describeSource(reference: SecretReference | undefined, ways: PasswordWays, terminal: Terminal): string {
  if (ways.from !== undefined) return ways.from === 'stdin' ? 'from standard input' : `from descriptor ${ways.from}`;
  const answer = askEnvironment(reference, terminal.env, ways.allowed);
  if (answer.kind === 'secret') return `from ${written(reference)}`;
  if (canAsk(ways, terminal)) return 'asked for on this terminal';
  if (answer.kind === 'notSet') return `from ${written(reference)}, which is not set`;
  return answer.kind === 'notAllowed' ? `from ${written(reference)}, which may not be read` : 'missing';
}

/** The password that was handed over, else that of the environment, else what is typed; throws a refusal where there is none. */
export async function smtpPassword(wanted: WantedPassword, ways: PasswordWays, terminal: Terminal): Promise<Secret> {
  if (ways.from === 'stdin') return readPassword(terminal.stdin, 'standard input');
  if (ways.from !== undefined) {
    return readPassword(createReadStream('', { fd: ways.from }), `file descriptor ${ways.from}`);
  }
  return referredPassword(wanted, ways, terminal);
}

/** As `smtpPassword`, of a secret that only its own reference and the terminal can give. */
export async function referredPassword(
  wanted: WantedPassword,
  ways: PasswordWays,
  terminal: Terminal,
): Promise<Secret> {
  const { name, reference } = wanted;
  const answer = askEnvironment(reference, terminal.env, ways.allowed);
  if (answer.kind === 'secret') return answer.secret;
  if (canAsk(ways, terminal)) return askHidden(`${name.charAt(0).toUpperCase()}${name.slice(1)}: `, terminal);
  throw new RefusalError(`${name} is missing: ${lackOf(answer, wanted)}.`);
}

function lackOf(answer: EnvironmentAnswer, { reference, options, variable }: WantedPassword): string {
  const named = `the file names ${written(reference)}`;
  const or = options === undefined ? '' : `, or use ${options}`;
  if (answer.kind === 'notSet') return `${named}, and that variable is not set. Set it${or}`;
  if (answer.kind === 'notAllowed') {
    const allow = `If this one holds it, add --allow-env ${answer.name}`;
    return `${named}, and only variables that start with FARM_EMAIL_ are read. ${allow}${or}`;
  }
  const use = options === undefined ? 'Name' : `Use ${options}, or name`;
  return `${named}, and there is no terminal to ask on. ${use} a variable such as \${env:${variable}}`;
}

function written(reference: SecretReference | undefined): string {
  if (reference?.kind === 'environment') return `\${env:${reference.name}}`;
  if (reference?.kind === 'ask') return `\${secret:${visible(reference.label)}}`;
  return reference?.kind === 'foreign' ? visible(reference.text) : 'nothing';
}

function canAsk({ mayAsk }: PasswordWays, { stdin }: Terminal): boolean {
  return mayAsk && stdin.isTTY === true;
}

/** One line, without its line end. */
async function readPassword(stream: AsyncIterable<Uint8Array>, source: string): Promise<Secret> {
  const bytes = await readAll(stream, source);
  let line: string;
  try {
    line = decode(bytes, source).replace(/\r?\n$/, '');
  } finally {
    bytes.fill(0);
  }
  if (line === '') throw new RefusalError(`${source} holds no password.`);
  if (/[\r\n]/.test(line)) throw new RefusalError(`${source} holds more than one line; a password is one line.`);
  if (line.length > lengthLimit) throw tooLong(source);
  return new Secret(line);
}

async function readAll(stream: AsyncIterable<Uint8Array>, source: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      chunks.push(chunk);
      if (size > sizeLimit) throw tooLong(source);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof RefusalError) throw error;
    throw new RefusalError(`${source} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  } finally {
    for (const chunk of chunks) chunk.fill(0);
  }
}

function tooLong(source: string): RefusalError {
  return new RefusalError(`${source} holds more than ${lengthLimit} characters; no password is that long.`);
}

function decode(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RefusalError(`${source} is not UTF-8.`);
  }
}

/** Asks on the terminal; what is typed is not shown. */
async function askHidden(question: string, { stdin, stderr }: Terminal): Promise<Secret> {
  const { createInterface } = await import('node:readline');
  const output = new Writable({ write: (_echo, _encoding, written) => written() });
  const typing = createInterface({ input: stdin, output, terminal: true, historySize: 0 });
  const typed = new Promise<string | undefined>((settle) => {
    typing.once('line', settle);
    // Ctrl+C and Ctrl+D.
    typing.once('close', () => settle(undefined));
  });
  stderr.write(visible(question));
  try {
    const line = await typed;
    if (!line) throw new RefusalError('no password was entered.');
    return new Secret(line);
  } finally {
    typing.close();
    stderr.write('\n');
  }
}
