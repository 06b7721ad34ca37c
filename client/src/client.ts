import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type Client, runClient } from './running-client.ts';
import { sendingActions } from './test-email/sending.ts';

/** The client where VS Code's extensions run in Node: its server is `dist/server.js`, and test emails can be sent. */
export function startClient(context: ExtensionContext): Client {
  return runClient(context, {
    createLanguageClient(options) {
      const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
      const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6109'] } };
      return new LanguageClient('farmEmail', 'Farm Email', { run: server, debug }, options);
    },
    sending: (server) => sendingActions(context, server),
  });
}
