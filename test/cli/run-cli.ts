import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { root } from '../house/sources.ts';

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  /** What file descriptor 3 holds. */
  readonly third?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs `node dist/cli.js` to its end. */
export function runCli(args: readonly string[], options?: CliOptions): Promise<CliResult> {
  return startCli(args, options).result;
}

/** Starts `node dist/cli.js`. */
export function startCli(
  args: readonly string[],
  { cwd = root, stdin = '', third, env = {} }: CliOptions = {},
): { readonly child: ChildProcess; readonly result: Promise<CliResult> } {
  const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe', ...(third === undefined ? [] : ['pipe' as const])],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  // What ends without having read its input is no fault of the test.
  child.stdin?.on('error', () => {});
  child.stdin?.end(stdin);
  const descriptor = child.stdio[3] as Writable | null | undefined;
  descriptor?.on('error', () => {});
  descriptor?.end(third);
  const result = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, result };
}
