import { l10n, ProgressLocation, window } from 'vscode';
import type { PlanSummary, Purpose, Route, SendParams } from '../../server/src/lsp/protocol.ts';
import { askSecrets, confirm } from './confirm.ts';
import type { Confirmation } from './confirmation.ts';
import type { Server } from './server.ts';
import type { Target } from './target.ts';

/** What is to be approved. */
export interface Wish extends Omit<Confirmation, 'plan' | 'unsaved'> {
  /** Of the boxes that ask for passwords. */
  readonly title: string;
  /** Of the dialog. */
  readonly question: string;
  readonly route: Route;
  readonly purpose: Purpose;
}

/** A plan the user has seen and said yes to. */
export interface Approved {
  readonly plan: PlanSummary;
  readonly secrets: SendParams['secrets'];
}

/**
 * The plan, the dialog, the passwords: all that stands between the choices and the one request that reaches a mail server.
 * `change` leads back to the choices; undefined after the user was told why there is no plan, or said no.
 */
export async function approve(server: Server, target: Target, wish: Wish): Promise<Approved | 'change' | undefined> {
  const { document, scope } = target;
  const { title, question, route, purpose, ...shown } = wish;
  // Asked anew: the file may have changed since the choices, and the plan that is shown is the plan that counts.
  const result = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t('Looking up the mail server…') },
    () => server.plan(document, scope.scope, { route, purpose, resolve: true }),
  );
  if (result.kind === 'refused') {
    await window.showErrorMessage(result.reason);
    return undefined;
  }
  const { plan } = result;
  const answer = await confirm(question, { ...shown, plan, unsaved: document.isDirty });
  if (answer !== 'yes') return answer;
  const secrets = await askSecrets(title, plan.needs);
  return secrets && { plan, secrets };
}
