import { expect, test } from 'vitest';
import { expectSameResults, runs, wrongAfterLogin } from './repeatable.ts';

test(`${runs} runs give the same result: ${wrongAfterLogin.length} ways to answer wrongly in replies and logins`, async () => {
  expect(wrongAfterLogin.length).toBeGreaterThan(10);
  await expectSameResults(wrongAfterLogin, 4);
}, 300_000);
