import { describe, expect, test } from 'vitest';
import { readDocument, textOf } from '../../server/src/document/document.ts';
import { offsetsOf, rangeOf } from '../../server/src/document/places.ts';
import type { Format } from '../../server/src/document/split.ts';
import { dataOf, problemsOf } from './plain.ts';

function commentsIn(format: Format, text: string): readonly string[] {
  const document = readDocument(format, text);
  return document.blocks.flatMap(({ comments }) =>
    comments.map((comment) => {
      const { start, end } = offsetsOf(document, comment);
      return `${rangeOf(document, comment).start.line}: ${textOf(document).slice(start, end)}`;
    }),
  );
}

describe('a comment is a real one', () => {
  test.each([
    ['above everything, and behind a document start', '\uFEFF# a\n--- # b\nversion: 1\n', ['0: # a', '1: # b']],
    ['behind a value, with CRLF', 'version: 1 # a\r\nfarm: {} # b\r\n', ['0: # a', '1: # b']],
    ['not in quotes', `a: "x # no"\nb: 'y # no' # c\n`, ['1: # c']],
    ['not without a blank', 'a: x#no\nb: https://x/#no\n', []],
    ['not in a block scalar, but at its head', 'a: | # head\n  # no\n  #no\nb: 1\n', ['0: # head']],
    ['not in a text over several lines', 'a: "x\n  # no\n  y" # c\n', ['2: # c']],
    ['in a flow mapping', 'a: { # b\n  c: 1, # d\n  # e\n}\n', ['0: # b', '1: # d', '2: # e']],
    [
      'around list items',
      'a: # b\n  # c\n  - 1 # d\n  # e\n  - 2\n# f\n',
      ['0: # b', '1: # c', '2: # d', '3: # e', '5: # f'],
    ],
    ['behind an unquoted placeholder', 'a: #{B} # c\nd: x #{E}-#{F}\n', ['0: #{B}', '0: # c', '1: #{E}-#{F}']],
    ['in a half-typed file', 'a: [1, # b\nc: { # d\n', ['0: # b', '1: # d']],
  ])('YAML: %s', (_name, text, expected) => {
    expect(commentsIn('yaml', text)).toEqual(expected);
  });

  test.each([
    [
      'of both kinds',
      '// a\n{ /* b */ "c": 1, // d\r\n "e": [1, /* f\n g */ 2] }',
      ['0: // a', '1: /* b */', '1: // d', '2: /* f\n g */'],
    ],
    ['not in a text', '{ "a": "https://x/ /* no */", "b": "\\" // no" }', []],
    ['where a quote is not closed', '{ "a: 1, // no\n "b": 1 // c\n}', ['1: // c']],
    ['that is not closed', '{ "a": 1 } /* b', ['0: /* b']],
  ])('JSONC: %s', (_name, text, expected) => {
    expect(commentsIn('jsonc', text)).toEqual(expected);
  });

  test('JSON has none: there they are mistakes', () => {
    expect(commentsIn('json', '{ "a": 1 // b\n}')).toEqual([]);
  });

  test.each(['"'.repeat(200_000), '/*'.repeat(100_000), '//'.repeat(100_000), '"\\'.repeat(100_000)])(
    '200 kB of %.4j are quick',
    (text) => {
      const began = performance.now();
      readDocument('jsonc', `{${text}`);
      expect(performance.now() - began).toBeLessThan(1000);
    },
  );
});

describe('an unquoted #{…} is read as it is meant', () => {
  test.each([
    ['a: #{B}', { a: '#{B}' }],
    ['a: smtp #{B}.contoso.com # c', { a: 'smtp #{B}.contoso.com' }],
    ['a:\n  - #{B}\n  - c #{D}', { a: ['#{B}', 'c #{D}'] }],
    ['- a: #{B}', [{ a: '#{B}' }]],
    [
      'a:\n- #{B}\n- b: #{Octopus.Action[Step 1].Output.X | ToLower}',
      { a: ['#{B}', { b: '#{Octopus.Action[Step 1].Output.X | ToLower}' }] },
    ],
    ['a: { b: #{C}\n}', { a: { b: '#{C}' } }],
  ])('%j', (text, expected) => {
    const document = readDocument('yaml', text);
    expect(dataOf(document.root)).toEqual(expected);
    expect(problemsOf(document)).toEqual([]);
  });

  test.each([
    ['a mapping that somebody made a comment', 'a: #{ b: 1 }', { a: null }],
    ['a note behind a number', 'a: 587 #{B}', { a: 587 }],
    ['a note behind quotes', 'a: "x" #{B}', { a: 'x' }],
    ['a line of a template', 'a: 1\n#{if B}\nb: 2\n#{/if}', { a: 1, b: 2 }],
    ['a note above a mapping', 'a: #{B}\n  b: 1', { a: { b: 1 } }],
    ['a comment with a brace', 'a: #{', { a: null }],
  ])('not %s', (_name, text, expected) => {
    const document = readDocument('yaml', text);
    expect(dataOf(document.root)).toEqual(expected);
    expect(document.blocks.flatMap(({ unquotedPlaceholders }) => unquotedPlaceholders)).toEqual([]);
  });
});

test.each([
  ['a: { b: #{C}, d: 1 }\ne: 1\n'],
  ['a: [#{B}, 1]\n'],
  ['a: {\n  b: #{C},\n  d: 1\n}\n'],
  ['a:\n  - { b: #{C} }\n  - { d: 1 }\n'],
])('in %j the mistake is the placeholder without quotes', (text) => {
  const at = text.indexOf('#');
  const document = readDocument('yaml', text);
  expect(problemsOf(document)).toEqual([`${at}-${text.indexOf('\n', at)} placeholder-not-quoted`]);
});
