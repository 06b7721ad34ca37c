import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Configuration, configurationFor, noConfiguration } from '../lint/configuration.ts';
import {
  besideOthers,
  type ConfigurationFile,
  readConfiguration,
  unreadConfiguration,
} from '../lint/configuration-file.ts';
import { configurationNames, formatOf } from '../lint/file-names.ts';
import { isInside, readRegularFile } from './files.ts';
import { linkRefusal, outside } from './links.ts';

/** Largest configuration that is read, in bytes. */
const sizeLimit = 1024 * 1024;

/** A configuration that was found. */
export interface FoundConfiguration {
  /** Absolute. */
  readonly file: string;
  readonly read: ConfigurationFile;
}

/** Finds the configurations of files, each folder once until `forget` is called. */
export interface Configurations {
  /** The configuration of the nearest folder upwards, up to `workspace`; it is looked for nowhere else. */
  of(file: string, workspace: string): Promise<FoundConfiguration | undefined>;
  /** All that were found so far. */
  found(): Promise<readonly FoundConfiguration[]>;
  /** Looks anew from now on. What is read of the same text stays the same object. */
  forget(): void;
}

/** Reads a text as a configuration, the same one once. */
type ReadText = (file: string, text: string) => ConfigurationFile;

/** @param opened The text of a file that is open in an editor: it counts instead of what is on disk. */
export function configurations(opened: (file: string) => string | undefined = () => undefined): Configurations {
  const folders = new Map<string, Promise<FoundConfiguration | undefined>>();
  const texts = new Map<string, { readonly text: string; readonly read: ConfigurationFile }>();

  const readText: ReadText = (file, text) => {
    const known = texts.get(file);
    if (known?.text === text) return known.read;
    const read = readConfiguration(formatOf(file) ?? 'yaml', text);
    texts.set(file, { text, read });
    return read;
  };

  function inFolder(folder: string, workspace: string): Promise<FoundConfiguration | undefined> {
    const key = JSON.stringify([folder, workspace]);
    let found = folders.get(key);
    if (found === undefined) {
      found = readFolder(folder, workspace, readText, opened);
      folders.set(key, found);
    }
    return found;
  }

  return {
    async of(file, workspace) {
      const start = path.dirname(file);
      const end = isInside(workspace, start) ? workspace : start;
      for (let folder = start; ; folder = path.dirname(folder)) {
        const found = await inFolder(folder, end);
        if (found !== undefined || folder === end || path.dirname(folder) === folder) return found;
      }
    },
    async found() {
      const all = await Promise.all(folders.values());
      return [...new Map(all.flatMap((each) => (each === undefined ? [] : [[each.file, each]]))).values()];
    },
    forget: () => folders.clear(),
  };
}

async function readFolder(
  folder: string,
  workspace: string,
  readText: ReadText,
  opened: (file: string) => string | undefined,
): Promise<FoundConfiguration | undefined> {
  const names = await configurationsIn(folder);
  const [name] = names;
  if (name === undefined) return undefined;
  const file = path.join(folder, name);
  const text = opened(file);
  const found =
    text === undefined ? await readConfigurationFile(file, workspace, readText) : { file, read: readText(file, text) };
  return { file, read: besideOthers(found.read, name, names) };
}

/** The configurations of a folder; the first counts. */
export async function configurationsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder).catch((): readonly string[] => []);
  return configurationNames.filter((each) => entries.includes(each));
}

/** Reads a configuration; one that cannot be read has a finding that says why, and changes nothing. */
export async function readConfigurationFile(
  file: string,
  workspace: string | undefined,
  readText: ReadText = (name, text) => readConfiguration(formatOf(name) ?? 'yaml', text),
): Promise<FoundConfiguration> {
  const format = formatOf(file) ?? 'yaml';
  const unread = (reason: string): FoundConfiguration => ({
    file,
    read: unreadConfiguration(format, `The configuration is not read: ${reason}`),
  });
  try {
    const realWorkspace = workspace === undefined ? undefined : await realpath(workspace);
    if (workspace !== undefined && realWorkspace !== undefined) {
      const link = await linkRefusal(file, [workspace, realWorkspace]);
      if (link !== undefined) return unread(link);
    }
    const real = await realpath(file);
    if (realWorkspace !== undefined && !isInside(realWorkspace, real)) return unread(outside);
    const bytes = await readRegularFile(real, sizeLimit);
    if (typeof bytes === 'string') return unread(bytes);
    const decoded = decode(bytes);
    return decoded === undefined
      ? unread('it is not UTF-8; save it as UTF-8')
      : { file, read: readText(file, decoded) };
  } catch (error) {
    const { code } = error as { code?: string };
    return unread(code === 'EACCES' ? 'this user may not read it' : 'it could not be opened');
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What of a configuration concerns a file. */
export function configurationInForce(found: FoundConfiguration | undefined, file: string): Configuration {
  if (found === undefined) return noConfiguration;
  const folder = path.dirname(found.file);
  const relative = isInside(folder, file) ? path.relative(folder, file).split(path.sep).join('/') : undefined;
  return configurationFor(found.read.configuration, relative);
}
