import { EventEmitter, type ExtensionContext, l10n, Uri, window, workspace } from 'vscode';
import { type HistoryEntry, historyText } from './history-text.ts';

/** The last tests from this workspace, in VS Code's state. */
export interface History {
  add(entry: HistoryEntry): Promise<void>;
  show(): Promise<void>;
  clear(): Promise<void>;
}

const scheme = 'farm-email-history';
const key = 'farmEmail.history';
const most = 50;

export function createHistory({ workspaceState, subscriptions }: ExtensionContext): History {
  const changed = new EventEmitter<Uri>();
  const uri = Uri.from({ scheme, path: `/${l10n.t('Test history')}` });
  const all = (): readonly HistoryEntry[] => workspaceState.get<readonly HistoryEntry[]>(key, []);
  const set = async (entries: readonly HistoryEntry[]): Promise<void> => {
    await workspaceState.update(key, entries);
    changed.fire(uri);
  };
  subscriptions.push(
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => historyText(all(), l10n.t),
    }),
  );
  return {
    add: (entry) => set([entry, ...all()].slice(0, most)),
    async show() {
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
    },
    async clear() {
      const count = all().length;
      await set([]);
      await window.showInformationMessage(l10n.t('Tests forgotten: {0}.', count));
    },
  };
}
