import { type ExtensionContext, type LogOutputChannel, workspace } from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind } from 'vscode-languageclient/node';
import { type InitializationOptions, trustGrantedNotification } from '../../server/src/lsp/protocol.ts';
import { configurationFiles, farmEmailFiles } from './files.ts';
import { withoutSecrets } from './redaction.ts';

/** The client of `dist/server.js`, not started yet. */
export function createLanguageClient(context: ExtensionContext, output: LogOutputChannel): LanguageClient {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const client = new LanguageClient(
    'farmEmail',
    'Farm Email',
    { run: server, debug: { ...server, options: { execArgv: ['--nolazy', '--inspect=6109'] } } },
    {
      documentSelector: [...farmEmailFiles, ...configurationFiles],
      diagnosticCollectionName: 'farm-email',
      outputChannel: output,
      traceOutputChannel: redacting(output),
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: { isTrusted: false, supportHtml: false },
      // A function: after a restart the answer may be another one.
      initializationOptions: (): InitializationOptions => ({ trusted: workspace.isTrusted }),
    },
  );
  context.subscriptions.push(
    workspace.onDidGrantWorkspaceTrust(() => {
      if (client.isRunning()) void client.sendNotification(trustGrantedNotification);
    }),
  );
  return client;
}

/** `farmEmail.trace.server: verbose` prints whole messages; the one that carries passwords must not print them. */
function redacting(output: LogOutputChannel): LogOutputChannel {
  const trace = (message: string, ...rest: unknown[]): void => output.trace(withoutSecrets(message), ...rest);
  return Object.create(output, { trace: { value: trace } });
}
