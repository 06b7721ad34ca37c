import { l10n, window } from 'vscode';
import type { NeededSecret, SendParams } from '../../../server/src/lsp/protocol.ts';
import { visible } from '../visible.ts';
import { type Confirmation, confirmationDetail } from './confirmation.ts';
import type { Passwords } from './passwords.ts';

/**
 * The modal dialog without which nothing is sent or probed. VS Code makes the first button the one that Enter presses, so
 * that one goes back to the choices: whoever presses Enter through the steps without reading sends nothing.
 */
export async function confirm(question: string, confirmation: Confirmation): Promise<'yes' | 'change' | undefined> {
  const change = l10n.t('Change…');
  const yes = confirmation.plan.purpose === 'send' ? l10n.t('Send') : l10n.t('Probe');
  const detail = confirmationDetail(confirmation, l10n.t);
  const answer = await window.showInformationMessage(question, { modal: true, detail }, change, yes);
  if (answer === yes) return 'yes';
  return answer === change ? 'change' : undefined;
}

/** Passwords for a test: what goes to the request, and which of them the user typed. */
export interface Secrets {
  readonly secrets: SendParams['secrets'];
  readonly typed: readonly NeededSecret[];
}

/** Those that are kept, and what is asked for; undefined where the user left. The text is handed on and kept nowhere. */
export async function askSecrets(
  title: string,
  needs: readonly NeededSecret[],
  passwords: Passwords,
): Promise<Secrets | undefined> {
  const secrets: SendParams['secrets'] = {};
  const typed: NeededSecret[] = [];
  for (const need of needs) {
    const kept = need.place && (await passwords.of(need.place));
    const text = kept ?? (await askPassword(title, need));
    if (text === undefined) return undefined;
    secrets[need.id] = text;
    if (kept === undefined) typed.push(need);
  }
  return { secrets, typed };
}

function askPassword(title: string, { prompt }: NeededSecret): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    prompt: visible(prompt),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value === '' ? l10n.t('Enter it, or press Escape to stop here.') : undefined),
  });
}
