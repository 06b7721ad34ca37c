import { type QuickInputButton, QuickInputButtons, type QuickPick, type QuickPickItem, window } from 'vscode';

/** The answer of one step: a value, one step back, or out of it all. */
export type Answer<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'back' }
  | { readonly kind: 'left' };

export interface Step<I extends QuickPickItem, T> {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly placeholder: string;
  /** The choices for what is typed so far. */
  readonly items: (typed: string) => I[];
  /** What Enter means; undefined keeps the step open. */
  readonly accept: (item: I | undefined, typed: string) => T | undefined;
}

/** Shows one step of a row of choices, with a way back from all but the first. */
export function ask<I extends QuickPickItem, T>(step: Step<I, T>): Promise<Answer<T>> {
  const pick = window.createQuickPick<I>();
  pick.title = step.title;
  pick.step = step.step;
  pick.totalSteps = step.totalSteps;
  pick.placeholder = step.placeholder;
  pick.items = step.items('');
  pick.buttons = step.step > 1 ? [QuickInputButtons.Back] : [];
  // The address may have to be looked up in another window.
  pick.ignoreFocusOut = true;
  return answerOf(pick, step).finally(() => pick.dispose());
}

function answerOf<I extends QuickPickItem, T>(pick: QuickPick<I>, step: Step<I, T>): Promise<Answer<T>> {
  return new Promise((resolve) => {
    pick.onDidChangeValue((typed) => {
      pick.items = step.items(typed);
    });
    pick.onDidAccept(() => {
      const value = step.accept(pick.activeItems[0], pick.value);
      if (value !== undefined) resolve({ kind: 'value', value });
    });
    pick.onDidTriggerButton((button: QuickInputButton) => {
      if (button === QuickInputButtons.Back) resolve({ kind: 'back' });
    });
    pick.onDidHide(() => resolve({ kind: 'left' }));
    pick.show();
  });
}
