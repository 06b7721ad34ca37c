import { l10n, type QuickInputButton, type QuickPickItem, ThemeIcon } from 'vscode';
import type { PlanResult } from '../../../server/src/lsp/protocol.ts';
import { addressProblem } from './address.ts';
import type { Recipients } from './recipients.ts';
import type { Choice } from './steps.ts';

interface RecipientItem extends QuickPickItem {
  /** Absent on the item that stands for what is typed. */
  readonly to?: string;
}

/** The first step of a test: the one recipient. `chosen` is the answer of before, when the user came back. */
export function recipientStep(
  step: Pick<Choice<RecipientItem, string>, 'title' | 'totalSteps' | 'placeholder'>,
  chosen: string | undefined,
  suggested: readonly string[],
  recipients: Recipients,
): Choice<RecipientItem, string> {
  const recent = recipients.all().filter((to) => !suggested.includes(to) && to !== chosen);
  let known = [
    ...(chosen === undefined ? [] : [recipientItem(chosen, l10n.t('chosen before'))]),
    ...suggested.filter((to) => to !== chosen).map((to) => recipientItem(to, l10n.t('from testEmail.to'))),
    ...recent.map((to) => ({ ...recipientItem(to, l10n.t('used before')), buttons: [forgetButton()] })),
  ];
  return {
    ...step,
    step: 1,
    async onButton({ to }) {
      if (to === undefined) return;
      await recipients.forget(to);
      known = known.filter((each) => each.to !== to);
    },
    items(typed) {
      const text = typed.trim();
      const isKnown = known.some(({ to }) => to === text);
      return isKnown || (text === '' && known.length > 0) ? known : [typedRecipient(text), ...known];
    },
    // What is typed is read at Enter: the list may still be one keystroke behind.
    accept(item, typed) {
      if (item?.to !== undefined) return item.to;
      const text = typed.trim();
      return addressProblem(text, l10n.t) === undefined ? text : undefined;
    },
  };
}

/** Addresses of `testEmail.to` that can be tested with. */
export function suggestedRecipients(result: PlanResult): readonly string[] {
  const { suggestedRecipients: all } = result.kind === 'plan' ? result.plan : result;
  return [...new Set(all)].filter((to) => addressProblem(to, l10n.t) === undefined);
}

function forgetButton(): QuickInputButton {
  return { iconPath: new ThemeIcon('close'), tooltip: l10n.t('Forget this recipient') };
}

function recipientItem(to: string, description: string): RecipientItem {
  return { to, label: to, description, iconPath: new ThemeIcon('mail') };
}

function typedRecipient(text: string): RecipientItem {
  const problem = addressProblem(text, l10n.t);
  return problem === undefined
    ? { label: text, description: l10n.t('this address'), iconPath: new ThemeIcon('mail'), alwaysShow: true }
    : { label: problem, iconPath: new ThemeIcon('info'), alwaysShow: true };
}
