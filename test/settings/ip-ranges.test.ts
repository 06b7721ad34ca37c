import { expect, test } from 'vitest';
import { ipRanges } from '../../server/src/settings/ip-ranges.ts';

test.each([
  ['10.20.0.0/24', '10.20.0.255', true],
  ['10.20.0.0/24', '10.20.1.0', false],
  ['10.20.0.77/24', '10.20.0.1', true],
  ['10.20.0.0/255.255.254.0', '10.20.1.9', true],
  ['10.20.0.5-10.20.0.9', '10.20.0.9', true],
  ['10.20.0.5 - 10.20.0.9', '10.20.0.10', false],
  ['10.20.0.5', '10.20.0.5', true],
  ['10.20.0.5', '10.20.0.50', false],
  ['2001:db8::/32', '2001:db8:1::25', true],
  ['2001:db8::/32', '2001:db9::25', false],
  ['fd00::1-fd00::ff', 'fd00::80', true],
  ['0.0.0.0/0', '2001:db8::25', false],
  ['0.0.0.0/0', '255.255.255.255', true],
])('%s: %s is in it: %s', (range, address, expected) => {
  expect(ipRanges([range])?.has(address)).toBe(expected);
});

test.each([
  '10.20.0.0/33',
  '10.20.0',
  '10.20.0.9-10.20.0.5',
  '10.20.0.1-::1',
  '10.0.0.0/255.0.255.0',
  'server',
  '',
  '1-2-3',
  '10.0.0.0/8/8',
])('of %j nothing is known', (text) => {
  expect(ipRanges(['10.20.0.1', text])).toBeUndefined();
});

test.each([
  [['0.0.0.0-255.255.255.255'], true],
  [['::/0', '10.0.0.1'], true],
  [['128.0.0.0/1', '0.0.0.0/1'], true],
  [['10.0.0.0/8', '192.168.0.0/16'], false],
  [[], false],
])('%j is everything: %s', (texts, expected) => {
  expect(ipRanges(texts)?.isEverything).toBe(expected);
});

test('what is no address is neither in nor out', () => {
  expect(ipRanges(['10.0.0.0/8'])?.has('SP01')).toBeUndefined();
});
