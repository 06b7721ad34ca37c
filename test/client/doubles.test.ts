import { describe, expect, test } from 'vitest';
import { type Reported, withoutDoubles } from '../../client/src/doubles.ts';

function at(line: number, start: number, end: number, more: Omit<Reported, 'range'>, endLine = line): Reported {
  return { range: { start: { line, character: start }, end: { line: endLine, character: end } }, ...more };
}

function ours(code: string, line: number, start: number, end: number, endLine = line): Reported {
  return at(line, start, end, { source: 'farm-email', code: { value: code } }, endLine);
}

const yaml = { source: 'YAML', code: 0 };
const yamlSchema = { source: 'yaml-schema: Farm', code: 513 };

/** Pairs as the servers report them: yaml-language-server 1.25, vscode-json-languageservice of VS Code 1.101. */
const doubles: readonly (readonly [string, Reported, Reported])[] = [
  ['a key that stands twice', ours('syntax/duplicate-key', 3, 2, 6), at(3, 2, 10, yaml)],
  ['a quote that is not closed', ours('syntax/missing-char', 2, 10, 0, 3), at(2, 10, 11, yaml)],
  ['a bracket that is not closed', ours('syntax/bad-indent', 4, 28, 0, 5), at(5, 0, 11, yaml)],
  ['an unknown key', ours('schema/unknown-key', 2, 2, 6), at(2, 2, 6, yamlSchema)],
  ['a key that is missing', ours('schema/missing-key', 2, 2, 8), at(2, 10, 12, {})],
  [
    'JSON without a brace',
    ours('syntax/close-brace-expected', 2, 38, 0, 3),
    at(2, 37, 38, { source: 'json', code: 518 }),
  ],
  ['a comment in JSON', ours('syntax/invalid-comment-token', 2, 2, 7), at(2, 2, 7, { code: 521 })],
  ['a wrong type in JSON', ours('schema/type', 3, 70, 75), at(3, 70, 75, {})],
  ['a wrong value in JSON', ours('schema/value', 2, 13, 14), at(2, 13, 14, { code: 1 })],
];

describe('what two servers report is shown once', () => {
  test.each(doubles)('%s', (_, finding, theirs) => {
    expect(withoutDoubles([finding], [theirs])).toEqual([]);
  });
});

describe('what only we report stays', () => {
  const finding = ours('schema/type', 5, 12, 15);

  test.each<readonly [string, Reported, Reported]>([
    ['a mistake elsewhere', finding, at(6, 12, 15, yamlSchema)],
    ['a mistake of another kind', finding, at(5, 12, 15, yaml)],
    ['a spelling checker', finding, at(5, 12, 15, { source: 'cSpell' })],
    ['a rule where the schema is content', ours('port-implicit-tls', 5, 14, 17), at(5, 14, 17, yamlSchema)],
    ['two keys in one line', ours('schema/unknown-key', 2, 2, 6), at(2, 20, 24, yamlSchema)],
    ['a schema that cannot be loaded', ours('schema/type', 0, 0, 3), at(0, 0, 9, { source: 'json', code: 768 })],
  ])('%s', (_, each, theirs) => {
    expect(withoutDoubles([each], [theirs])).toEqual([each]);
  });
});
