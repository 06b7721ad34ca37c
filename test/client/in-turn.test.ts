import { expect, test } from 'vitest';
import { type Answer, askInTurn } from '../../client/src/test-email/in-turn.ts';

type Kind = Answer<unknown>['kind'];

/** Asks steps named 0, 1, 2 … up to `count`, answered in this order; tells which were asked. */
async function walk(
  count: number,
  answers: readonly Kind[],
): Promise<{ asked: readonly number[]; isComplete: boolean }> {
  const asked: number[] = [];
  const left = [...answers];
  const isComplete = await askInTurn((index) =>
    index >= count
      ? undefined
      : async () => {
          asked.push(index);
          return left.shift() ?? 'left';
        },
  );
  expect(left).toEqual([]);
  return { asked, isComplete };
}

test('each step is asked, in order', async () => {
  expect(await walk(3, ['value', 'value', 'value'])).toEqual({ asked: [0, 1, 2], isComplete: true });
  expect(await walk(0, [])).toEqual({ asked: [], isComplete: true });
});

test('one goes back a step at a time', async () => {
  const answers: Kind[] = ['value', 'value', 'back', 'back', 'value', 'value', 'value'];
  expect(await walk(3, answers)).toEqual({ asked: [0, 1, 2, 1, 0, 1, 2], isComplete: true });
});

test('who leaves is asked no more', async () => {
  expect(await walk(3, ['value', 'left'])).toEqual({ asked: [0, 1], isComplete: false });
});

test('an answer decides which steps follow', async () => {
  const steps: string[] = [];
  let more = false;
  const step = (name: string) => async (): Promise<Kind> => {
    steps.push(name);
    if (name === 'first') more = true;
    return 'value';
  };
  await askInTurn((index) => (index === 0 ? step('first') : index === 1 && more ? step('more') : undefined));
  expect(steps).toEqual(['first', 'more']);
});
