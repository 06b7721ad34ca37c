/** The answer of one step: a value, one step back, or out of it all. */
export type Answer<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'back' }
  | { readonly kind: 'left' };

/** Asks one step after the other, with a way back from all but the first; false where the user left. */
export async function askInTurn(
  stepAt: (index: number) => (() => Promise<Answer<unknown>['kind']>) | undefined,
): Promise<boolean> {
  for (let index = 0; ; ) {
    const step = stepAt(index);
    if (step === undefined) return true;
    const kind = await step();
    if (kind === 'left') return false;
    index += kind === 'back' ? -1 : 1;
  }
}
