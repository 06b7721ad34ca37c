import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { text as textFrom } from 'node:stream/consumers';
import type { Surroundings } from '../analysis.ts';
import type { Format } from '../document/split.ts';
import { readCertificateFiles } from '../node/certificate-files.ts';
import { farmEmailGlob, formatOf } from '../node/files.ts';
import type { FarmEmail } from '../settings/model.ts';
import { type Terminal, UsageError } from './command.ts';

/** A text to check. */
export interface Input {
  /** As it is shown: relative to the working folder where it lies below it. */
  readonly path: string;
  readonly format: Format;
  readonly text: string;
  /** Where it can be written back; undefined for standard input. */
  readonly file: string | undefined;
  /** What it names on disk. */
  readonly surroundings: (settings: FarmEmail) => Promise<Surroundings>;
}

/** The files that arguments name, each once, in a stable order: as given, and sorted below a folder. */
export async function inputs(
  args: readonly string[],
  stdinName: string | undefined,
  terminal: Terminal,
): Promise<readonly Input[]> {
  const found = new Map<string, Input>();
  for (const arg of args.length === 0 ? ['.'] : args) {
    if (arg === '-') {
      const name = stdinName ?? 'farm-email.yaml';
      found.set('-', await input(name, undefined, await textFrom(terminal.stdin), terminal));
      continue;
    }
    for (const file of await filesOf(path.resolve(terminal.cwd(), arg), arg)) {
      if (!found.has(file)) found.set(file, await input(file, file, await readFile(file, 'utf8'), terminal));
    }
  }
  if (found.size === 0) throw new UsageError('no farm-email file is here (farm-email.yaml, *.farm-email.json …)');
  return [...found.values()];
}

async function filesOf(file: string, arg: string): Promise<readonly string[]> {
  const facts = await stat(file).catch(() => undefined);
  if (facts === undefined) throw new UsageError(`there is no file or folder ${arg}`);
  if (!facts.isDirectory()) return [file];
  const { glob } = await import('tinyglobby');
  const names = await glob(farmEmailGlob, { cwd: file, ignore: ['**/node_modules/**', '**/.git/**'], dot: true });
  return names.sort().map((name) => path.join(file, name));
}

async function input(name: string, file: string | undefined, text: string, terminal: Terminal): Promise<Input> {
  const cwd = terminal.cwd();
  const absolute = path.resolve(cwd, name);
  const relative = path.relative(cwd, absolute);
  const format = formatOf(name);
  if (format === undefined) throw new UsageError(`${name} is no .yaml, .yml, .json or .jsonc file`);
  return {
    path: relative.startsWith('..') ? absolute : relative.split(path.sep).join('/'),
    format,
    text,
    file,
    surroundings: async ({ common }) => {
      const folder = path.dirname(absolute);
      const workspace = (await gitRoot(folder)) ?? folder;
      return readCertificateFiles(common.certificates, { folder, workspace, environment: terminal.env });
    },
  };
}

/** The folder of the repository around a folder, where there is one. */
async function gitRoot(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((await stat(path.join(at, '.git')).catch(() => undefined)) !== undefined) return at;
    if (path.dirname(at) === at) return undefined;
  }
}
