import path from 'node:path';
import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  MarkupKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { offsetAt, rangeOf } from '../document/places.ts';
import { hoverAt } from '../ide/hover.ts';
import { quickFixes } from '../ide/quick-fixes.ts';
import { isInside } from '../node/files.ts';
import { diagnosticsOf, fixAllAction, fixAllKind, quickFixAction } from './convert.ts';
import { openFiles } from './open-files.ts';
import { type InitializationOptions, trustGrantedNotification } from './protocol.ts';
import { serveTestEmail } from './test-email.ts';

/** Serves one editor over a connection. Of the open files it keeps nothing that their text does not give. */
export function serve(connection: Connection): void {
  let trusted = true;
  let pulls = false;
  let refreshes = false;
  let folders: readonly string[] = [];
  const changed = new Set<string>();

  const files = openFiles({
    mayReadFiles: () => trusted,
    workspaceOf: (file) => folders.find((folder) => isInside(folder, file)) ?? path.dirname(file),
    onChange(uri) {
      if (!pulls) publishSoon(uri);
      else if (refreshes) void connection.languages.diagnostics.refresh();
    },
  });
  const stopTestEmail = serveTestEmail(connection, files, () => trusted);

  connection.onInitialize(({ capabilities, workspaceFolders, rootUri, initializationOptions }) => {
    const options: Partial<InitializationOptions> | undefined = initializationOptions;
    trusted = options?.trusted ?? true;
    pulls = capabilities.textDocument?.diagnostic !== undefined;
    refreshes = capabilities.workspace?.diagnostics?.refreshSupport === true;
    const roots = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    folders = roots.map((uri) => URI.parse(uri)).flatMap(({ scheme, fsPath }) => (scheme === 'file' ? [fsPath] : []));
    return {
      serverInfo: { name: 'farm-email' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        ...(pulls && { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } }),
      },
    };
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    files.open(uri, languageId, version, text);
    if (!pulls) publishSoon(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    files.change(uri, version, contentChanges);
    if (!pulls) publishSoon(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    files.close(uri);
    if (!pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  // What a file names on disk may have changed meanwhile.
  connection.onDidSaveTextDocument(() => files.refresh());
  connection.onNotification(trustGrantedNotification, () => {
    trusted = true;
    files.refresh();
  });

  connection.languages.diagnostics.on(async ({ textDocument: { uri } }): Promise<DocumentDiagnosticReport> => {
    await files.settled(uri);
    const file = files.get(uri);
    return { kind: DocumentDiagnosticReportKind.Full, items: file === undefined ? [] : diagnosticsOf(file) };
  });

  connection.onHover(({ textDocument: { uri }, position }) => {
    const file = files.get(uri);
    const hover = file && hoverAt(file.analysis, offsetAt(file.analysis.document, position));
    if (file === undefined || hover === undefined) return null;
    const contents = { kind: MarkupKind.Markdown, value: hover.markdown };
    return { contents, range: rangeOf(file.analysis.document, hover.at) };
  });

  connection.onCodeAction(({ textDocument: { uri }, range, context: { only } }) => {
    const file = files.get(uri);
    if (file === undefined) return [];
    const wanted = (kind: string): boolean =>
      only === undefined || only.some((each) => `${kind}.`.startsWith(`${each}.`));
    const { document } = file.analysis;
    const actions: CodeAction[] = [];
    if (wanted(CodeActionKind.QuickFix)) {
      const found = quickFixes(file.analysis, offsetAt(document, range.start), offsetAt(document, range.end));
      actions.push(...found.map((fix) => quickFixAction(file, fix)));
    }
    // Asked for by name only: it would stand among the quick fixes of every line.
    const all = only !== undefined && wanted(fixAllKind) ? fixAllAction(file) : undefined;
    return all === undefined ? actions : [...actions, all];
  });

  connection.onShutdown(stopTestEmail);
  connection.listen();

  /** No timer: the messages at hand are read first, then what changed is published once. */
  function publishSoon(uri: string): void {
    if (changed.size === 0) setImmediate(publish);
    changed.add(uri);
  }

  function publish(): void {
    const uris = [...changed];
    changed.clear();
    for (const uri of uris) {
      const file = files.get(uri);
      if (file === undefined || files.settled(uri) !== undefined) continue;
      void connection.sendDiagnostics({ uri, version: file.version, diagnostics: diagnosticsOf(file) });
    }
  }
}
