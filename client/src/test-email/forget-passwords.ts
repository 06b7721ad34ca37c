import { l10n, type QuickPickItem, window } from 'vscode';
import { placeLabel } from './password-labels.ts';
import type { KeptPassword, Passwords } from './passwords.ts';

/** The command: which of the passwords that are kept are to be forgotten. */
export async function forgetPasswords(passwords: Passwords): Promise<void> {
  const kept = passwords.all();
  if (kept.length === 0) {
    await window.showInformationMessage(l10n.t('No password is kept. One is kept only where you say so after a test.'));
    return;
  }
  const items = kept.map((each): QuickPickItem & { kept: KeptPassword } => ({
    label: placeLabel(each.place, l10n.t),
    description: l10n.t('since {0}', each.since.slice(0, 10)),
    picked: kept.length === 1,
    kept: each,
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Forget passwords'),
    placeHolder: l10n.t('Which are to be forgotten?'),
    canPickMany: true,
  });
  if (chosen === undefined || chosen.length === 0) return;
  await passwords.forget(chosen.map((each) => each.kept.place));
  await window.showInformationMessage(l10n.t('Passwords forgotten: {0}.', chosen.length));
}
