/** What the client asks about files and settings; `protocol.ts` is the whole of it. Types and method names only. */

/**
 * The effective settings of the farm or of one web application, as a document to read: of the file that is open, or of
 * another version of it.
 */
export const effectiveRequest = 'farmEmail/effective';
export interface EffectiveParams {
  readonly uri: string;
  /** URL of the web application as the file writes it; the farm where it is not given. */
  readonly webApplication?: string;
  /** Another version of the file, such as git's HEAD; the open text where it is not given. */
  readonly text?: string;
}
export type EffectiveResult =
  | { readonly kind: 'effective'; readonly title: string; readonly text: string }
  /** In one sentence why there is nothing to show. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Findings of a file that need not be open: those the editor would show if it were. */
export const checkRequest = 'farmEmail/check';
export interface CheckParams {
  readonly uri: string;
  readonly text: string;
}
/** Diagnostics as LSP writes them. */
export type CheckResult = readonly unknown[];

/** What a new file may begin with. */
export const newFileRequest = 'farmEmail/newFile';
export interface NewFileParams {
  readonly format: 'yaml' | 'json';
}
export type NewFileResult = readonly {
  readonly title: string;
  readonly detail: string;
  /** As LSP writes snippets. */
  readonly snippet: string;
}[];

/** What the language status of an open file says. */
export const statusRequest = 'farmEmail/status';
export interface StatusParams {
  readonly uri: string;
}
export interface StatusResult {
  /** URI of the configuration in force; absent where there is none. */
  readonly configuration?: string;
  readonly findings: number;
  /** Findings that comments and the configuration accept. */
  readonly suppressed: number;
}

/** Asked by a server that reads no files itself: the configurations of a folder. The client answers. */
export const configurationsInRequest = 'farmEmail/configurationsIn';
export interface ConfigurationsInParams {
  /** URI. */
  readonly folder: string;
}
export type ConfigurationsInResult = readonly { readonly name: string; readonly text: string }[];
