export interface CodeServer {
  readonly url: string;
  /** Path of what it printed. */
  readonly log: string;
  /** @param grace milliseconds to end by itself */
  stop(grace?: number): Promise<void>;
}

export function installCodeServer(log?: (line: string) => void): Promise<void>;
export function installExtension(data: string, vsix: string): Promise<void>;
export function installExtensionsOnce(data: string, vsixes: readonly string[]): Promise<void>;
export function startCodeServer(options: {
  data: string;
  folder: string;
  port?: number;
  env?: NodeJS.ProcessEnv;
  /** Whether a folder has to be trusted before all of the extension works on it. */
  trust?: boolean;
  readonly locale?: string;
}): Promise<CodeServer>;
export function freePort(wish?: number): Promise<number>;
