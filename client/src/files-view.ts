import { type Disposable, EventEmitter, type TreeDataProvider, TreeItem, type Uri, window, workspace } from 'vscode';
import { configurationPattern, farmEmailPattern } from './files.ts';

/** The view in the Explorer: the farm-email files of the workspace, with VS Code's own colours for what is wrong in them. */
export function createFilesView(): Disposable {
  const changed = new EventEmitter<void>();
  const watchers = [farmEmailPattern, configurationPattern].map((pattern) =>
    workspace.createFileSystemWatcher(pattern),
  );
  const provider: TreeDataProvider<Uri> = {
    onDidChangeTreeData: changed.event,
    async getChildren(parent) {
      if (parent !== undefined) return [];
      const found = await Promise.all(
        [farmEmailPattern, configurationPattern].map((each) => workspace.findFiles(each)),
      );
      return found.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    getTreeItem(uri) {
      const item = new TreeItem(uri);
      item.label = workspace.asRelativePath(uri);
      item.command = { title: '', command: 'vscode.open', arguments: [uri] };
      return item;
    },
  };
  const events = watchers.flatMap((watcher) => [
    watcher.onDidCreate(() => changed.fire()),
    watcher.onDidDelete(() => changed.fire()),
  ]);
  const view = window.createTreeView('farmEmail.files', { treeDataProvider: provider });
  const all: Disposable[] = [changed, ...watchers, ...events, view];
  return { dispose: () => all.forEach((each) => void each.dispose()) };
}
