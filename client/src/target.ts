import { commands, l10n, type QuickPickItem, type TextDocument, Uri, window, workspace } from 'vscode';
import type { SendScope } from '../../server/src/lsp/protocol.ts';
import { isFarmEmailFile } from './files.ts';
import { scopeAt } from './scope-at.ts';
import type { Server } from './server.ts';

/** What is tested. */
export interface Target {
  readonly document: TextDocument;
  readonly scope: SendScope;
}

/** Arguments of a lens's command. */
export interface TargetArgs {
  readonly uri: string;
  readonly scope: string;
}

/**
 * The target that the command's arguments name; without arguments the one at the cursor, the only one, or the one the
 * user picks, in a list with that title. Undefined after the user was told why there is none, or left the choice.
 */
export async function chooseTarget(
  server: Server,
  args: TargetArgs | undefined,
  title: string,
): Promise<Target | undefined> {
  const document = await documentOf(args);
  if (document === undefined) {
    const [newFile, sample] = [l10n.t('New Farm-Email File…'), l10n.t('Open Sample')];
    const answer = await window.showInformationMessage(l10n.t('Open a farm-email file first.'), newFile, sample);
    if (answer === newFile) await commands.executeCommand('farmEmail.newFile');
    if (answer === sample) await commands.executeCommand('farmEmail.openSample');
    return undefined;
  }
  const scopes = await server.scopes(document);
  if (scopes.length === 0) {
    await window.showInformationMessage(
      l10n.t('This file has no outgoing email settings yet, so there is nothing to test.'),
    );
    return undefined;
  }
  const scope =
    args === undefined
      ? (atCursor(document, scopes) ?? only(scopes))
      : scopes.find((each) => each.scope === args.scope);
  const chosen = scope ?? (await pickScope(scopes, title));
  return chosen && { document, scope: chosen };
}

/** Anyone can execute a command, so its arguments are read as a stranger's. */
export function targetArgs(value: unknown): TargetArgs | undefined {
  if (typeof value !== 'object' || value === null || !('uri' in value) || !('scope' in value)) return undefined;
  const { uri, scope } = value;
  return typeof uri === 'string' && typeof scope === 'string' ? { uri, scope } : undefined;
}

/** The open farm-email file in front of the user. */
export function activeFarmEmailFile(): TextDocument | undefined {
  const document = window.activeTextEditor?.document;
  return document !== undefined && isFarmEmailFile(document.uri) ? document : undefined;
}

async function documentOf(args: TargetArgs | undefined): Promise<TextDocument | undefined> {
  if (args === undefined) return activeFarmEmailFile();
  const uri = Uri.parse(args.uri);
  return isFarmEmailFile(uri) ? workspace.openTextDocument(uri) : undefined;
}

function atCursor(document: TextDocument, scopes: readonly SendScope[]): SendScope | undefined {
  const editor = window.activeTextEditor;
  return editor?.document === document ? scopeAt(scopes, editor.selection.active) : undefined;
}

function only(scopes: readonly SendScope[]): SendScope | undefined {
  return scopes.length === 1 ? scopes[0] : undefined;
}

async function pickScope(scopes: readonly SendScope[], title: string): Promise<SendScope | undefined> {
  const items = scopes.map((scope): QuickPickItem & { scope: SendScope } => ({ label: scope.title, scope }));
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Whose settings should be tested?'),
  });
  return picked?.scope;
}
