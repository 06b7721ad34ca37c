import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Analysis, analyse, analyseAgain, analyseOtherEncoding, noSurroundings } from '../analysis.ts';
import { limits } from '../document/limits.ts';
import type { Format } from '../document/split.ts';
import type { Configuration } from '../lint/configuration.ts';
import { farmEmailGlob, formatOf } from '../lint/file-names.ts';
import { type CertificatePlace, readCertificateFiles } from '../node/certificate-files.ts';
import { isInside, readRegularFile } from '../node/files.ts';
import { today } from '../node/today.ts';
import { type Terminal, UsageError } from './command.ts';

/** A text to check. */
export interface Input {
  /** As it is shown: relative to the working folder where it lies below it. */
  readonly path: string;
  readonly format: Format;
  /** Its text; undefined where the bytes are no UTF-8. Throws where it cannot be read. */
  readonly read: () => Promise<string | undefined>;
  /** Where it can be written back; undefined for standard input. */
  readonly file: string | undefined;
  /** Where it lies, or where standard input is taken to lie. */
  readonly absolute: string;
  /** The folder of the git repository it lies in; undefined where it lies in none. */
  readonly repository: () => Promise<string | undefined>;
  /** The folder up to which a configuration is looked for: the repository, else the working folder or its own. */
  readonly boundary: () => Promise<string>;
  /** Where the files it names are looked for. */
  readonly place: () => Promise<CertificatePlace>;
}

/** Largest file that is read, in bytes: beyond it no text is within the limits. */
const sizeLimit = 4 * limits.length;

/**
 * The files that arguments name, each once, in a stable order: as given, and sorted below a folder. They are read one by
 * one, when their turn comes.
 */
export async function inputs(
  args: readonly string[],
  stdinName: string | undefined,
  terminal: Terminal,
): Promise<readonly Input[]> {
  const found = new Map<string, Input>();
  const roots = new Map<string, Promise<string | undefined>>();
  const rootOf = (folder: string): Promise<string | undefined> => {
    const root = roots.get(folder) ?? gitRoot(folder);
    roots.set(folder, root);
    return root;
  };
  for (const arg of args.length === 0 ? ['.'] : args) {
    if (arg === '-') {
      found.set('-', inputOf(stdinName ?? 'farm-email.yaml', undefined, terminal, rootOf));
      continue;
    }
    for (const file of await filesOf(path.resolve(terminal.cwd(), arg), arg)) {
      if (!found.has(file)) found.set(file, inputOf(file, file, terminal, rootOf));
    }
  }
  if (found.size === 0) throw new UsageError('no farm-email file is here (farm-email.yaml, *.farm-email.json …)');
  return [...found.values()];
}

/** Files that are read before their turn: so nothing waits for the disk, and memory does not grow with their number. */
const ahead = 16;

/** The inputs in their order, each with its text. */
export async function* withTexts(
  all: readonly Input[],
): AsyncIterable<{ readonly input: Input; readonly text: string | undefined }> {
  const begun: Promise<string | undefined>[] = [];
  for (const [i, input] of all.entries()) {
    for (const next of all.slice(i + begun.length, i + ahead)) {
      const reading = next.read();
      // It counts when its turn comes.
      reading.catch(() => {});
      begun.push(reading);
    }
    yield { input, text: await begun.shift() };
  }
}

/** Everything that is found in the text of an input, with what it names on disk. */
export async function analysisOf(
  input: Input,
  text: string | undefined,
  configuration: Configuration,
): Promise<Analysis> {
  const { format } = input;
  if (text === undefined) return analyseOtherEncoding(format);
  const surroundings = { ...noSurroundings, today: today(), configuration };
  const first = analyse(format, text, surroundings);
  const certificate = await readCertificateFiles(first.settings.common.certificates, await input.place());
  return certificate === surroundings.certificate ? first : analyseAgain(first, { ...surroundings, certificate });
}

async function filesOf(file: string, arg: string): Promise<readonly string[]> {
  const facts = await stat(file).catch(() => undefined);
  if (facts === undefined) throw new UsageError(`there is no file or folder ${arg}`);
  if (!facts.isDirectory()) return [file];
  const { glob } = await import('tinyglobby');
  const ignore = ['**/node_modules/**', '**/.git/**'];
  const names = await glob(farmEmailGlob, { cwd: file, ignore, dot: true, followSymbolicLinks: false });
  return names.sort().map((name) => path.join(file, name));
}

/** The folders among the arguments, absolute: what lies in them is checked as a whole. */
export async function foldersOf(args: readonly string[], { cwd }: Terminal): Promise<readonly string[]> {
  const all = (args.length === 0 ? ['.'] : args).map((arg) => path.resolve(cwd(), arg));
  const isFolder = await Promise.all(all.map(async (each) => (await stat(each).catch(() => undefined))?.isDirectory()));
  return all.filter((_, i) => isFolder[i]);
}

async function read(file: string): Promise<Uint8Array> {
  const bytes = await realpath(file)
    .then((real) => readRegularFile(real, sizeLimit))
    .catch((error): string => `it could not be opened (${error.code})`);
  if (typeof bytes === 'string') throw new UsageError(`${file} is not read: ${bytes}`);
  return bytes;
}

async function readStandardInput({ stdin }: Terminal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.length;
    if (size > sizeLimit) throw new UsageError(`standard input is larger than ${sizeLimit / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Undefined where the bytes are no UTF-8; with a NUL the reader of documents says more. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: !bytes.includes(0), ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** As a path is shown: relative to the working folder where it lies below it. */
export function shownPath(absolute: string, cwd: string): string {
  return isInside(cwd, absolute) ? path.relative(cwd, absolute).split(path.sep).join('/') : absolute;
}

function inputOf(
  name: string,
  file: string | undefined,
  terminal: Terminal,
  rootOf: (folder: string) => Promise<string | undefined>,
): Input {
  const cwd = terminal.cwd();
  const absolute = path.resolve(cwd, name);
  const folder = path.dirname(absolute);
  const format = formatOf(name);
  if (format === undefined) throw new UsageError(`${name} is no .yaml, .yml, .json or .jsonc file`);
  return {
    path: shownPath(absolute, cwd),
    format,
    read: async () => textOf(await (file === undefined ? readStandardInput(terminal) : read(file))),
    file,
    absolute,
    repository: () => rootOf(folder),
    boundary: async () => (await rootOf(folder)) ?? (isInside(cwd, folder) ? cwd : folder),
    place: async () => ({ folder, workspace: (await rootOf(folder)) ?? folder, environment: terminal.env }),
  };
}

/** The folder of the repository around a folder, where there is one. */
async function gitRoot(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((await stat(path.join(at, '.git')).catch(() => undefined)) !== undefined) return at;
    if (path.dirname(at) === at) return undefined;
  }
}
