import { URI } from 'vscode-uri';
import { type Analysis, analyse, analyseAgain, analyseEdits, noSurroundings, type Surroundings } from '../analysis.ts';
import { offsetAt } from '../document/places.ts';
import type { Format } from '../document/split.ts';
import { sameConfiguration } from '../lint/configuration.ts';
import { formatOf } from '../lint/file-names.ts';
import type { Certificate } from '../settings/model.ts';
import type { Range } from '../text/position.ts';
import type { FileSurroundings, FoundConfiguration } from './platform.ts';

/** A file that is open in the editor. */
export interface OpenFile {
  readonly uri: string;
  readonly version: number;
  readonly analysis: Analysis;
}

export interface Change {
  readonly range?: Range;
  readonly text: string;
}

export interface OpenFiles {
  open(uri: string, languageId: string, version: number, text: string): void;
  change(uri: string, version: number, changes: readonly Change[]): void;
  close(uri: string): void;
  get(uri: string): OpenFile | undefined;
  /** Resolves when what a file names on disk has been read, at once where it names nothing new. */
  settled(uri: string): Promise<void> | undefined;
  /** Reads again what the files name on disk, and what is configured for them. */
  refresh(): void;
  /** Reads again what is configured for the files. */
  reconfigure(): void;
  /** What was found for the open files. */
  configurations(): readonly FoundConfiguration[];
  /** What was found for one of them. */
  configurationOf(uri: string): FoundConfiguration | undefined;
}

export interface OpenFilesOptions {
  /** The day, at midnight UTC. */
  readonly today: () => Date;
  readonly around: FileSurroundings;
  /** False in Restricted Mode: then no certificate file is read. */
  readonly mayReadFiles: () => boolean;
  /** What a file names and what is configured for it has been read; `changed`: its findings may be others now. */
  readonly onSettled: (uri: string, changed: boolean) => void;
}

interface State {
  file: OpenFile;
  readonly format: Format;
  surroundings: Surroundings;
  /** What was read last, or is being read: the certificates that name a file. */
  readFor: readonly Certificate[];
  reading: Promise<void> | undefined;
  configuration: FoundConfiguration | undefined;
  configuring: Promise<void> | undefined;
}

export function openFiles({ today, around, mayReadFiles, onSettled }: OpenFilesOptions): OpenFiles {
  const states = new Map<string, State>();

  function update(state: State, analysis: Analysis, version: number): void {
    state.file = { uri: state.file.uri, version, analysis };
    const named = analysis.settings.common.certificates.filter(({ path: name }) => name?.value !== undefined);
    const same = named.length === state.readFor.length && named.every((each, i) => each === state.readFor[i]);
    if (!same) read(state, named);
  }

  function read(state: State, named: readonly Certificate[]): void {
    state.readFor = named;
    const reading = mayReadFiles() ? around.certificatesOf(named, state.file.uri)?.then(settle) : undefined;
    state.reading = reading;

    function settle(certificate: Surroundings['certificate']): void {
      if (state.reading !== reading) return;
      state.reading = undefined;
      const changed = certificate !== state.surroundings.certificate;
      if (changed) {
        state.surroundings = { ...state.surroundings, certificate };
        state.file = { ...state.file, analysis: analyseAgain(state.file.analysis, state.surroundings) };
      }
      onSettled(state.file.uri, changed);
    }
  }

  function configure(state: State): void {
    const { uri } = state.file;
    const configuring = around.configurationOf(uri)?.then((found) => {
      if (state.configuring !== configuring || states.get(uri) !== state) return;
      state.configuring = undefined;
      state.configuration = found;
      const configuration = around.inForce(found, uri);
      const changed = !sameConfiguration(configuration, state.surroundings.configuration);
      if (changed) {
        state.surroundings = { ...state.surroundings, configuration };
        update(state, analyseAgain(state.file.analysis, state.surroundings), state.file.version);
      }
      onSettled(uri, changed);
    });
    state.configuring = configuring;
  }

  /** What is configured may name other certificates: so until nothing is under way. */
  async function settled(uri: string): Promise<void> {
    for (let state = states.get(uri); state?.configuring ?? state?.reading; state = states.get(uri)) {
      await (state?.configuring ?? state?.reading);
    }
  }

  return {
    open(uri, languageId, version, text) {
      const format =
        formatOf(URI.parse(uri).path) ?? (languageId === 'jsonc' || languageId === 'json' ? languageId : 'yaml');
      const surroundings = { ...noSurroundings, today: today() };
      const analysis = analyse(format, text, surroundings);
      const file = { uri, version, analysis };
      const state: State = {
        file,
        format,
        surroundings,
        readFor: [],
        reading: undefined,
        configuration: undefined,
        configuring: undefined,
      };
      states.set(uri, state);
      configure(state);
      update(state, analysis, version);
    },
    change(uri, version, changes) {
      const state = states.get(uri);
      if (state === undefined) return;
      let { analysis } = state.file;
      const edits = changes.map(({ range, text }) => (document: Analysis['document']) => ({
        start: range === undefined ? 0 : offsetAt(document, range.start),
        end: range === undefined ? document.length : offsetAt(document, range.end),
        text,
      }));
      const day = today();
      if (state.surroundings.today?.getTime() !== day.getTime()) {
        state.surroundings = { ...state.surroundings, today: day };
      }
      analysis = analyseEdits(analysis, edits, state.surroundings);
      update(state, analysis, version);
    },
    close: (uri) => states.delete(uri),
    get: (uri) => states.get(uri)?.file,
    settled(uri) {
      const { reading, configuring } = states.get(uri) ?? {};
      return reading === undefined && configuring === undefined ? undefined : settled(uri);
    },
    refresh() {
      for (const state of states.values()) {
        configure(state);
        if (state.readFor.length > 0) read(state, state.readFor);
      }
    },
    reconfigure: () => states.forEach(configure),
    configurationOf: (uri) => states.get(uri)?.configuration,
    configurations: () => [...states.values()].flatMap(({ configuration }) => configuration ?? []),
  };
}
