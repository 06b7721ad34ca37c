import { expect, test } from 'vitest';
import { basicAuthenticationOff, publicClientAuthenticationOff } from '../../server/src/rules/dated-facts.ts';

test.each([
  ['basicAuthenticationOff', basicAuthenticationOff],
  ['publicClientAuthenticationOff', publicClientAuthenticationOff],
])('%s has its dates and sources, and was not checked in the future', (_name, { from, checked, sources }) => {
  for (const day of [from, checked]) {
    expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
  }
  expect(Date.parse(checked)).toBeLessThanOrEqual(Date.now());
  for (const { url } of sources) expect(URL.canParse(url)).toBe(true);
});
