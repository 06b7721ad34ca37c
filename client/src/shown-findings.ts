import { type Diagnostic, Disposable, languages, type Uri, workspace } from 'vscode';
import { type BaseLanguageClient, DocumentDiagnosticRequest } from 'vscode-languageclient';
import { isOfOtherServer, withoutDoubles } from './doubles.ts';
import { isChecked, isPartOf } from './files.ts';

/** Files that are no longer on disk. VS Code may keep their tabs open, but there is nothing left to repair. */
const gone = new Set<string>();

/** What of the server's findings is shown: nothing of a file that is gone, and nothing that another server shows already. */
export function shown(uri: Uri, findings: readonly Diagnostic[]): Diagnostic[] {
  return gone.has(uri.toString()) ? [] : withoutDoubles(findings, ofOthers(uri));
}

/** Asks for findings anew where other ones are to be shown. */
export function watchShown(client: BaseLanguageClient): Disposable {
  const others = new Map<string, string>();
  // Of all files: where a folder comes or goes, only the folder is named.
  const watcher = workspace.createFileSystemWatcher('**/*', false, true, false);

  function askAgain(uri: Uri): void {
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document === undefined || !client.isRunning()) return;
    client.getFeature(DocumentDiagnosticRequest.method).getProvider(document)?.onDidChangeDiagnosticsEmitter.fire();
  }

  async function look(changed: Uri): Promise<void> {
    const open = workspace.textDocuments.filter(({ uri }) => isChecked(uri) && isPartOf(uri, changed));
    for (const { uri } of open) {
      const isGone = !(await exists(uri));
      if (gone.has(uri.toString()) === isGone) continue;
      if (isGone) gone.add(uri.toString());
      else gone.delete(uri.toString());
      askAgain(uri);
    }
  }

  function reported(uri: Uri): void {
    const key = uri.toString();
    const now = JSON.stringify(ofOthers(uri).map(({ code, source, range }) => [code, source, range]));
    if (now === (others.get(key) ?? '[]')) return;
    if (now === '[]') others.delete(key);
    else others.set(key, now);
    askAgain(uri);
  }

  return Disposable.from(
    watcher,
    watcher.onDidCreate(look),
    watcher.onDidDelete(look),
    workspace.onDidCloseTextDocument(({ uri }) => void gone.delete(uri.toString())),
    languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) if (isChecked(uri)) reported(uri);
    }),
  );
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function ofOthers(uri: Uri): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter(isOfOtherServer);
}
