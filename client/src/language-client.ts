import {
  type Diagnostic,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  languages,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import {
  type BaseLanguageClient,
  DocumentDiagnosticRequest,
  InlayHintRequest,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  vsdiag,
} from 'vscode-languageclient';
import { type InitializationOptions, trustGrantedNotification } from '../../server/src/lsp/protocol.ts';
import { isOfOtherServer, withoutDoubles } from './doubles.ts';
import { documentSelector, isBaseSide, isChecked } from './files.ts';
import { withoutSecrets } from './redaction.ts';

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
    watchOthers(client),
  );
}

/** When another server reports something else than before, ours of the same mistake has to go, or to come back. */
function watchOthers(client: BaseLanguageClient): Disposable {
  const known = new Map<string, string>();
  return languages.onDidChangeDiagnostics(({ uris }) => {
    if (!client.isRunning()) return;
    for (const uri of uris) {
      const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
      if (document === undefined || !isChecked(uri)) {
        known.delete(uri.toString());
        continue;
      }
      const now = JSON.stringify(ofOthers(uri).map(({ code, source, range }) => [code, source, range]));
      if (now === (known.get(uri.toString()) ?? '[]')) continue;
      known.set(uri.toString(), now);
      client.getFeature(DocumentDiagnosticRequest.method).getProvider(document)?.onDidChangeDiagnosticsEmitter.fire();
    }
  });
}

function ofOthers(uri: Uri): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter(isOfOtherServer);
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
    return {
      ...report,
      items: withoutDoubles(report.items, ofOthers(document instanceof Uri ? document : document.uri)),
    };
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
