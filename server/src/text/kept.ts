/** Items with what was made of each; what an edit left alone is used again. */
export interface Kept<T, R> {
  readonly items: readonly T[];
  readonly results: readonly R[];
}

/** Makes something of each item; an item that is the same object as before, counted from the start or from the end, keeps its result. */
export function keep<T, R>(
  items: readonly T[],
  before: Kept<T, R> | undefined,
  make: (item: T, index: number) => R,
): Kept<T, R> {
  if (before === undefined) return { items, results: items.map((item, i) => make(item, i)) };
  if (before.items === items) return before;
  const shorter = Math.min(items.length, before.items.length);
  let head = 0;
  while (head < shorter && items[head] === before.items[head]) head++;
  const shift = items.length - before.items.length;
  let tail = items.length;
  while (tail > head + Math.max(shift, 0) && items[tail - 1] === before.items[tail - 1 - shift]) tail--;
  const made = items.slice(head, tail).map((item, i) => make(item, head + i));
  const { results } = before;
  return { items, results: results.slice(0, head).concat(made, results.slice(tail - shift)) };
}
