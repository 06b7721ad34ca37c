import type { Connection, Diagnostic } from 'vscode-languageserver';
import { diagnosticsOf } from './convert.ts';
import { isConfiguration, openConfigurations } from './open-configurations.ts';
import { type OpenFilesOptions, openFiles } from './open-files.ts';
import { type CheckParams, checkRequest } from './protocol.ts';

/** Answers with the findings of a file that need not be open: those the editor would show if it were. */
export function serveCheck(connection: Connection, options: Omit<OpenFilesOptions, 'onSettled'>): void {
  connection.onRequest(checkRequest, async ({ uri, text }: CheckParams): Promise<readonly Diagnostic[]> => {
    const settled = (): void => undefined;
    if (isConfiguration(uri)) {
      const configurations = openConfigurations(() => options.around, settled);
      configurations.open(uri, 0, text);
      await configurations.settled(uri);
      const file = configurations.get(uri);
      return file === undefined ? [] : diagnosticsOf(file);
    }
    const files = openFiles({ ...options, onSettled: settled });
    files.open(uri, '', 0, text);
    await files.settled(uri);
    const file = files.get(uri);
    return file === undefined ? [] : diagnosticsOf(file);
  });
}
