import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  type QuickPickItem,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { SendScope } from '../../server/src/lsp/protocol.ts';
import { textInHead } from './git-head.ts';
import type { Server } from './server.ts';
import { chooseTarget, type Target, type TargetArgs } from './target.ts';
import { visible } from './visible.ts';

const scheme = 'farm-email-effective';

/** Read-only documents with the settings in force for the farm or a web application. */
export interface EffectiveSettings extends Disposable {
  show(args: TargetArgs | undefined): Promise<void>;
  /** Side by side with another web application, or with the farm. */
  compare(args: TargetArgs | undefined): Promise<void>;
  /** Side by side with what git's HEAD says of the same web application. */
  compareWithHead(args: TargetArgs | undefined): Promise<void>;
}

/** What one of these documents is of. */
interface Source {
  readonly uri: string;
  readonly webApplication?: string;
  readonly version: 'open' | 'HEAD';
}

export function createEffectiveSettings(server: Server): EffectiveSettings {
  const changed = new EventEmitter<Uri>();
  const subscriptions = [
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => textOf(server, sourceOf(uri)),
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      const uri = document.uri.toString();
      for (const { uri: shown } of workspace.textDocuments) {
        if (shown.scheme === scheme && sourceOf(shown).uri === uri) changed.fire(shown);
      }
    }),
  ];

  return {
    async show(args) {
      const target = await choose(server, args, l10n.t('Effective settings'));
      if (target === undefined) return;
      const document = await workspace.openTextDocument(documentOf(target.document, target.scope, 'open'));
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
    },

    async compare(args) {
      const target = await choose(server, args, l10n.t('Compare effective settings'));
      const other = target && (await pickOther(server, target));
      if (target === undefined || other === undefined) return;
      const { document, scope } = target;
      await diff(
        documentOf(document, scope, 'open'),
        documentOf(document, other, 'open'),
        l10n.t('{0} ↔ {1} (effective settings)', visible(scope.title), visible(other.title)),
      );
    },

    async compareWithHead(args) {
      const target = await choose(server, args, l10n.t('Compare effective settings with HEAD'));
      if (target === undefined) return;
      const { document, scope } = target;
      const head = await textInHead(document.uri);
      if ('reason' in head) {
        await window.showInformationMessage(head.reason);
        return;
      }
      await diff(
        documentOf(document, scope, 'HEAD'),
        documentOf(document, scope, 'open'),
        l10n.t('{0}: HEAD ↔ now (effective settings)', visible(scope.title)),
      );
    },

    dispose: () => subscriptions.forEach((each) => void each.dispose()),
  };
}

/** A web application is found again by its URL, in another version of the file as well. */
async function choose(server: Server, args: TargetArgs | undefined, title: string): Promise<Target | undefined> {
  const target = await chooseTarget(server, args, title);
  if (target === undefined || isFound(target.scope)) return target;
  await window.showInformationMessage(l10n.t('{0} has no URL yet; give it one first.', visible(target.scope.title)));
  return undefined;
}

function isFound({ scope, url }: SendScope): boolean {
  return scope === '/farm' || url !== undefined;
}

async function pickOther(server: Server, { document, scope }: Target): Promise<SendScope | undefined> {
  const others = (await server.scopes(document)).filter((each) => each.scope !== scope.scope && isFound(each));
  if (others.length === 0) {
    await window.showInformationMessage(l10n.t('There is nothing to compare with: the file has no other settings.'));
    return undefined;
  }
  const items = others.map((other): QuickPickItem & { other: SendScope } => ({
    label: other.title,
    ...(other.url === undefined ? {} : { description: other.url }),
    other,
  }));
  const title = l10n.t('Compare {0} with …', visible(scope.title));
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('Whose settings stand on the right?') }))
    ?.other;
}

function documentOf({ uri }: TextDocument, { title, url }: SendScope, version: Source['version']): Uri {
  const source: Source = { uri: uri.toString(), ...(url === undefined ? {} : { webApplication: url }), version };
  const name = visible(title)
    .replace(/^https?:\/\//, '')
    .replace(/[\\/:*?"<>|]+/g, ' ')
    .trim();
  const path = version === 'open' ? `/${name} (effective).yaml` : `/${name} (effective, HEAD).yaml`;
  return Uri.from({ scheme, path, query: JSON.stringify(source) });
}

function sourceOf({ query }: Uri): Source {
  return JSON.parse(query);
}

async function textOf(server: Server, { uri, webApplication, version }: Source): Promise<string> {
  // Opened, should it have been closed meanwhile: the language server answers for open files.
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const head = version === 'HEAD' ? await textInHead(document.uri) : undefined;
  if (head !== undefined && 'reason' in head) return `# ${head.reason}\n`;
  const result = await server.effective(document, webApplication, head?.text);
  return result.kind === 'effective' ? result.text : `# ${result.reason}\n`;
}

async function diff(left: Uri, right: Uri, title: string): Promise<void> {
  await commands.executeCommand('vscode.diff', left, right, title);
}
