import { type ExtensionContext, FileType, l10n, Uri, window, workspace } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import {
  type ConfigurationsInParams,
  type ConfigurationsInResult,
  configurationsInRequest,
} from '../../server/src/lsp/protocol.ts';
import { type Action, type SendingCommand, sendingCommands } from './commands.ts';
import { isConfigurationName } from './files.ts';
import { type Client, runClient } from './running-client.ts';
import type { Server } from './server.ts';
import { createLenses } from './test-email/lenses.ts';
import { createSends } from './test-email/sends.ts';

/** What of a browser's web workers is used here. */
interface Worker {
  terminate(): void;
}
declare const Worker: new (url: string, options: { readonly name: string }) => Worker;

/**
 * The client where VS Code's extensions run in a browser: its server is a web worker, and nothing can be sent.
 * @param server The program of the server: a function of a `require`.
 */
export function startClient(context: ExtensionContext, server: string): Client {
  const program = `(${server})((name) => { throw new Error(\`There is no ${'$'}{name} in a browser.\`); });`;
  const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  let worker: Worker | undefined;
  context.subscriptions.push({
    dispose() {
      worker?.terminate();
      URL.revokeObjectURL(url);
    },
  });
  return runClient(context, {
    createLanguageClient(options) {
      // Not the worker itself: VS Code's, inside of its own worker, is none that the language client knows.
      const start = async (): Promise<MessageTransports> => {
        worker?.terminate();
        worker = new Worker(url, { name: 'Farm Email' });
        return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
      };
      const client = new LanguageClient('farmEmail', 'Farm Email', start, options);
      client.onRequest(configurationsInRequest, configurationsIn);
      return client;
    },
    sending: (asked) => noSending(context, asked),
  });
}

async function configurationsIn({ folder }: ConfigurationsInParams): Promise<ConfigurationsInResult> {
  const uri = Uri.parse(folder);
  const entries = await workspace.fs.readDirectory(uri);
  const names = entries.flatMap(([name, type]) => (type === FileType.File && isConfigurationName(name) ? [name] : []));
  return Promise.all(
    names.map(async (name) => {
      const bytes = await workspace.fs.readFile(Uri.joinPath(uri, name));
      return { name, text: new TextDecoder().decode(bytes) };
    }),
  );
}

/** The lenses stand where they always do, and say why nothing is sent. */
function noSending(context: ExtensionContext, server: Server): Record<SendingCommand, Action> {
  context.subscriptions.push(
    createLenses(
      server,
      createSends(() => undefined),
    ),
  );
  const explain = async (): Promise<void> => {
    await window.showInformationMessage(
      l10n.t(
        'A browser cannot open SMTP connections, so nothing can be sent or probed from here. Open the folder in VS Code on a computer that reaches the mail server, or there through Remote-SSH.',
      ),
    );
  };
  const actions: Partial<Record<SendingCommand, Action>> = {};
  for (const id of sendingCommands) actions[id] = explain;
  return actions as Record<SendingCommand, Action>;
}
