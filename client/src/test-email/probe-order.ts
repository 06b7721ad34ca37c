import { l10n, type QuickPickItem } from 'vscode';
import type { PlanResult } from '../../../server/src/lsp/protocol.ts';
import { addressProblem } from './address.ts';
import type { Questions } from './confirmation.ts';
import { type Answer, askInTurn } from './in-turn.ts';
import { recipientStep, suggestedRecipients } from './recipient-step.ts';
import type { Recipients } from './recipients.ts';
import { askChoice, askChoices, askText } from './steps.ts';

/** What the user decides about a probe before its plan is shown. */
export interface ProbeOrder extends Questions {
  readonly to: string;
}

/** What a probe may ask besides, and the address that this takes. */
interface QuestionItem extends QuickPickItem {
  readonly question: keyof Questions;
  readonly address?: { readonly of: 'outsideRecipient' | 'otherSender'; readonly prompt: string };
}

/** Recipient, questions, and an address for each that takes one; undefined where the user left. */
export async function askProbeOrder(
  title: string,
  plan: PlanResult,
  last: ProbeOrder | undefined,
  recipients: Recipients,
): Promise<ProbeOrder | undefined> {
  const all = questions();
  const addresses = { outsideRecipient: last?.outsideRecipient ?? '', otherSender: last?.otherSender ?? '' };
  let to = last?.to ?? '';
  let chosen = all.filter(({ question }) => Boolean(last?.[question]));
  const asked = (): readonly QuestionItem[] => chosen.filter(({ address }) => address !== undefined);
  const totalStepsWith = (items: readonly QuestionItem[]): number => 2 + items.filter(({ address }) => address).length;

  async function askRecipient(): Promise<Answer<unknown>['kind']> {
    const placeholder = l10n.t('Which recipient is the server asked for? Pick an address, or type one.');
    const step = { title, totalSteps: totalStepsWith(chosen), placeholder };
    const answer = await askChoice(
      recipientStep(step, to === '' ? undefined : to, suggestedRecipients(plan), recipients),
    );
    if (answer.kind === 'value') to = answer.value;
    return answer.kind;
  }

  async function askQuestions(): Promise<Answer<unknown>['kind']> {
    const placeholder = l10n.t('What else should be asked, if anything?');
    const totalSteps = totalStepsWith(chosen);
    const answer = await askChoices({ title, step: 2, totalSteps, totalStepsWith, placeholder, items: all, chosen });
    if (answer.kind === 'value') chosen = all.filter((item) => answer.value.includes(item));
    return answer.kind;
  }

  async function askAddress({ address }: QuestionItem, step: number): Promise<Answer<unknown>['kind']> {
    if (address === undefined) return 'value';
    const answer = await askText({
      title,
      step,
      totalSteps: totalStepsWith(chosen),
      prompt: address.prompt,
      value: addresses[address.of],
      problem: (text) => addressProblem(text, l10n.t),
    });
    if (answer.kind === 'value') addresses[address.of] = answer.value;
    return answer.kind;
  }

  const isComplete = await askInTurn((index) => {
    if (index < 2) return index === 0 ? askRecipient : askQuestions;
    const item = asked()[index - 2];
    return item && (() => askAddress(item, index + 1));
  });
  if (!isComplete) return undefined;
  const isChosen = (question: keyof Questions): boolean => chosen.some((item) => item.question === question);
  return {
    to,
    ...(isChosen('outsideRecipient') && { outsideRecipient: addresses.outsideRecipient }),
    ...(isChosen('otherSender') && { otherSender: addresses.otherSender }),
    ...(isChosen('comparePorts') && { comparePorts: true }),
  };
}

function questions(): readonly QuestionItem[] {
  return [
    {
      question: 'outsideRecipient',
      label: l10n.t('Ask for an outside recipient'),
      detail: l10n.t('Does the server relay mail to other organisations?'),
      address: { of: 'outsideRecipient', prompt: l10n.t('An address outside your organisation') },
    },
    {
      question: 'otherSender',
      label: l10n.t('Ask as another sender'),
      detail: l10n.t('May SharePoint send in the name of users, for access requests and sharing?'),
      address: { of: 'otherSender', prompt: l10n.t('The address of a user in whose name SharePoint would send') },
    },
    {
      question: 'comparePorts',
      label: l10n.t('Compare ports 25 and 587'),
      detail: l10n.t('What does each of them offer? No login and no sender is tried there.'),
    },
  ];
}
