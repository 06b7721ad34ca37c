import path from 'node:path';
import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { isInside } from '../node/files.ts';
import type { Tests, TestsOptions } from './platform.ts';
import { serveTestEmail } from './test-email.ts';
import { testsDone } from './tests-done.ts';

/** Test emails and probes from this computer. */
export function nodeTests(connection: Connection, { files, isTrusted, folders, onDone }: TestsOptions): Tests {
  const done = testsDone();
  const stop = serveTestEmail(connection, {
    files,
    isTrusted,
    workspaceOf: (file) => workspaceOf(folders(), file),
    onDone(uri, scope, each) {
      done.add(uri, scope, each);
      onDone(uri);
    },
  });
  return { ...done, stop };
}

/** The folder of the workspace that a file lies in, else its own. Paths of this computer. */
export function workspaceOf(folders: readonly string[], file: string): string {
  const paths = folders
    .map((uri) => URI.parse(uri))
    .flatMap(({ scheme, fsPath }) => (scheme === 'file' ? [fsPath] : []));
  return paths.find((folder) => isInside(folder, file)) ?? path.dirname(file);
}
