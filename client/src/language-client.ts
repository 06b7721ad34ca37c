import { type ExtensionContext, type LogOutputChannel, type TextDocument, Uri, workspace } from 'vscode';
import {
  type BaseLanguageClient,
  InlayHintRequest,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  vsdiag,
} from 'vscode-languageclient';
import { type InitializationOptions, trustGrantedNotification } from '../../server/src/lsp/protocol.ts';
import { documentSelector, isBaseSide } from './files.ts';
import { withoutSecrets } from './redaction.ts';
import { shown, watchShown } from './shown-findings.ts';

/** What a language client of ours is made with, wherever its server runs. */
export function clientOptions(output: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector,
    diagnosticCollectionName: 'farm-email',
    outputChannel: output,
    traceOutputChannel: redacting(output),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    markdown: { isTrusted: false, supportHtml: false },
    middleware,
    // A function: after a restart the answer may be another one.
    initializationOptions: (): InitializationOptions => ({ trusted: workspace.isTrusted }),
  };
}

/** What the client tells its server besides LSP, and when it asks for hints anew. */
export function watchWindow(context: ExtensionContext, client: BaseLanguageClient): void {
  context.subscriptions.push(
    workspace.onDidGrantWorkspaceTrust(() => {
      if (client.isRunning()) void client.sendNotification(trustGrantedNotification);
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('farmEmail.inlayHints')) return;
      const hints = client.getFeature(InlayHintRequest.method);
      for (const document of workspace.textDocuments) hints.getProvider(document)?.onDidChangeInlayHints.fire();
    }),
    watchShown(client),
  );
}

/** The server never hears of the base side of a diff, so nothing is ever found there. */
function ofOurSide<Event>(documentOf: (event: Event) => TextDocument) {
  return async (event: Event, next: (event: Event) => Promise<void>): Promise<void> => {
    if (!isBaseSide(documentOf(event).uri)) await next(event);
  };
}

const middleware: Middleware = {
  didOpen: ofOurSide((document: TextDocument) => document),
  didChange: ofOurSide(({ document }) => document),
  didClose: ofOurSide((document: TextDocument) => document),
  async provideDiagnostics(document, previousResultId, token, next) {
    const report = await next(document, previousResultId, token);
    if (report?.kind !== vsdiag.DocumentDiagnosticReportKind.full) return report;
    return { ...report, items: shown(document instanceof Uri ? document : document.uri, report.items) };
  },
  provideInlayHints: (document, range, token, next) =>
    workspace.getConfiguration('farmEmail', document).get('inlayHints.enable', false)
      ? next(document, range, token)
      : [],
};

/** `farmEmail.trace.server: verbose` prints whole messages; the one that carries passwords must not print them. */
function redacting(output: LogOutputChannel): LogOutputChannel {
  const trace = (message: string, ...rest: unknown[]): void => output.trace(withoutSecrets(message), ...rest);
  return Object.create(output, { trace: { value: trace } });
}
