import { commands, env, l10n, UIKind, Uri, window } from 'vscode';
import type { InboxState } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';
import { isTrusted } from '../trust.ts';

/** The command: starts the inbox, or says where it runs already. */
export async function showInbox(server: Server): Promise<void> {
  if (!(await isTrusted())) return;
  const answer = await server.startInbox();
  if (answer.kind === 'refused') {
    await window.showErrorMessage(answer.reason);
    return;
  }
  const { inbox, alreadyRunning } = answer;
  const address = `${inbox.host}:${inbox.port}`;
  const message = alreadyRunning
    ? l10n.t('The local inbox already runs at {0} and keeps its messages in {1}.', address, inbox.folder)
    : l10n.t('The local inbox now runs at {0} and keeps its messages in {1}.', address, inbox.folder);
  const open = l10n.t('Open Folder');
  if ((await window.showInformationMessage(message, open)) === open) await openFolder(inbox);
}

async function openFolder({ folder }: InboxState): Promise<void> {
  const uri = Uri.file(folder);
  const isLocal = env.remoteName === undefined && env.uiKind === UIKind.Desktop;
  if (isLocal) await commands.executeCommand('revealFileInOS', uri);
  // The computer's own file browser would look for the folder on another computer.
  else await commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
}
