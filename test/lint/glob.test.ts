import { expect, test } from 'vitest';
import { globOf, matchesGlob } from '../../server/src/lint/glob.ts';

function matches(glob: string, path: string): boolean | undefined {
  const read = globOf(glob);
  return read && matchesGlob(read, path);
}

test.each([
  ['farm-email.yaml', 'farm-email.yaml'],
  ['./farm-email.yaml', 'farm-email.yaml'],
  ['*.farm-email.yaml', 'prod.farm-email.yaml'],
  ['legacy/**', 'legacy/eu/farm-email.yaml'],
  ['legacy/', 'legacy/farm-email.yaml'],
  ['**', 'a/b/c.yaml'],
  ['**/farm-email.*', 'farm-email.json'],
  ['**/farm-email.*', 'a/b/farm-email.json'],
  ['a/**/c/**/e.yaml', 'a/b/c/c/d/e.yaml'],
  ['farm-?/x*y*z.yaml', 'farm-1/xyzyz.yaml'],
])('%s means %s', (glob, path) => expect(matches(glob, path)).toBe(true));

test.each([
  ['farm-email.yaml', 'a/farm-email.yaml'],
  ['*', 'a/farm-email.yaml'],
  ['legacy', 'legacy/farm-email.yaml'],
  ['legacy/**', 'legacy-eu/farm-email.yaml'],
  ['Legacy/**', 'legacy/farm-email.yaml'],
  ['a/**/e.yaml', 'b/a/e.yaml'],
  ['farm-?.yaml', 'farm-10.yaml'],
  ['a.yaml', 'abyaml'],
])('%s does not mean %s', (glob, path) => expect(matches(glob, path)).toBe(false));

test.each([
  '',
  '/a',
  'C:/a',
  'a\\b',
  '../a',
  'a/../b',
  '*.{yaml,json}',
  '[ab]',
  '!a',
  'a//b',
  'a**',
  '***',
  'a'.repeat(201),
])('%j is no glob', (glob) => expect(globOf(glob)).toBeUndefined());

test('no glob takes long', () => {
  const path = `${'a/'.repeat(500)}${'a'.repeat(3000)}b`;
  const began = performance.now();
  for (let i = 0; i < 10; i++) {
    expect(matches('**/*a*a*a*a*a*a*a*a*a*c', path)).toBe(false);
    expect(matches(`${'**/a/'.repeat(39)}c`, path)).toBe(false);
    expect(matches('*a'.repeat(90), `${'a'.repeat(4000)}b`)).toBe(false);
  }
  expect(performance.now() - began).toBeLessThan(500);
});
