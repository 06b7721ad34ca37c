import path from 'node:path';
import { URI } from 'vscode-uri';
import { textOf } from '../document/document.ts';
import { offsetAt } from '../document/places.ts';
import { type ConfigurationFile, readConfiguration } from '../lint/configuration-file.ts';
import { besideOthers, configurationsIn } from '../node/configuration-files.ts';
import { formatOf, isConfigurationName } from '../node/files.ts';
import type { Change } from './open-files.ts';

/** A configuration that is open in the editor. */
export interface OpenConfiguration {
  readonly uri: string;
  readonly version: number;
  readonly analysis: ConfigurationFile;
}

export interface OpenConfigurations {
  open(uri: string, version: number, text: string): void;
  change(uri: string, version: number, changes: readonly Change[]): void;
  close(uri: string): void;
  get(uri: string): OpenConfiguration | undefined;
  /** The text of an open one, by its path. */
  textOf(file: string): string | undefined;
  /** Resolves when it is known which others lie beside it. */
  settled(uri: string): Promise<void> | undefined;
  /** Looks again which others lie beside them. */
  refresh(): void;
}

interface State {
  readonly uri: string;
  /** Its path; undefined for one that lies nowhere yet. */
  readonly file: string | undefined;
  version: number;
  read: ConfigurationFile;
  /** The configurations of its folder. */
  names: readonly string[];
  looking: Promise<void> | undefined;
}

export function isConfiguration(uri: string): boolean {
  return isConfigurationName(URI.parse(uri).path);
}

/** @param onSettled It is known which others lie beside one. */
export function openConfigurations(onSettled: (uri: string, changed: boolean) => void): OpenConfigurations {
  const states = new Map<string, State>();

  function look(state: State): void {
    if (state.file === undefined) return;
    const looking = configurationsIn(path.dirname(state.file)).then((names) => {
      if (state.looking !== looking) return;
      state.looking = undefined;
      const changed = names.join() !== state.names.join();
      state.names = names;
      onSettled(state.uri, changed);
    });
    state.looking = looking;
  }

  return {
    open(uri, version, text) {
      const { scheme, path: name, fsPath } = URI.parse(uri);
      const file = scheme === 'file' ? fsPath : undefined;
      const read = readConfiguration(formatOf(name) ?? 'yaml', text);
      const state: State = { uri, file, version, read, names: [], looking: undefined };
      states.set(uri, state);
      look(state);
    },
    change(uri, version, changes) {
      const state = states.get(uri);
      if (state === undefined) return;
      for (const { range, text } of changes) {
        const { document } = state.read;
        const before = textOf(document);
        const start = range === undefined ? 0 : offsetAt(document, range.start);
        const end = range === undefined ? before.length : offsetAt(document, range.end);
        state.read = readConfiguration(document.format, before.slice(0, start) + text + before.slice(end));
      }
      state.version = version;
    },
    close: (uri) => states.delete(uri),
    get(uri) {
      const state = states.get(uri);
      if (state === undefined) return undefined;
      const { file, version, read, names } = state;
      return { uri, version, analysis: file === undefined ? read : besideOthers(read, path.basename(file), names) };
    },
    textOf(file) {
      const state = [...states.values()].find((each) => each.file === file);
      return state && textOf(state.read.document);
    },
    settled: (uri) => states.get(uri)?.looking,
    refresh: () => states.forEach(look),
  };
}
