import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Configuration, configurationFor, noConfiguration } from '../lint/configuration.ts';
import {
  type ConfigurationFile,
  readConfiguration,
  unreadConfiguration,
  withFinding,
} from '../lint/configuration-file.ts';
import { configurationNames, formatOf, isInside, readRegularFile } from './files.ts';

/** Largest configuration that is read, in bytes. */
const sizeLimit = 1024 * 1024;

/** A configuration that was found. */
export interface FoundConfiguration {
  /** Absolute. */
  readonly file: string;
  readonly read: ConfigurationFile;
}

/** Finds the configurations of files, each folder once. For one run, or until something changes on disk. */
export interface Configurations {
  /** The configuration of the nearest folder upwards, up to `workspace`; it is looked for nowhere else. */
  of(file: string, workspace: string): Promise<FoundConfiguration | undefined>;
  /** All that were found so far. */
  found(): Promise<readonly FoundConfiguration[]>;
}

/** @param opened The text of a file that is open in an editor: it counts instead of what is on disk. */
export function configurations(opened: (file: string) => string | undefined = () => undefined): Configurations {
  const folders = new Map<string, Promise<FoundConfiguration | undefined>>();

  function inFolder(folder: string, workspace: string): Promise<FoundConfiguration | undefined> {
    const key = JSON.stringify([folder, workspace]);
    let found = folders.get(key);
    if (found === undefined) {
      found = readFolder(folder, workspace, opened);
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
  };
}

async function readFolder(
  folder: string,
  workspace: string,
  opened: (file: string) => string | undefined,
): Promise<FoundConfiguration | undefined> {
  const entries = await readdir(folder).catch((): readonly string[] => []);
  const [name, ...others] = configurationNames.filter((each) => entries.includes(each));
  if (name === undefined) return undefined;
  const file = path.join(folder, name);
  const found = await readConfigurationFile(file, workspace, opened(file));
  if (others.length === 0) return found;
  const message = `This configuration counts; ${others.map((each) => `\`${each}\``).join(', ')} beside it is not read`;
  return { file, read: withFinding(found.read, 'several-files', message, 'warning') };
}

/** Reads a configuration; one that cannot be read has a finding that says why, and changes nothing. */
export async function readConfigurationFile(
  file: string,
  workspace: string | undefined,
  text?: string,
): Promise<FoundConfiguration> {
  const format = formatOf(file) ?? 'yaml';
  if (text !== undefined) return { file, read: readConfiguration(format, text) };
  const unread = (reason: string): FoundConfiguration => ({
    file,
    read: unreadConfiguration(format, `The configuration is not read: ${reason}`),
  });
  try {
    const real = await realpath(file);
    if (workspace !== undefined && !isInside(await realpath(workspace), real))
      return unread('it lies outside the workspace');
    const bytes = await readRegularFile(real, sizeLimit);
    if (typeof bytes === 'string') return unread(bytes);
    const decoded = decode(bytes);
    return decoded === undefined
      ? unread('it is not UTF-8; save it as UTF-8')
      : { file, read: readConfiguration(format, decoded) };
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
