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
} from 'vscode-languageserver';
import { offsetAt } from '../document/places.ts';
import { quickFixes } from '../ide/quick-fixes.ts';
import { configurationGlob } from '../lint/file-names.ts';
import { serveCheck } from './check.ts';
import { closedConfigurations } from './closed-configurations.ts';
import { diagnosticsOf, fixAllAction, fixAllKind, type OpenText, quickFixAction, recordAction } from './convert.ts';
import { features } from './features.ts';
import { isConfiguration, openConfigurations } from './open-configurations.ts';
import { openFiles } from './open-files.ts';
import { noTests, type Platform } from './platform.ts';
import { type InitializationOptions, trustGrantedNotification } from './protocol.ts';
import { serveStatus } from './status.ts';

/** What is watched on disk: configurations, and files of certificates. */
const watchedGlobs = [configurationGlob, '**/*.{pem,crt,cer,der,pfx,p12,p7b,p7c}'];

/** Serves one editor over a connection. Of the open files it keeps nothing that their text does not give. */
export function serve(connection: Connection, platform: Platform): void {
  let trusted = true;
  let client: ClientCapabilities = {};
  let pulls = false;
  let refreshes = false;
  let watches = false;
  let followsFolders = false;
  let folders: readonly string[] = [];
  const changed = new Set<string>();

  const openConfigs = openConfigurations(() => around, onSettled);
  const around = platform.surroundings(connection, openConfigs.textOf);
  const reading = { today: platform.today, around, mayReadFiles: () => trusted };
  const files = openFiles({
    ...reading,
    onSettled(uri, isChanged) {
      closed.show(files.configurations());
      onSettled(uri, isChanged);
    },
  });
  const closed = closedConfigurations(connection, (uri) => openConfigs.textOf(uri) !== undefined);
  const tests =
    platform.tests?.(connection, {
      files,
      isTrusted: () => trusted,
      folders: () => folders,
      onDone: (uri) => onSettled(uri, true),
    }) ?? noTests;

  connection.onInitialize(({ capabilities, workspaceFolders, rootUri, initializationOptions }) => {
    const options: Partial<InitializationOptions> | undefined = initializationOptions;
    trusted = options?.trusted ?? true;
    client = capabilities;
    pulls = capabilities.textDocument?.diagnostic !== undefined;
    watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    refreshes = capabilities.workspace?.diagnostics?.refreshSupport === true;
    setFolders(workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []));
    followsFolders = capabilities.workspace?.workspaceFolders === true;
    return {
      serverInfo: { name: 'farm-email' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...Object.assign({}, ...features.map((feature) => feature.capabilities)),
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        ...(pulls && { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } }),
      },
    };
  });

  connection.onInitialized(() => {
    if (followsFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        setFolders([...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)]);
        refresh();
      });
    }
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

  serveCheck(connection, reading);
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

  connection.onShutdown(() => tests.stop());
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

  function setFolders(uris: readonly string[]): void {
    folders = uris;
    around.setFolders(uris);
  }

  function onSettled(uri: string, isChanged: boolean): void {
    if (!pulls) publishSoon(uri);
    else if (isChanged && refreshes) void connection.languages.diagnostics.refresh();
  }

  /** A configuration is another one now; what is open in the editor counts before what is saved. */
  function reconfigure(): void {
    around.forget();
    files.reconfigure();
  }

  function refresh(): void {
    around.forget();
    openConfigs.refresh();
    files.refresh();
  }

  /** No timer: the messages at hand are read first, then what changed is published once. */
  function publishSoon(uri: string): void {
    if (changed.size === 0) platform.soon(publish);
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
