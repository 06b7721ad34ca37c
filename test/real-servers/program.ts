import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { debian, libraries } from './debian.mjs';

export type Environment = Readonly<Record<string, string>>;

/** A program of a server, running. */
export interface Program {
  /** What it wrote to its log and printed. */
  log(): string;
  /** Ends it and all it started, and removes its folder. */
  stop(): Promise<void>;
}

export interface Start {
  readonly name: string;
  /** Its folder, which goes when it ends. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly env?: Environment;
  /** Where it writes its log. */
  readonly logFile?: string;
  /** Whether it serves; asked again and again. */
  readonly isReady: (log: string) => boolean | Promise<boolean>;
}

/** Path of a file of the unpacked packages, or an error that says how to get it. */
export function unpacked(name: string): string {
  const file = path.join(debian, name);
  if (existsSync(file)) return file;
  throw new Error(
    `${file} is not there. The real mail servers are unpacked from Debian's packages by: npm test -- servers`,
  );
}

/** A new folder, with folders inside it. Its name is short: the path of a socket may have 107 bytes. */
export function serverFolder(name: string, ...inside: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), `farm-email-${name}-`));
  for (const each of inside) mkdirSync(path.join(folder, each), { recursive: true });
  return folder;
}

const longAgo = new Date(2020, 0, 1);

/** Writes lines to a file, as if a while ago: Postfix waits where a file is new. Gives its path. */
export function write(folder: string, name: string, lines: readonly string[], mode = 0o644): string {
  const file = path.join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode });
  utimesSync(file, longAgo, longAgo);
  return file;
}

/** What the programs of the packages need in order to find each other and their libraries. */
export function packageEnvironment(folder: string): Environment & { readonly LD_LIBRARY_PATH: string } {
  const triple = path.basename(libraries());
  const inPackages = (...names: readonly string[]) => names.map((name) => path.join(debian, name));
  return {
    PATH: [...inPackages('usr/sbin', 'usr/bin'), '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(':'),
    LD_LIBRARY_PATH: [
      ...inPackages(`usr/lib/${triple}`, `usr/lib/${triple}/samba`, `lib/${triple}`),
      ...inPackages('usr/lib/postfix', 'usr/lib/dovecot', 'usr/lib/dovecot/modules/old-stats', 'usr/lib'),
    ].join(':'),
    HOME: folder,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
  };
}

/**
 * Starts a program and waits until it serves.
 *
 * @throws with its log where it does not within 20 s
 */
export async function startProgram(program: string, wish: Start): Promise<Program> {
  const { folder, logFile } = wish;
  const keeper = path.join(import.meta.dirname, 'keeper.mjs');
  const env = Object.entries({ ...packageEnvironment(folder), ...wish.env }).map(([name, value]) => `${name}=${value}`);
  const child = spawn(process.execPath, [keeper, folder, 'env', '-i', ...env, program, ...wish.args], {
    cwd: folder,
    stdio: 'pipe',
    // Ctrl+C in a terminal is for the tests, and the keeper ends when they do.
    detached: true,
  });
  let written = '';
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  let isRunning = true;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      isRunning = false;
      resolve();
    });
  });
  function log(): string {
    if (logFile !== undefined && existsSync(logFile)) written = readFileSync(logFile, 'utf8');
    return written + printed;
  }
  async function stop(): Promise<void> {
    log();
    child.stdin.destroy();
    await ended;
  }
  const deadline = performance.now() + 20_000;
  while (isRunning && performance.now() < deadline) {
    if (await wish.isReady(log())) return { log, stop };
    await wait(10);
  }
  await stop();
  throw new Error(`${wish.name} did not start.\n${log()}`);
}

/** Runs a program of the packages to its end. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { folder, env, input }: { readonly folder: string; readonly env?: Environment; readonly input?: string },
): Promise<void> {
  const running = promisify(execFile)(program, [...args], {
    cwd: folder,
    env: { ...packageEnvironment(folder), ...env },
  });
  running.child.stdin?.end(input ?? '');
  await running;
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
