import {
  type InputBox,
  type QuickInputButton,
  QuickInputButtons,
  type QuickPick,
  type QuickPickItem,
  window,
} from 'vscode';
import type { Answer } from './in-turn.ts';

interface Heading {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** One of these, or what is typed. */
export interface Choice<I extends QuickPickItem, T> extends Heading {
  readonly placeholder: string;
  /** The choices for what is typed so far. */
  readonly items: (typed: string) => I[];
  /** What Enter means; undefined keeps the step open. */
  readonly accept: (item: I | undefined, typed: string) => T | undefined;
  /** What the button of a choice does; the choices may be others then. */
  readonly onButton?: (item: I) => Promise<void>;
}

/** Any of these; none is an answer, too. */
export interface Choices<I extends QuickPickItem> extends Heading {
  readonly placeholder: string;
  readonly items: readonly I[];
  /** Those that are chosen to begin with. */
  readonly chosen: readonly I[];
  /** How many steps there are with these chosen. */
  readonly totalStepsWith: (chosen: readonly I[]) => number;
}

export interface Text extends Heading {
  readonly prompt: string;
  readonly value: string;
  /** Why a text cannot be the answer; undefined where it can. */
  readonly problem: (text: string) => string | undefined;
}

export function askChoice<I extends QuickPickItem, T>(step: Choice<I, T>): Promise<Answer<T>> {
  const pick = window.createQuickPick<I>();
  pick.placeholder = step.placeholder;
  pick.items = step.items('');
  pick.onDidChangeValue((typed) => {
    pick.items = step.items(typed);
  });
  pick.onDidTriggerItemButton(async ({ item }) => {
    await step.onButton?.(item);
    pick.items = step.items(pick.value);
  });
  return answerOf(pick, step, () => step.accept(pick.activeItems[0], pick.value));
}

export function askChoices<I extends QuickPickItem>(step: Choices<I>): Promise<Answer<readonly I[]>> {
  const pick = window.createQuickPick<I>();
  pick.canSelectMany = true;
  pick.placeholder = step.placeholder;
  pick.items = step.items;
  pick.selectedItems = step.chosen;
  pick.onDidChangeSelection((chosen) => {
    pick.totalSteps = step.totalStepsWith(chosen);
  });
  return answerOf(pick, step, () => pick.selectedItems);
}

export function askText(step: Text): Promise<Answer<string>> {
  const box = window.createInputBox();
  box.prompt = step.prompt;
  box.value = step.value;
  const problem = (): string | undefined => step.problem(box.value.trim());
  // An empty box has not been answered yet; that is no mistake to point out.
  box.onDidChangeValue((typed) => {
    box.validationMessage = typed === '' ? undefined : problem();
  });
  return answerOf(box, step, () => {
    box.validationMessage = problem();
    return box.validationMessage === undefined ? box.value.trim() : undefined;
  });
}

function answerOf<I extends QuickPickItem, T>(
  input: QuickPick<I> | InputBox,
  { title, step, totalSteps }: Heading,
  accept: () => T | undefined,
): Promise<Answer<T>> {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  input.buttons = step > 1 ? [QuickInputButtons.Back] : [];
  // An address may have to be looked up in another window.
  input.ignoreFocusOut = true;
  const answer = new Promise<Answer<T>>((resolve) => {
    input.onDidAccept(() => {
      const value = accept();
      if (value !== undefined) resolve({ kind: 'value', value });
    });
    input.onDidTriggerButton((button: QuickInputButton) => {
      if (button === QuickInputButtons.Back) resolve({ kind: 'back' });
    });
    input.onDidHide(() => resolve({ kind: 'left' }));
    input.show();
  });
  return answer.finally(() => input.dispose());
}
