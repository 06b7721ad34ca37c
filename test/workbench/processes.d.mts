import type { ChildProcess, SpawnOptions } from 'node:child_process';

export function start(command: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
export function run(
  command: string,
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv; quiet?: boolean },
): Promise<void>;
export function ended(child: ChildProcess): Promise<number | string>;
export function stop(child: ChildProcess, grace?: number): Promise<void>;
