import type { Connection } from 'vscode-languageserver';
import type { Configuration } from '../lint/configuration.ts';
import type { ConfigurationFile } from '../lint/configuration-file.ts';
import type { Finding } from '../lint/finding.ts';
import type { Knowledge } from '../lint/rule.ts';
import type { Certificate } from '../settings/model.ts';
import type { Edit } from '../text/position.ts';
import type { OpenFile, OpenFiles } from './open-files.ts';

/** What the language server has of the world around it: its entry hands it in. URIs are as `vscode-uri` writes them. */
export interface Platform {
  /** The day, at midnight UTC. */
  readonly today: () => Date;
  /** Calls back when the messages at hand have been read. */
  readonly soon: (then: () => void) => void;
  /** @param opened The text of a configuration that is open in the editor: it counts instead of the one that is stored. */
  surroundings(connection: Connection, opened: (uri: string) => string | undefined): FileSurroundings;
  /** Absent where no SMTP connection can be opened. */
  readonly tests?: (connection: Connection, options: TestsOptions) => Tests;
}

/** A configuration that was found. */
export interface FoundConfiguration {
  readonly uri: string;
  readonly read: ConfigurationFile;
}

/** What lies around the files that are open. */
export interface FileSurroundings {
  /** The folders of the workspace: outside of them nothing is read for a file in one of them. */
  setFolders(uris: readonly string[]): void;
  /** The configuration of the nearest folder upwards. */
  configurationOf(uri: string): Promise<FoundConfiguration | undefined> | undefined;
  /** What of a configuration concerns a file. */
  inForce(found: FoundConfiguration | undefined, uri: string): Configuration;
  /** The names of the configurations in the folder of one; the first counts. */
  configurationsBeside(uri: string): Promise<readonly string[]> | undefined;
  /** What the files of certificates say. */
  certificatesOf(named: readonly Certificate[], uri: string): Promise<Knowledge['certificate']> | undefined;
  /** Looks anew from now on. */
  forget(): void;
}

export interface TestsOptions {
  readonly files: OpenFiles;
  readonly isTrusted: () => boolean;
  /** The folders of the workspace, as URIs. */
  readonly folders: () => readonly string[];
  /** What a test showed of an open file is known now. */
  readonly onDone: (uri: string) => void;
}

/** Writes what a server offers into the file. */
export interface RecordOffer {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Test emails and probes, and what they showed of open files. */
export interface Tests {
  findings(file: OpenFile): readonly Finding[];
  /** Offers for the servers that settings in a part of the text point at. */
  offers(file: OpenFile, start: number, end: number): readonly RecordOffer[];
  forget(uri: string): void;
  /** Ends what runs. */
  stop(): Promise<void>;
}

export const noTests: Tests = {
  findings: () => [],
  offers: () => [],
  forget: () => undefined,
  stop: async () => undefined,
};
