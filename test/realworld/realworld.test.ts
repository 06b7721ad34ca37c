import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import { textOf } from '../../server/src/document/document.ts';
import { offsetsOf, rangeOf } from '../../server/src/document/places.ts';
import { formatOf } from '../../server/src/lint/file-names.ts';

const farms = path.join(import.meta.dirname, 'farms');
const names = readdirSync(farms).sort();
const surroundings = { ...noSurroundings, today: new Date('2026-11-24') };

/** The findings of a farm, one a line: place, severity, rule, what is underlined, message. */
function findingsOf(name: string): readonly string[] {
  const format = formatOf(name);
  if (format === undefined) throw new Error(`${name} is no farm-email file`);
  const { document, findings } = analyse(format, readFileSync(path.join(farms, name), 'utf8'), surroundings);
  const text = textOf(document);
  return findings.map(({ at, severity, rule, message }) => {
    const { line, character } = rangeOf(document, at).start;
    const { start, end } = offsetsOf(document, at);
    const underlined = text.slice(start, end).split(/\r?\n/)[0] ?? '';
    return `${line + 1}:${character + 1}  ${severity}  ${rule}  «${underlined}»  ${message}`;
  });
}

test('there are at least twenty farms, from one web application to forty', () => {
  expect(names.length).toBeGreaterThanOrEqual(20);
});

// Whoever changes findings.golden reads each line and asks: would a reviewer thank us for it?
test('each finding in a real farm is one to be thankful for', async () => {
  const report = names.map((name) => {
    const found = findingsOf(name);
    return [name, ...(found.length === 0 ? ['nothing'] : found)].join('\n  ');
  });
  await expect(`${report.join('\n\n')}\n`).toMatchFileSnapshot('findings.golden');
});
