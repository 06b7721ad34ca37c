import { expect } from 'vitest';
import { settingNames } from '../../server/src/settings/setting-names.ts';
import type { Explanation } from '../../server/src/smtp/explain.ts';

/** Holds for whatever is shown of a test. */
export function expectWellSaid({ happened, brief, meaning, advice, setting, who, severity }: Explanation): void {
  for (const text of [happened, meaning, ...advice]) {
    expect(text).toMatch(/^[^\s].*[.?]$/s);
    expect(text).toMatch(/^[\p{Lu}“\d]|^smtp\./u);
    expect(text).not.toMatch(/undefined|\s{2}|\.\.|[\r\n!]|'|\(\)|“”/);
  }
  expect(advice.length).toBeGreaterThan(0);
  expect(brief).toMatch(/[^.,:;\s]$/);
  expect(brief).not.toMatch(/undefined|\s{2}|[\r\n!]|'|\(\)|“”/);
  expect(brief.length).toBeLessThanOrEqual(110);
  expect([...settingNames, undefined]).toContain(setting);
  expect(who).not.toBe('');
  expect(['error', 'warning', 'information']).toContain(severity);
}
