import { commands, l10n, window, workspace } from 'vscode';

/** The first gate of whatever reaches the network. In Restricted Mode it says why, and leads to the way out. */
export async function isTrusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = l10n.t('Manage Workspace Trust');
  const answer = await window.showWarningMessage(
    l10n.t(
      'Nothing is sent or probed in Restricted Mode: the files of this folder decide where mail and passwords go.',
    ),
    manage,
  );
  if (answer === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}
