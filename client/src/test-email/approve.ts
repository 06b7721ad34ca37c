import { env, l10n, ProgressLocation, window } from 'vscode';
import type { PlanSummary, Purpose, Route } from '../../../server/src/lsp/protocol.ts';
import type { Target } from '../target.ts';
import { askSecrets, confirm, type Secrets } from './confirm.ts';
import type { Confirmation } from './confirmation.ts';
import { passesErrors } from './error-gate.ts';
import { placeLabel } from './password-labels.ts';
import type { TestTools } from './test-tools.ts';

/** What is to be approved. */
export interface Wish
  extends Pick<Confirmation, 'to' | 'goesOn' | 'outsideRecipient' | 'otherSender' | 'comparePorts'> {
  /** Of the boxes that ask for passwords. */
  readonly title: string;
  /** Of the dialog. */
  readonly question: string;
  readonly route: Route;
  readonly purpose: Purpose;
}

/** A plan the user has seen and said yes to. */
export interface Approved extends Secrets {
  readonly plan: PlanSummary;
}

/**
 * The plan, the errors in its settings, the dialog, the passwords: all that stands between the choices and the one request
 * that reaches a mail server. `change` leads back to the choices; undefined after the user was told why there is no plan, or
 * said no.
 */
export async function approve(tools: TestTools, target: Target, wish: Wish): Promise<Approved | 'change' | undefined> {
  const { server, passwords, destinations, recipients } = tools;
  const { document, scope } = target;
  const { title, question, route, purpose, ...shown } = wish;
  // Asked anew: the file may have changed since the choices, and the plan that is shown is the plan that counts.
  const result = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t('Looking up the mail server…') },
    () => server.plan(document, scope.scope, { route, purpose, resolve: true, to: wish.to }),
  );
  if (result.kind === 'refused') {
    const change = l10n.t('Change…');
    return (await window.showErrorMessage(result.reason, change)) === change ? 'change' : undefined;
  }
  const { plan } = result;
  if (purpose === 'send' && !(await passesErrors(target, plan))) return undefined;
  const confirmation: Confirmation = {
    ...shown,
    plan,
    isFirst: !destinations.isKnown(plan),
    remote: env.remoteName,
    kept: await keptFor(plan, tools),
    unsaved: document.isDirty,
  };
  const answer = await confirm(question, confirmation);
  if (answer !== 'yes') return answer;
  const secrets = await askSecrets(title, plan.needs, passwords);
  if (secrets === undefined) return undefined;
  await Promise.all([destinations.used(plan), recipients.used(wish.to)]);
  return { plan, ...secrets };
}

async function keptFor({ needs }: PlanSummary, { passwords }: TestTools): Promise<readonly string[]> {
  const places = await Promise.all(
    needs.map(async ({ place }) => (place && (await passwords.of(place)) !== undefined ? [place] : [])),
  );
  return places.flat().map((place) => placeLabel(place, l10n.t));
}
