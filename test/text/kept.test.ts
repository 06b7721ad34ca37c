import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Kept, keep } from '../../server/src/text/kept.ts';

test('what is kept is what would be made anew, in whatever way the items change', () => {
  const items = fc.array(fc.constantFrom(...'abcdef'), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(items, { minLength: 2, maxLength: 5 }), (rounds) => {
      let kept: Kept<string, string> | undefined;
      for (const round of rounds) {
        kept = keep(round, kept, (item) => item.toUpperCase());
        expect(kept.results).toEqual(round.map((item) => item.toUpperCase()));
      }
    }),
  );
});

test('only what changed is made', () => {
  const made: string[] = [];
  const make = (item: string): string => {
    made.push(item);
    return item;
  };
  let kept = keep(['a', 'b', 'c', 'd'], undefined, make);
  const rounds = [
    ['a', 'x', 'c', 'd'],
    ['a', 'x', 'y', 'c', 'd'],
    ['a', 'd'],
  ];
  const perRound = rounds.map((round) => {
    made.length = 0;
    kept = keep(round, kept, make);
    return [...made];
  });
  expect(perRound).toEqual([['x'], ['y'], []]);
});
