import {
  commands,
  type ExtensionContext,
  l10n,
  Position,
  type QuickPickItem,
  SnippetString,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { sampleText } from './sample.ts';
import type { Server } from './server.ts';

/** The command: a new file with what such a file begins with. Nothing is written to disk until the user saves it. */
export async function newFile(server: Server): Promise<void> {
  const [yaml, json] = await Promise.all([server.newFile('yaml'), server.newFile('json')]);
  const choice = (format: 'yaml' | 'json') => (each: (typeof yaml)[number]) => ({
    label: each.title,
    description: format === 'yaml' ? 'YAML' : 'JSON',
    detail: each.detail,
    name: `farm-email.${format}`,
    snippet: each.snippet,
  });
  const items: (QuickPickItem & { name: string; snippet: string })[] = [
    ...yaml.map(choice('yaml')),
    ...json.map(choice('json')),
  ];
  const title = l10n.t('New farm-email file');
  const picked = await window.showQuickPick(items, { title, placeHolder: l10n.t('How does the farm send mail?') });
  const folder = picked && (await folderFor());
  if (picked === undefined || folder === undefined) return;
  const document = await workspace.openTextDocument(await untitled(folder, picked.name));
  const editor = await window.showTextDocument(document);
  await editor.insertSnippet(new SnippetString(picked.snippet), new Position(0, 0));
}

/** The command: a file with one mistake to try things on. */
export async function openSample(): Promise<void> {
  const document = await workspace.openTextDocument(Uri.from({ scheme: 'untitled', path: 'sample.farm-email.yaml' }));
  if (document.getText() === '') await fill(document, sampleText);
  await window.showTextDocument(document);
}

/** The command. */
export async function openWalkthrough({ extension }: ExtensionContext): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#firstMinutes`, false);
}

async function fill(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(0, 0), text);
  await workspace.applyEdit(edit);
}

/** `none` where no folder is open; undefined where the user left. */
async function folderFor(): Promise<Uri | 'none' | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length < 2) return folders[0]?.uri ?? 'none';
  return (await window.showWorkspaceFolderPick())?.uri;
}

/** A place for it under a name that no file has yet. */
async function untitled(folder: Uri | 'none', name: string): Promise<Uri> {
  if (folder === 'none') return Uri.from({ scheme: 'untitled', path: name });
  for (let count = 1; ; count++) {
    const file = Uri.joinPath(folder, count === 1 ? name : `farm${count}.${name}`);
    const isTaken = await workspace.fs.stat(file).then(
      () => true,
      () => false,
    );
    if (!isTaken) return file.with({ scheme: 'untitled' });
  }
}
