import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { debian, libraries } from './debian.mjs';

export { debian } from './debian.mjs';

export type Environment = Readonly<Record<string, string>>;

/** A program of a server, which runs in the foreground. */
export interface Program {
  /** What it printed. */
  output(): string;
  /** Ends it and all it started, and removes its folder. */
  stop(): Promise<void>;
}

export interface Start {
  readonly name: string;
  /** Its folder, which goes when it ends. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly env?: Environment;
  /** Whether it serves; asked again and again. */
  readonly isReady: () => Promise<boolean>;
  /** What it wrote elsewhere, for the error where it does not start. */
  readonly log?: () => string;
}

/** Path of a file of the unpacked packages, or an error that says how to get it. */
export function unpacked(...names: readonly string[]): string {
  const file = path.join(debian, ...names);
  if (existsSync(file)) return file;
  throw new Error(
    `${file} is not there. The real mail servers are unpacked from Debian’s packages by: npm test -- servers`,
  );
}

/** An empty folder with a short name: a path of a socket may have 107 bytes. */
export function serverFolder(name: string, ...inside: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), `farm-email-${name}-`));
  for (const each of inside) mkdirSync(path.join(folder, each), { recursive: true });
  return folder;
}

const longAgo = new Date(2020, 0, 1);

/** Writes lines to a file, as if a while ago: Postfix waits where a file is new. Gives its path. */
export function write(folder: string, name: string, lines: readonly string[], mode = 0o600): string {
  const file = path.join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode });
  utimesSync(file, longAgo, longAgo);
  return file;
}

/** Reads a server's log; where it is no longer there, what was read last. */
export function logFile(file: string): () => string {
  let last = '';
  return () => {
    if (existsSync(file)) last = readFileSync(file, 'utf8');
    return last;
  };
}

/** What every program of the packages needs in order to find its libraries. */
export function packageEnvironment(folder: string, more: Environment = {}): Environment {
  const own = [libraries(), path.join(debian, 'lib', path.basename(libraries()))];
  return {
    PATH: [path.join(debian, 'usr/sbin'), path.join(debian, 'usr/bin'), '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(
      ':',
    ),
    HOME: folder,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    ...more,
    LD_LIBRARY_PATH: [
      ...own,
      ...['usr/lib/postfix', 'usr/lib/dovecot', 'usr/lib/dovecot/modules/old-stats', 'usr/lib'].map((each) =>
        path.join(debian, each),
      ),
      path.join(libraries(), 'samba'),
    ].join(':'),
  };
}

/** Starts a program and waits until it serves. */
export async function startProgram(program: string, wish: Start): Promise<Program> {
  const keeper = path.join(import.meta.dirname, 'keeper.mjs');
  const child = spawn(process.execPath, [keeper, wish.folder, program, ...wish.args], {
    cwd: wish.folder,
    env: packageEnvironment(wish.folder, wish.env),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let running = true;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      running = false;
      resolve();
    });
  });
  async function stop(): Promise<void> {
    child.stdin.destroy();
    await ended;
  }
  const deadline = performance.now() + 20_000;
  while (running && performance.now() < deadline) {
    if (await wish.isReady()) return { output: () => output, stop };
    await wait(20);
  }
  const log = wish.log?.() ?? '';
  await stop();
  throw new Error(`${wish.name} did not start.\n${output}${log}`);
}

/** Runs a program of the packages to its end and gives its output. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { folder, env, input }: { readonly folder: string; readonly env?: Environment; readonly input?: string },
): Promise<string> {
  const running = promisify(execFile)(program, [...args], { cwd: folder, env: packageEnvironment(folder, env) });
  running.child.stdin?.end(input ?? '');
  const { stdout } = await running;
  return stdout;
}

/** Whether somebody listens on a port of this computer. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
