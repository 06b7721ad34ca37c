import { env, l10n, window } from 'vscode';
import { chooseTarget, type TargetArgs } from '../target.ts';
import { addressProblem } from './address.ts';
import type { TestTools } from './test-tools.ts';

/** Milliseconds for which the status bar says so. */
const shownFor = 6_000;

/** The command: a script for a server of the farm that sends the test email from there. Nothing is sent from here. */
export async function copyPowerShell(
  { server, recipients }: Pick<TestTools, 'server' | 'recipients'>,
  args: TargetArgs | undefined,
): Promise<void> {
  const target = await chooseTarget(server, args, l10n.t('Copy PowerShell'));
  if (target === undefined) return;
  const { document, scope } = target;
  const plan = await server.plan(document, scope.scope, { route: 'asConfigured' });
  if (plan.kind === 'refused') {
    await window.showErrorMessage(plan.reason);
    return;
  }
  const to = await window.showInputBox({
    title: l10n.t('Copy PowerShell'),
    prompt: l10n.t('Who receives the test email that the script sends?'),
    value: recipients.all()[0] ?? plan.plan.suggestedRecipients[0] ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => addressProblem(text.trim(), l10n.t),
  });
  if (to === undefined) return;
  const result = await server.powerShell(document, scope.scope, to.trim());
  if (result.kind === 'refused') {
    await window.showErrorMessage(result.reason);
    return;
  }
  await env.clipboard.writeText(result.script);
  const message = l10n.t('The script is on the clipboard. Run it in Windows PowerShell on a server of the farm.');
  window.setStatusBarMessage(`$(check) ${message}`, shownFor);
}
