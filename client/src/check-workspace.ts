import {
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  l10n,
  languages,
  ProgressLocation,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { configurationPattern, farmEmailPattern, isFarmEmailFile, isPartOf } from './files.ts';
import type { Server } from './server.ts';
import { visible } from './visible.ts';

/**
 * Checks files that are not open. What is found stays in Problems until the file is opened (from then on the language
 * server reports it as of any open file), changed or gone: never twice, and never stale.
 */
export interface WorkspaceCheck extends Disposable {
  run(): Promise<void>;
}

export function createWorkspaceCheck(server: Server): WorkspaceCheck {
  const found = languages.createDiagnosticCollection('farm-email-workspace');
  const checked = new Map<string, Uri>();
  const watchers = [farmEmailPattern, configurationPattern].map((pattern) =>
    workspace.createFileSystemWatcher(pattern, false, false, true),
  );
  // Of all files: where a folder goes, only the folder is named.
  const deletions = workspace.createFileSystemWatcher('**/*', true, true, false);
  const subscriptions: Disposable[] = [found, ...watchers, deletions];

  const isOpen = (uri: Uri): boolean => workspace.textDocuments.some((each) => each.uri.toString() === uri.toString());
  const forget = (uri: Uri): void => {
    checked.delete(uri.toString());
    found.delete(uri);
  };

  /** The findings of one file, in Problems unless it is open. Undefined where it cannot be read. */
  async function check(uri: Uri): Promise<readonly Diagnostic[] | undefined> {
    const text = await read(uri);
    if (text === undefined) {
      forget(uri);
      return undefined;
    }
    const diagnostics = await server.check(uri, text);
    checked.set(uri.toString(), uri);
    if (isOpen(uri)) found.delete(uri);
    else found.set(uri, diagnostics);
    return diagnostics;
  }

  async function again(uris: readonly Uri[]): Promise<void> {
    for (const uri of uris) await check(uri).catch(() => forget(uri));
  }

  const changed = (uri: Uri): void => {
    // A configuration decides what is found in other files.
    if (!isFarmEmailFile(uri)) void again([...checked.values()]);
    else if (checked.has(uri.toString())) void again([uri]);
  };
  for (const watcher of watchers) {
    subscriptions.push(watcher.onDidCreate(changed), watcher.onDidChange(changed));
  }
  const deleted = (place: Uri): void => {
    const lost = [...checked.values()].filter((uri) => isPartOf(uri, place));
    lost.forEach(forget);
    for (const uri of lost) if (!isFarmEmailFile(uri)) changed(uri);
  };
  subscriptions.push(
    deletions.onDidDelete(deleted),
    workspace.onDidOpenTextDocument(({ uri }) => found.delete(uri)),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (checked.has(uri.toString())) void again([uri]);
    }),
  );

  return {
    async run() {
      const uris = [
        ...(await workspace.findFiles(farmEmailPattern)),
        ...(await workspace.findFiles(configurationPattern)),
      ];
      if (uris.length === 0) {
        await tellOfNone();
        return;
      }
      uris.sort((a, b) => (a.path < b.path ? -1 : 1));
      const all: Diagnostic[] = [];
      const unread: Uri[] = [];
      let done = 0;
      const cancelled = await window.withProgress(
        { location: ProgressLocation.Notification, title: l10n.t('Checking farm-email files'), cancellable: true },
        async (progress, token) => {
          for (const uri of uris) {
            if (token.isCancellationRequested) return true;
            const message = l10n.t('{0} of {1}: {2}', done + 1, uris.length, visible(workspace.asRelativePath(uri)));
            progress.report({ message, increment: 100 / uris.length });
            const diagnostics = await check(uri);
            if (diagnostics === undefined) unread.push(uri);
            else all.push(...diagnostics);
            done++;
          }
          return false;
        },
      );
      await tell({ all, done, total: uris.length, unread, cancelled });
    },
    dispose: () => subscriptions.forEach((each) => void each.dispose()),
  };
}

/** The text of a file; undefined where it is gone, or cannot be read. */
async function read(uri: Uri): Promise<string | undefined> {
  const open = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    const bytes = await workspace.fs.readFile(uri);
    // What is not UTF-8 shows as such: the language server refuses U+0000.
    return isUtf8(bytes) ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : '\0';
  } catch {
    return undefined;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

async function tellOfNone(): Promise<void> {
  const isEmpty = (workspace.workspaceFolders ?? []).length === 0;
  const newFile = l10n.t('New Farm-Email File…');
  const message = isEmpty
    ? l10n.t('No folder is open, so there is nothing to check.')
    : l10n.t(
        'There is no farm-email file in this workspace: none is called farm-email.yaml or *.farm-email.yaml (or .yml, .json, .jsonc).',
      );
  const answer = await window.showInformationMessage(message, newFile);
  if (answer === newFile) await commands.executeCommand('farmEmail.newFile');
}

interface Outcome {
  readonly all: readonly Diagnostic[];
  readonly done: number;
  readonly total: number;
  readonly unread: readonly Uri[];
  readonly cancelled: boolean;
}

async function tell({ all, done, total, unread, cancelled }: Outcome): Promise<void> {
  const count = (severity: DiagnosticSeverity): number => all.filter((each) => each.severity === severity).length;
  const [errors, warnings] = [count(DiagnosticSeverity.Error), count(DiagnosticSeverity.Warning)];
  const others = all.length - errors - warnings;
  const checkedFiles = cancelled
    ? l10n.t('Cancelled after {0} of {1} files.', done, total)
    : l10n.t('Files checked: {0}.', done - unread.length);
  const findings =
    all.length === 0
      ? l10n.t('Nothing was found.')
      : l10n.t('Errors: {0}, warnings: {1}, others: {2}.', errors, warnings, others);
  const lost = unread.map((uri) => visible(workspace.asRelativePath(uri))).join(', ');
  const notRead = unread.length === 0 ? '' : l10n.t('Not read: {0}.', lost);
  const show = l10n.t('Show Problems');
  const message = [checkedFiles, findings, notRead].filter((part) => part !== '').join(' ');
  const answer = await window.showInformationMessage(message, ...(all.length > 0 ? [show] : []));
  if (answer === show) await commands.executeCommand('workbench.actions.view.problems');
}
