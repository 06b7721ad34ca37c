import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Analysis, analyse, analyseEdits, noSurroundings } from '../server/src/analysis.ts';
import { textOf } from '../server/src/document/document.ts';
import { offsetsOf, pointerOf } from '../server/src/document/places.ts';
import type { Format } from '../server/src/document/split.ts';
import { root } from './house/sources.ts';

function seen({ document, findings }: Analysis): unknown {
  return findings.map(({ rule, message, at, node, related }) => ({
    rule,
    message,
    ...offsetsOf(document, at),
    pointer: node && pointerOf(document, node),
    related: related.map((place) => ({ message: place.message, ...offsetsOf(document, place.at) })),
  }));
}

const pieces = fc.constantFrom(
  '465',
  'noreply@contoso.com',
  '\n',
  '  ',
  '- ',
  ': ',
  '"',
  'x',
  'false',
  '\n  - url: https://new.contoso.com/\n    outgoingEmail: { smtpPort: 465 }\n',
  ', "smtpPort": 465',
  '{',
  '}',
  '*a',
  '&a ',
);

test.each([
  ['yaml', 'contoso/farm-email.yaml'],
  ['json', 'fabrikam/farm-email.json'],
  ['jsonc', 'datacenter/prod.farm-email.jsonc'],
] as const)(
  '%s: after any row of edits the findings are those of the text read anew',
  (format: Format, name) => {
    const sample = readFileSync(path.join(root, 'examples', name), 'utf8');
    const edits = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(8), pieces), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(edits, (row) => {
        let analysis = analyse(format, sample, noSurroundings);
        for (const [where, length, text] of row) {
          const place = (start: number, end: number) => () => ({ start, end, text });
          const size = analysis.document.length;
          const start = Math.floor(where * size);
          analysis = analyseEdits(analysis, [place(start, Math.min(start + length, size))], noSurroundings);
          expect(seen(analysis)).toEqual(seen(analyse(format, textOf(analysis.document), noSurroundings)));
        }
      }),
      { numRuns: 150 },
    );
  },
  60_000,
);
