import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import type { PlanResult, Route } from '../../server/src/lsp/protocol.ts';
import { routeDetail } from './confirmation.ts';
import { recipientProblem } from './recipient.ts';
import { ask, type Step } from './steps.ts';
import { visible } from './visible.ts';

/** What the user decides before the plan is shown. */
export interface Order {
  readonly to: string;
  readonly route: Route;
}

/** The plan of each route, as it stands before anything was chosen. */
export type RoutePlans = Readonly<Record<Route, PlanResult>>;

const totalSteps = 2;

/** Recipient, then route, with a way back; undefined where the user left. */
export async function askOrder(title: string, plans: RoutePlans, last: Order | undefined): Promise<Order | undefined> {
  let to = last?.to;
  for (;;) {
    const recipient = await ask(recipientStep(title, to, suggestions(plans)));
    if (recipient.kind !== 'value') return undefined;
    to = recipient.value;
    const route = await ask(routeStep(title, plans));
    if (route.kind === 'value') return { to, route: route.value };
    if (route.kind === 'left') return undefined;
  }
}

function suggestions(plans: RoutePlans): readonly string[] {
  const { asConfigured } = plans;
  const { suggestedRecipients } = asConfigured.kind === 'plan' ? asConfigured.plan : asConfigured;
  return [...new Set(suggestedRecipients)].filter((to) => recipientProblem(to, l10n.t) === undefined);
}

interface RecipientItem extends QuickPickItem {
  /** Absent on the item that stands for what is typed. */
  readonly to?: string;
}

/** @param chosen The answer of before, when the user came back. */
function recipientStep(
  title: string,
  chosen: string | undefined,
  suggested: readonly string[],
): Step<RecipientItem, string> {
  const known = [
    ...(chosen === undefined ? [] : [recipientItem(chosen, l10n.t('chosen before'))]),
    ...suggested.filter((to) => to !== chosen).map((to) => recipientItem(to, l10n.t('from testEmail.to'))),
  ];
  return {
    title,
    step: 1,
    totalSteps,
    placeholder: l10n.t('Who receives the test email? Pick an address, or type one.'),
    items(typed) {
      const text = typed.trim();
      const isKnown = known.some(({ to }) => to === text);
      return isKnown || (text === '' && known.length > 0) ? known : [typedRecipient(text), ...known];
    },
    // What is typed is read at Enter: the list may still be one keystroke behind.
    accept(item, typed) {
      if (item?.to !== undefined) return item.to;
      const text = typed.trim();
      return recipientProblem(text, l10n.t) === undefined ? text : undefined;
    },
  };
}

function recipientItem(to: string, description: string): RecipientItem {
  return { to, label: to, description, iconPath: new ThemeIcon('mail') };
}

function typedRecipient(text: string): RecipientItem {
  const problem = recipientProblem(text, l10n.t);
  return problem === undefined
    ? { label: text, description: l10n.t('this address'), iconPath: new ThemeIcon('mail'), alwaysShow: true }
    : { label: problem, iconPath: new ThemeIcon('info'), alwaysShow: true };
}

interface RouteItem extends QuickPickItem {
  readonly route: Route;
}

function routeStep(title: string, plans: RoutePlans): Step<RouteItem, Route> {
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
