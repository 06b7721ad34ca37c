import { expect, test } from 'vitest';
import { isBaseSide, isChecked, isFarmEmailFile } from '../../client/src/files.ts';

test.each([
  ['file', '/farm/farm-email.yaml'],
  ['file', '/c:/farm/farm-email.yml'],
  ['file', '/farm/prod.farm-email.json'],
  ['vscode-remote', '/farm/eu.prod.farm-email.jsonc'],
  ['untitled', '/farm/farm-email.yaml'],
])('%s:%s is ours', (scheme, path) => expect(isFarmEmailFile({ scheme, path, query: '' })).toBe(true));

test.each([
  ['file', '/farm/email.yaml'],
  ['file', '/farm/my-farm-email.yaml'],
  ['file', '/farm/farm-email.yaml.bak'],
  ['file', '/farm-email.yaml/other.yaml'],
  ['file', '/farm/.farm-email.toml'],
  ['file', '/farm/farm-email.config.yaml'],
  ['git', '/farm/farm-email.yaml'],
  ['review', '/farm/farm-email.yaml'],
])('%s:%s is not', (scheme, path) => expect(isFarmEmailFile({ scheme, path, query: '' })).toBe(false));

test.each([
  ['file', '/farm/farm-email.config.yaml', true],
  ['file', 'farm-email.config.jsonc', true],
  ['file', '/farm/farm-email.yaml', true],
  ['file', '/farm/my.farm-email.config.yaml', false],
  ['git', '/farm/farm-email.config.yaml', false],
  ['git', '/farm/farm-email.yaml', false],
  ['gl-review', '/farm/farm-email.yaml', false],
])('%s:%s is checked: %s', (scheme, path, expected) => expect(isChecked({ scheme, path, query: '' })).toBe(expected));

// As GitHub's extension writes them: src/common/uri.ts of microsoft/vscode-pull-request-github.
test.each([
  [
    'pr',
    { baseCommit: 'a', headCommit: 'b', isBase: false, fileName: 'farm-email.yaml', prNumber: 7, status: 1 },
    true,
  ],
  [
    'pr',
    { baseCommit: 'a', headCommit: 'b', isBase: true, fileName: 'farm-email.yaml', prNumber: 7, status: 1 },
    false,
  ],
  ['review', { path: 'farm-email.yaml', ref: 'b', commit: 'b', base: false, isOutdated: false }, true],
  ['review', { path: 'farm-email.yaml', ref: 'a', commit: 'a', base: true, isOutdated: false }, false],
  ['review', { path: 'farm-email.yaml' }, false],
])('of a pull request, %s %j is checked: %s', (scheme, query, expected) => {
  const uri = { scheme, path: '/farm/farm-email.yaml', query: JSON.stringify(query) };
  expect(isChecked(uri)).toBe(expected);
  expect(isBaseSide(uri)).toBe(!expected);
  // Nothing is ever sent from it.
  expect(isFarmEmailFile(uri)).toBe(false);
});

test.each(['', '{', 'null'])('a document that does not say which side it is (%j) counts as the base', (query) => {
  expect(isBaseSide({ scheme: 'review', path: '/farm/farm-email.yaml', query })).toBe(true);
});
