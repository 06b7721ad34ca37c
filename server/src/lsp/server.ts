import path from 'node:path';
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type Connection,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { offsetAt } from '../document/places.ts';
import { quickFixes } from '../ide/quick-fixes.ts';
import { configurations as configurationsOnDisk } from '../node/configuration-files.ts';
import { configurationGlob, isInside } from '../node/files.ts';
import { serveCheck } from './check.ts';
import { closedConfigurations } from './closed-configurations.ts';
import { diagnosticsOf, fixAllAction, fixAllKind, type OpenText, quickFixAction, recordAction } from './convert.ts';
import { features } from './features.ts';
import { isConfiguration, openConfigurations } from './open-configurations.ts';
import { openFiles } from './open-files.ts';
import { type InitializationOptions, trustGrantedNotification } from './protocol.ts';
import { serveStatus } from './status.ts';
import { serveTestEmail } from './test-email.ts';
import { testsDone } from './tests-done.ts';

/** What is watched on disk: configurations, and files of certificates. */
const watchedGlobs = [configurationGlob, '**/*.{pem,crt,cer,der,pfx,p12,p7b,p7c}'];

/** Serves one editor over a connection. Of the open files it keeps nothing that their text does not give. */
export function serve(connection: Connection): void {
  let trusted = true;
  let client: ClientCapabilities = {};
  let pulls = false;
  let refreshes = false;
  let watches = false;
  let folders: readonly string[] = [];
  const changed = new Set<string>();

  const surroundings = {
    mayReadFiles: () => trusted,
    workspaceOf,
    configurationOf: (file: string) => configurations.of(file, workspaceOf(file)),
  };
  const files = openFiles({
    ...surroundings,
    onSettled(uri, isChanged) {
      closed.show(files.configurations());
      onSettled(uri, isChanged);
    },
  });
  const openConfigs = openConfigurations(onSettled);
  const configurations = configurationsOnDisk(openConfigs.textOf);
  const closed = closedConfigurations(connection, (file) => openConfigs.textOf(file) !== undefined);
  const tests = testsDone();
  const stopTestEmail = serveTestEmail(connection, {
    files,
    isTrusted: () => trusted,
    workspaceOf,
    onDone(uri, scope, done) {
      tests.add(uri, scope, done);
      onSettled(uri, true);
    },
  });

  connection.onInitialize(({ capabilities, workspaceFolders, rootUri, initializationOptions }) => {
    const options: Partial<InitializationOptions> | undefined = initializationOptions;
    trusted = options?.trusted ?? true;
    client = capabilities;
    pulls = capabilities.textDocument?.diagnostic !== undefined;
    watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    refreshes = capabilities.workspace?.diagnostics?.refreshSupport === true;
    const roots = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    folders = roots.map((uri) => URI.parse(uri)).flatMap(({ scheme, fsPath }) => (scheme === 'file' ? [fsPath] : []));
    return {
      serverInfo: { name: 'farm-email' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        ...Object.assign({}, ...features.map((feature) => feature.capabilities)),
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        ...(pulls && { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } }),
      },
    };
  });

  connection.onInitialized(() => {
    if (!watches) return;
    const watchers = watchedGlobs.map((globPattern) => ({ globPattern }));
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    if (isConfiguration(uri)) {
      openConfigs.open(uri, version, text);
      closed.forget(uri);
      reconfigure();
    } else files.open(uri, languageId, version, text);
    if (!pulls) publishSoon(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    if (isConfiguration(uri)) {
      openConfigs.change(uri, version, contentChanges);
      reconfigure();
    } else files.change(uri, version, contentChanges);
    if (!pulls) publishSoon(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    files.close(uri);
    tests.forget(uri);
    openConfigs.close(uri);
    if (!pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    if (isConfiguration(uri)) reconfigure();
    else closed.show(files.configurations());
  });
  // What a file names on disk may have changed meanwhile.
  connection.onDidSaveTextDocument(refresh);
  connection.onDidChangeWatchedFiles(refresh);
  connection.onNotification(trustGrantedNotification, () => {
    trusted = true;
    refresh();
  });

  connection.languages.diagnostics.on(async ({ textDocument: { uri } }): Promise<DocumentDiagnosticReport> => {
    await settled(uri);
    return { kind: DocumentDiagnosticReportKind.Full, items: diagnosticsFor(uri) };
  });

  serveCheck(connection, surroundings);
  serveStatus(connection, files);
  for (const feature of features) feature.serve(connection, get, () => client);

  connection.onCodeAction(({ textDocument: { uri }, range, context: { only } }) => {
    const file = get(uri);
    if (file === undefined) return [];
    const wanted = (kind: string): boolean =>
      only === undefined || only.some((each) => `${kind}.`.startsWith(`${each}.`));
    const { document } = file.analysis;
    const actions: CodeAction[] = [];
    if (wanted(CodeActionKind.QuickFix)) {
      const [start, end] = [offsetAt(document, range.start), offsetAt(document, range.end)];
      actions.push(...quickFixes(file.analysis, start, end).map((fix) => quickFixAction(file, fix)));
      const tested = files.get(uri);
      if (tested) actions.push(...tests.offers(tested, start, end).map((offer) => recordAction(tested, offer)));
    }
    // Asked for by name only: it would stand among the quick fixes of every line.
    const all = only !== undefined && wanted(fixAllKind) ? fixAllAction(file) : undefined;
    return all === undefined ? actions : [...actions, all];
  });

  connection.onShutdown(stopTestEmail);
  connection.listen();

  function get(uri: string): OpenText | undefined {
    return files.get(uri) ?? openConfigs.get(uri);
  }

  function diagnosticsFor(uri: string): Diagnostic[] {
    const tested = files.get(uri);
    const file = tested ?? openConfigs.get(uri);
    return file === undefined ? [] : diagnosticsOf(file, tested && tests.findings(tested));
  }

  function settled(uri: string): Promise<void> | undefined {
    return files.settled(uri) ?? openConfigs.settled(uri);
  }

  function workspaceOf(file: string): string {
    return folders.find((folder) => isInside(folder, file)) ?? path.dirname(file);
  }

  function onSettled(uri: string, isChanged: boolean): void {
    if (!pulls) publishSoon(uri);
    else if (isChanged && refreshes) void connection.languages.diagnostics.refresh();
  }

  /** A configuration is another one now; what is open in the editor counts before what is saved. */
  function reconfigure(): void {
    configurations.forget();
    files.reconfigure();
  }

  function refresh(): void {
    configurations.forget();
    openConfigs.refresh();
    files.refresh();
  }

  /** No timer: the messages at hand are read first, then what changed is published once. */
  function publishSoon(uri: string): void {
    if (changed.size === 0) setImmediate(publish);
    changed.add(uri);
  }

  function publish(): void {
    const uris = [...changed];
    changed.clear();
    for (const uri of uris) {
      const file = get(uri);
      if (file === undefined || settled(uri) !== undefined) continue;
      void connection.sendDiagnostics({ uri, version: file.version, diagnostics: diagnosticsFor(uri) });
    }
  }
}
