import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Analysis, analyse, noSurroundings } from '../../server/src/analysis.ts';
import type { Format } from '../../server/src/document/split.ts';
import { root } from '../house/sources.ts';
import { fixtures } from '../rules/fixtures.ts';

export interface Sample {
  readonly name: string;
  readonly format: Format;
  readonly text: string;
  readonly analysis: Analysis;
}

function sample(name: string, format: Format, text: string): Sample {
  return { name, format, text, analysis: analyse(format, text, noSurroundings) };
}

/** The examples, and a fixture of each rule: what a feature has to cope with. */
export function samples(): readonly Sample[] {
  const examples = readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /farm-email\.(yaml|json|jsonc)$/.test(name))
    .map((name) =>
      sample(name, path.extname(name).slice(1) as Format, readFileSync(path.join(root, 'examples', name), 'utf8')),
    );
  const seen = new Set<string>();
  const rules = fixtures().flatMap(({ rule, name, format, text }) => {
    if (seen.has(rule)) return [];
    seen.add(rule);
    return [sample(`${rule}/${name}`, format, text)];
  });
  return [...examples, ...rules];
}

/** Texts as they are while somebody types: each sample cut off at some lines. */
export function halfTyped(): readonly Sample[] {
  return samples().flatMap(({ name, format, text }) => {
    const third = Math.floor(text.length / 3);
    return [third, 2 * third, text.length - 2].map((end) => sample(`${name} up to ${end}`, format, text.slice(0, end)));
  });
}
