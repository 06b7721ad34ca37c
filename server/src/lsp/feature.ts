import type { ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { OpenText } from './convert.ts';

/** The open file of a URI: a farm-email file or a configuration; undefined where none is open. */
export type OpenTextOf = (uri: string) => OpenText | undefined;

/** One thing the server can be asked about an open file. It keeps nothing between two requests. */
export interface Feature {
  /** What it adds to the answer to `initialize`. */
  readonly capabilities: ServerCapabilities;
  /**
   * Answers its requests, from what is open at that moment.
   * @param client What the client can do; it is known from the first request on.
   */
  serve(connection: Connection, fileOf: OpenTextOf, client: () => ClientCapabilities): void;
}
