import { readdirSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { type Analysis, analyse, noSurroundings, type Surroundings } from '../../server/src/analysis.ts';
import { readDocument } from '../../server/src/document/document.ts';
import { editsOf, safeEdits } from '../../server/src/lint/apply.ts';
import { rules } from '../../server/src/rules/registry.ts';
import { applyEdits } from '../../server/src/text/position.ts';
import { dataOf } from '../document/plain.ts';
import { certificateFile } from './certificate-files.ts';
import { analyseFixture, type Fixture, fixtures, folder, foundIn, pointersIn, surroundingsOf, wants } from './fixtures.ts';

const all = fixtures();
const named = all.map((fixture) => [`${fixture.rule}/${path.basename(fixture.file)}`, fixture] as const);

async function surroundings(fixture: Fixture): Promise<Surroundings> {
  return surroundingsOf(analyseFixture(fixture, noSurroundings), certificateFile);
}

const fixable = new Set(rules.filter(({ fix }) => fix !== undefined).map(({ id }) => id));

describe('registry, folder and fixtures agree', () => {
  test('each rule has a folder of fixtures with at least one bad and one good, and no folder is left over', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(rules.map(({ id }) => id).sort());
    for (const { id, fix } of rules) {
      const own = all.filter(({ rule }) => rule === id);
      expect(own.filter(({ name }) => name.startsWith('bad')).length, `${id}: bad`).toBeGreaterThan(0);
      expect(own.filter(({ name }) => name.startsWith('good')).length, `${id}: good`).toBeGreaterThan(0);
      expect(own.some(({ fixed }) => fixed !== undefined), `${id}: bad.fixed`).toBe(fix !== undefined);
    }
  });

  test('each rule is documented and worded as the contract asks', () => {
    for (const rule of rules) {
      const headings = ['## What it reports', '## Why it matters', '## Example', '## Instead'];
      expect(headings.filter((heading) => !rule.docs.includes(`${heading}\n`)), rule.id).toEqual([]);
      expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      expect(rule.title.length, rule.id).toBeLessThanOrEqual(80);
    }
  });
});

describe('a fixture has the findings it is marked with, and no other', () => {
  test.each(named)('%s', async (_name, fixture) => {
    const analysis = analyseFixture(fixture, await surroundings(fixture));
    const expected = wants(fixture.text);
    expect(foundIn(analysis)).toEqual(expected);
    if (fixture.name.startsWith('bad')) expect(expected.some(({ rule }) => rule === fixture.rule)).toBe(true);
    else expect(expected).toEqual([]);
    for (const { message } of analysis.findings) expect(message.length, message).toBeLessThanOrEqual(110);
  });
});

describe('invariant 7: a JSON twin gives the same findings at the same pointers', () => {
  test.each(named)('%s', async (_name, fixture) => {
    const known = await surroundings(fixture);
    const data = dataOf(readDocument(fixture.format, fixture.text).root);
    // JSON has no comments, and what an alias shares stands twice there.
    const isOfYaml = (found: string): boolean => /^(?:placeholder-not-quoted|override-equals-farm) /.test(found);
    const pointers = (analysis: Analysis): readonly string[] => pointersIn(analysis).filter((found) => !isOfYaml(found));
    const own = pointers(analyseFixture(fixture, known));
    expect(pointers(analyse('json', JSON.stringify(data, null, 2), known))).toEqual(own);
    expect(pointers(analyse('json', JSON.stringify(data), known))).toEqual(own);
    expect(pointers(analyse('yaml', stringify(data), known))).toEqual(own);
    expect(pointers(analyse('yaml', JSON.stringify(data, null, 2), known))).toEqual(own);
  });
});

describe('invariant 8: a safe fix removes its finding and keeps the rest byte for byte', () => {
  const withFix = named.filter(([, { rule, name }]) => name.startsWith('bad') && fixable.has(rule));

  test.each(withFix)('%s becomes its .fixed file in one round', async (_name, fixture) => {
    const known = await surroundings(fixture);
    const { document, findings } = analyseFixture(fixture, known);
    const own = findings.filter(({ rule }) => rule === fixture.rule);
    const fixes = own.flatMap(({ fixes: [fix] }) => (fix === undefined ? [] : editsOf(document, fix)));
    if (fixes.length === 0) {
      expect(fixture.fixed).toBeUndefined();
      return;
    }
    const safe = own.every(({ fixes: [fix] }) => fix === undefined || fix.kind === 'safe');
    const fixed = applyEdits(fixture.text, safe ? safeEdits(document, own) : fixes);
    await expect(fixed).toMatchFileSnapshot(fixture.fixedFile);
    const after = analyse(fixture.format, fixed, known).findings;
    expect(after.filter(({ rule }) => rule === fixture.rule).flatMap((finding) => finding.fixes)).toEqual([]);
    expect(after.filter(({ rule }) => /^(?:syntax|schema)/.test(rule))).toEqual([]);
  });

  test.each(named)('%s: as YAML, with CRLF, in flow style, as JSON on one line and on many', async (_name, fixture) => {
    const known = await surroundings(fixture);
    const data = dataOf(readDocument(fixture.format, fixture.text).root);
    const twins = [
      ['yaml', stringify(data)],
      ['yaml', stringify(data).replaceAll('\n', '\r\n')],
      ['yaml', stringify(data, { collectionStyle: 'flow' })],
      ['json', JSON.stringify(data)],
      ['json', `${JSON.stringify(data, null, 2)}\n`],
      ['jsonc', JSON.stringify(data, null, '\t').replaceAll('\n', '\r\n')],
    ] as const;
    for (const [format, text] of twins) {
      const analysis = analyse(format, text, known);
      const fixable = analysis.findings.filter(({ fixes }) => fixes.length > 0);
      for (const finding of fixable) {
        const [fix] = finding.fixes;
        if (fix === undefined) continue;
        const fixed = applyEdits(text, editsOf(analysis.document, fix));
        const after = analyse(format, fixed, known);
        const label = `${finding.rule} in ${format}:\n${fixed}`;
        expect(after.findings.filter(({ rule }) => rule.startsWith('syntax/')), label).toEqual([]);
        expect(count(after, finding.rule), label).toBeLessThan(count(analysis, finding.rule));
      }
      const all = applyEdits(text, safeEdits(analysis.document, analysis.findings));
      expect(analyse(format, all, known).findings.filter(({ fixes }) => fixes.some(({ kind }) => kind === 'safe'))).toEqual([]);
    }
  });
});

function count({ findings }: Analysis, rule: string): number {
  return findings.filter((finding) => finding.rule === rule).length;
}
