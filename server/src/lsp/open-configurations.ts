import { URI, Utils } from 'vscode-uri';
import { textOf } from '../document/document.ts';
import { offsetAt } from '../document/places.ts';
import { besideOthers, type ConfigurationFile, readConfiguration } from '../lint/configuration-file.ts';
import { formatOf, isConfigurationName } from '../lint/file-names.ts';
import type { Change } from './open-files.ts';
import type { FileSurroundings } from './platform.ts';

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
  /** The text of an open one, however its URI is written. */
  textOf(uri: string): string | undefined;
  /** Resolves when it is known which others lie beside it. */
  settled(uri: string): Promise<void> | undefined;
  /** Looks again which others lie beside them. */
  refresh(): void;
}

interface State {
  readonly uri: string;
  /** As `vscode-uri` writes it: editors write the same URI in several ways. */
  readonly normal: string;
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
export function openConfigurations(
  around: () => FileSurroundings,
  onSettled: (uri: string, changed: boolean) => void,
): OpenConfigurations {
  const states = new Map<string, State>();

  function look(state: State): void {
    const looking = around()
      .configurationsBeside(state.uri)
      ?.then((names) => {
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
      const parsed = URI.parse(uri);
      const read = readConfiguration(formatOf(parsed.path) ?? 'yaml', text);
      const state: State = { uri, normal: parsed.toString(), version, read, names: [], looking: undefined };
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
      const { version, read, names } = state;
      return { uri, version, analysis: besideOthers(read, Utils.basename(URI.parse(uri)), names) };
    },
    textOf(uri) {
      const normal = URI.parse(uri).toString();
      const state = [...states.values()].find((each) => each.normal === normal);
      return state && textOf(state.read.document);
    },
    settled: (uri) => states.get(uri)?.looking,
    refresh: () => states.forEach(look),
  };
}
