import { expect, test } from 'vitest';
import { scopeAt } from '../../client/src/scope-at.ts';
import type { SendScope } from '../../server/src/lsp/protocol.ts';

function scope(pointer: string, from: number, to: number): SendScope {
  return {
    scope: pointer,
    title: pointer,
    range: { start: { line: from, character: 2 }, end: { line: from, character: 6 } },
    extent: { start: { line: from, character: 2 }, end: { line: to, character: 9 } },
  };
}

const scopes = [scope('/farm', 2, 8), scope('/webApplications/0', 12, 15), scope('/webApplications/1', 15, 15)];

test.each([
  [2, 2, '/farm'],
  [8, 9, '/farm'],
  [8, 10, undefined],
  [2, 1, undefined],
  [13, 0, '/webApplications/0'],
  [15, 5, '/webApplications/1'],
  [30, 0, undefined],
])('line %i, character %i is in %s', (line, character, expected) => {
  expect(scopeAt(scopes, { line, character })?.scope).toBe(expected);
});
