import type { Connection } from 'vscode-languageserver';
import type { OpenFiles } from './open-files.ts';
import { type StatusParams, type StatusResult, statusRequest } from './protocol.ts';

/** Answers what the language status of an open file says. */
export function serveStatus(connection: Connection, files: OpenFiles): void {
  connection.onRequest<StatusResult, void>(statusRequest, async ({ uri }: StatusParams): Promise<StatusResult> => {
    await files.settled(uri);
    const { findings = [], suppressed = [] } = files.get(uri)?.analysis ?? {};
    const configuration = files.configurationOf(uri);
    return {
      ...(configuration === undefined ? {} : { configuration: configuration.uri }),
      findings: findings.length,
      suppressed: suppressed.length,
    };
  });
}
