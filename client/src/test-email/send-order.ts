import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import type { PlanResult, Route } from '../../../server/src/lsp/protocol.ts';
import { visible } from '../visible.ts';
import { routeDetail } from './confirmation.ts';
import { askInTurn } from './in-turn.ts';
import { recipientStep, suggestedRecipients } from './recipient-step.ts';
import type { Recipients } from './recipients.ts';
import { askChoice, type Choice } from './steps.ts';

/** What the user decides about a test email before its plan is shown. */
export interface SendOrder {
  readonly to: string;
  readonly route: Route;
}

/** The plan of each route, as it stands before anything was chosen. */
export type RoutePlans = Readonly<Record<Route, PlanResult>>;

const totalSteps = 2;

/** Recipient, then route, with a way back; undefined where the user left. */
export async function askSendOrder(
  title: string,
  plans: RoutePlans,
  last: SendOrder | undefined,
  recipients: Recipients,
): Promise<SendOrder | undefined> {
  const order: { to?: string; route?: Route } = last === undefined ? {} : { to: last.to };
  const steps = [
    async () => {
      const placeholder = l10n.t('Who receives the test email? Pick an address, or type one.');
      const suggested = suggestedRecipients(plans.asConfigured);
      const answer = await askChoice(
        recipientStep({ title, totalSteps, placeholder }, order.to, suggested, recipients),
      );
      if (answer.kind === 'value') order.to = answer.value;
      return answer.kind;
    },
    async () => {
      const answer = await askChoice(routeStep(title, plans));
      if (answer.kind === 'value') order.route = answer.value;
      return answer.kind;
    },
  ];
  await askInTurn((index) => steps[index]);
  const { to, route } = order;
  return to === undefined || route === undefined ? undefined : { to, route };
}

interface RouteItem extends QuickPickItem {
  readonly route: Route;
}

function routeStep(title: string, plans: RoutePlans): Choice<RouteItem, Route> {
  const isPossible = plans.asConfigured.kind === 'plan';
  const asConfigured: RouteItem = {
    route: 'asConfigured',
    label: l10n.t('As configured'),
    ...(isPossible ? {} : { description: l10n.t('not possible') }),
    detail: detailOf(plans.asConfigured),
    iconPath: new ThemeIcon('server'),
  };
  const localInbox: RouteItem = {
    route: 'localInbox',
    label: l10n.t('Local inbox'),
    description: l10n.t('nothing leaves this computer'),
    // Before the inbox runs, its port is not known.
    detail: plans.localInbox.kind === 'plan' ? detailOf(plans.localInbox) : l10n.t('127.0.0.1, started when chosen'),
    iconPath: new ThemeIcon('inbox'),
  };
  // The first one is what Enter chooses. What is not possible stays in the list and says why when chosen.
  const items = isPossible ? [asConfigured, localInbox] : [localInbox, asConfigured];
  return {
    title,
    step: 2,
    totalSteps,
    placeholder: l10n.t('Where does it go?'),
    items: () => items,
    accept: (item) => item?.route,
  };
}

function detailOf(result: PlanResult): string {
  return result.kind === 'plan' ? routeDetail(result.plan, l10n.t) : visible(result.reason);
}
