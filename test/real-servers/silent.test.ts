// Not in parallel with other files: a computer that is busy must not be taken for a server that is silent.
import { expect, test } from 'vitest';
import { expectSameResults, runs, silent } from '../smtp/repeatable.ts';

test(`${runs} runs give the same result: ${silent.length} ways to fall silent`, async () => {
  expect(silent.length).toBeGreaterThan(10);
  await expectSameResults(silent, 30);
}, 300_000);
