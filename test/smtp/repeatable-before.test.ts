import { expect, test } from 'vitest';
import { expectSameResults, runs, wrongAroundLogin } from './repeatable.ts';

test(`${runs} runs give the same result: ${wrongAroundLogin.length} ways to answer wrongly up to the login`, async () => {
  expect(wrongAroundLogin.length).toBeGreaterThan(10);
  await expectSameResults(wrongAroundLogin, 4);
}, 300_000);
