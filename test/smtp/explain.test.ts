import { describe, expect, test } from 'vitest';
import { settingNames } from '../../server/src/settings/setting-names.ts';
import { explain, explanations } from '../../server/src/smtp/explain.ts';
import { observations } from '../../server/src/smtp/observations.ts';
import { factsOf, plans } from './facts.ts';
import { failures } from './failures.ts';
import { expectWellSaid } from './well-said.ts';

const explained = failures.map(([family, words, facts, id]) => ({
  name: `${family}. ${words}`,
  id,
  explanation: explain(factsOf(facts)),
}));

describe('every failure has an explanation of its own', () => {
  test.each(explained)('$name', ({ id, explanation }) => {
    expect(explanation.id).toBe(id);
  });

  test('of each family there is at least one', () => {
    const families = new Set(failures.map(([family]) => family));
    expect(Array.from({ length: 24 }, (_, i) => i + 1).filter((family) => !families.has(family))).toEqual([]);
  });

  test('every entry of the table is reached by one of them', () => {
    const reached = new Set(explained.map(({ explanation }) => explanation.id));
    expect(explanations.map(({ id }) => id).filter((id) => !reached.has(id))).toEqual(['failed']);
  });

  test('what no entry knows, the last one tells', () => {
    const [, , facts] = failures[0] ?? [];
    if (!facts) throw new Error('There are no failures.');
    expect(explanations.at(-1)).toMatchObject({ id: 'failed' });
    expect(explanations.at(-1)?.when(factsOf(facts))).toBe(true);
  });

  test('no two entries say the same', () => {
    for (const field of ['happened', 'brief'] as const) {
      const owners = new Map<string, Set<string>>();
      for (const { explanation } of explained) {
        // What the server said and where makes no sentence another one.
        const text = explanation[field].replace(/“[^”]*”|\([^)]*\)/g, '');
        owners.set(text, (owners.get(text) ?? new Set()).add(explanation.id));
      }
      expect([...owners].filter(([, ids]) => ids.size > 1)).toEqual([]);
    }
  });
});

describe('every explanation', () => {
  test('has an id of its own, observations included', () => {
    const ids = [...explanations, ...observations].map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test.each(explained)('$name is well said', ({ explanation }) => expectWellSaid(explanation));
});

test('.NET’s way with a refused login is told in one place', () => {
  const told = explained.filter(({ explanation }) => explanation.meaning.includes('goes on without a login'));
  const sentences = told.map(
    ({ explanation }) => /After a refused login[^.]*\. SharePoint is likely[^.]*\./.exec(explanation.meaning)?.[0],
  );
  expect(new Set(sentences).size).toBe(1);
});

test('the settings an explanation can point at are those of the plan', () => {
  expect(plans.withLogin.settings.map(({ name }) => name).sort()).toEqual([...settingNames].sort());
});
