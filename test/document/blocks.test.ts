import fc from 'fast-check';
import { parse as parseJsonc } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { type Document, editDocument, readDocument, textOf } from '../../server/src/document/document.ts';
import type { Node } from '../../server/src/document/node.ts';
import { offsetAt, pointerOf, rangeOf } from '../../server/src/document/places.ts';
import { type Format, split } from '../../server/src/document/split.ts';
import { applyEdits } from '../../server/src/text/position.ts';
import { commentsOf, dataOf, problemsOf, scalarsOf } from './plain.ts';

const farmYaml = `# The farm
version: 1
farm:
  name: "Contoso"   # quoted
  servers:
    - name: SP1
    - { name: SP2, ipAddress: 10.0.0.1 }
  outgoingEmail:
    smtpServer: smtp.contoso.com
    note: |
      - not an item
      key: no key

webApplications:
  # the first
  - name: Portal
    url: https://portal
    outgoingEmail: { smtpPort: 465 }
  - url: 'https://other'
    outgoingEmail:
      smtpPort: 587

certificates:
- name: a
- name: b
monitoredMailboxes: [
  a@contoso.com,
  b@contoso.com
]
`;
const farmJson = `{
  "version": 1,
  "farm": { "name": "Contoso, \\"quoted\\"", "servers": [{ "name": "SP1" }] },
  "webApplications": [
    { "name": "Portal", "url": "https://portal" },
    { "url": "https://other", "outgoingEmail": { "smtpPort": 587 } }
  ],
  "certificates": [],
  "monitoredMailboxes": ["a@contoso.com", "b@contoso.com"]
}
`;
const farmJsonc = farmJson
  .replace('"version": 1,', '// version\n  "version": 1, /* one */')
  .replace('"b@contoso.com"]', '"b@contoso.com",],');
const samples: readonly (readonly [Format, string])[] = [
  ['yaml', farmYaml],
  ['yaml', farmYaml.replaceAll('\n', '\r\n')],
  ['yaml', `\uFEFF---\n${farmYaml}`],
  ['json', farmJson],
  ['json', farmJson.replaceAll('\n', '\r\n')],
  ['jsonc', farmJsonc],
];

function sameAs(document: Document, fresh: Document): void {
  expect(textOf(document)).toBe(textOf(fresh));
  expect(scalarsOf(document)).toEqual(scalarsOf(fresh));
  expect(problemsOf(document)).toEqual(problemsOf(fresh));
  expect(commentsOf(document)).toEqual(commentsOf(fresh));
  expect(document.firstLines).toEqual(fresh.firstLines);
  expect(document.firstCharacters).toEqual(fresh.firstCharacters);
}

describe('a document is a row of blocks', () => {
  test.each(samples)('%s: the blocks join to the text, and each list item is one', (format, text) => {
    const blocks = split(format, text);
    expect(blocks.map((block) => block.text).join('')).toBe(text);
    expect(blocks.filter(({ kind }) => kind === 'item').length).toBeGreaterThanOrEqual(4);
    expect(blocks.some(({ kind }) => kind === 'whole')).toBe(false);
  });

  test.each(samples)('%s: reading blocks gives the data of reading the whole', (format, text) => {
    const document = readDocument(format, text);
    expect(document.problems).toEqual([]);
    expect(dataOf(document.root)).toEqual(format === 'yaml' ? parseYaml(text) : parseJsonc(text));
  });

  test.each(samples)('%s: every scalar covers its own text', (format, text) => {
    const document = readDocument(format, text);
    const source = textOf(document);
    const lines = source.split('\n');
    const visit = (node: Node): void => {
      if (node.kind === 'sequence') for (const item of node.items) visit(item);
      if (node.kind === 'mapping') {
        for (const pair of node.pairs) {
          visit(pair.key);
          visit(pair.value);
        }
      }
      if (node.kind !== 'scalar') return;
      const { start, end } = rangeOf(document, node);
      const line = lines[start.line] ?? '';
      if (node.style !== 'block') {
        const text = line.slice(start.character, end.character);
        expect(node.style === 'plain' ? text : text.slice(1, -1).replaceAll('\\"', '"')).toBe(String(node.value));
      }
      expect(
        source
          .slice(offsetAt(document, start), offsetAt(document, end))
          .startsWith(line.slice(start.character, end.character)),
      ).toBe(true);
    };
    visit(document.root);
  });

  test('JSON pointers lead through blocks', () => {
    for (const [format, text] of samples) {
      const document = readDocument(format, text);
      const pointers: string[] = [];
      const visit = (node: Node): void => {
        pointers.push(pointerOf(document, node));
        if (node.kind === 'sequence') node.items.forEach(visit);
        if (node.kind === 'mapping') for (const pair of node.pairs) visit(pair.value);
      };
      visit(document.root);
      expect(pointers.slice(0, 3)).toEqual(['', '/version', '/farm']);
      expect(pointers).toContain('/webApplications');
      expect(pointers).toContain('/webApplications/1/outgoingEmail/smtpPort');
      expect(pointers).toContain('/monitoredMailboxes/1');
      expect(new Set(pointers).size).toBe(pointers.length);
    }
  });
});

describe('invariant 13: an edit costs the block it touches', () => {
  test.each(samples)('%s: an edit inside an item keeps every other block', (format, text) => {
    const document = readDocument(format, text);
    const at = text.indexOf('587');
    const edited = editDocument(document, { start: at, end: at + 3, text: '25' });
    const kept = edited.blocks.filter((block) => document.blocks.includes(block));
    expect(edited.blocks.length).toBe(document.blocks.length);
    expect(kept.length).toBe(document.blocks.length - 1);
    sameAs(edited, readDocument(format, text.replace('587', '25')));
  });

  test('an edit that changes the structure keeps the blocks that did not change', () => {
    const document = readDocument('yaml', farmYaml);
    const at = farmYaml.indexOf('  - url:');
    const edited = editDocument(document, { start: at, end: at, text: '  - url: https://new\n' });
    expect(edited.blocks.length).toBe(document.blocks.length + 1);
    expect(edited.blocks.filter((block) => !document.blocks.includes(block)).length).toBe(1);
  });

  test('a document whose anchors are used across blocks is read whole', () => {
    const document = readDocument('yaml', 'a: &x { b: 1 }\nc: *x\nd:\n  <<: *x\n  e: 2\n');
    expect(document.blocks.map(({ kind }) => kind)).toEqual(['whole']);
    expect(dataOf(document.root)).toEqual({ a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } });
    expect(document.problems).toEqual([]);
  });

  const pieces = fc.constantFrom(
    '\n',
    '\r\n',
    ' ',
    '  ',
    '- ',
    'a',
    'key',
    ': ',
    ':',
    ',',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    '#',
    '|',
    '>',
    '&x',
    '*x',
    '---\n',
    '\t',
    '//',
    '/*',
    '*/',
    '\\',
    '587',
    '\n- ',
    '\n  - name: x\n',
    '\nversion: 1\n',
    '"x": 1,',
    '<<',
    '?',
    '%',
    '\uFEFF',
    '\r',
    ' # comment\n',
    ' #{Name}',
    '// comment\n',
    '/* comment */',
  );
  const edits = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(6), pieces), {
    minLength: 1,
    maxLength: 6,
  });

  test.each(samples)(
    '%s: any row of edits gives what reading the text anew gives',
    (format, sample) => {
      fc.assert(
        fc.property(edits, (row) => {
          let text = sample;
          let document = readDocument(format, sample);
          for (const [where, length, piece] of row) {
            const start = Math.floor(where * text.length);
            const edit = { start, end: Math.min(start + length, text.length), text: piece };
            text = applyEdits(text, [edit]);
            document = editDocument(document, edit);
            sameAs(document, readDocument(format, text));
          }
        }),
        { numRuns: 200 },
      );
    },
    60_000,
  );
});

describe('invariant 1: parsing returns a tree and problems, whatever the text', () => {
  test.each(['yaml', 'json', 'jsonc'] as const)(
    '%s: arbitrary text',
    (format) => {
      const text = fc.array(
        fc.oneof(
          fc.string(),
          fc.constantFrom('\n', '- ', ': ', '{', '[', '"', '&a ', '*a', '<<: ', '!t ', '|\n ', '? '),
        ),
        {
          maxLength: 40,
        },
      );
      fc.assert(
        fc.property(text, (parts) => {
          const document = readDocument(format, parts.join(''));
          expect(textOf(document)).toBe(parts.join(''));
          for (const problem of document.problems) expect(problem.end).toBeLessThanOrEqual(problem.block.text.length);
        }),
        { numRuns: 1000 },
      );
    },
    60_000,
  );

  test.each([
    ['yaml', 'deep', '['.repeat(20_000), 'too-large'],
    ['json', 'deep', '['.repeat(20_000), 'too-large'],
    [
      'yaml',
      'aliases within bounds',
      'a: &a [x]\nb: [*a, *a]\n'.replace('[x]', `[${'{a: 1}, '.repeat(200)}]`),
      undefined,
    ],
    ['yaml', 'too many aliases', `a: &a x\nb: [${'*a, '.repeat(101)}]\n`, 'too-many-aliases'],
    ['yaml', 'second document', 'a: 1\n---\nb: 2\n', 'second-document'],
    ['yaml', 'duplicate key', 'a: 1\na: 2\n', 'duplicate-key'],
    ['json', 'duplicate key', '{"a":{"b":1,"b":2}}', 'duplicate-key'],
    ['json', 'trailing comma at the end', '{"a":1,}', 'trailing-comma'],
    ['json', 'trailing comma inside', '{"a":[{"b":1,}],"c":[1]}', 'trailing-comma'],
    ['json', 'comment', '{/* c */"a":1}', 'invalid-comment-token'],
    ['jsonc', 'jsonc', '{/* c */"a":[1,],}', undefined],
    ['yaml', 'half a key', 'farm:\n  name: x\nmailSer\nversion: 1\n', 'key-expected'],
    ['yaml', 'unknown alias', 'a: *b\n', 'unknown-alias'],
    ['yaml', 'UTF-16 read as UTF-8', '\uFFFD\uFFFDv\0e\0r\0s\0i\0o\0n\0', 'encoding'],
    ['yaml', 'tab', '\ta: 1\n', 'tab-as-indent'],
  ] as const)('%s: %s', (format, _name, text, code) => {
    expect(readDocument(format, text).problems.map((problem) => problem.code)).toEqual(
      code === undefined ? [] : [code],
    );
  });
});
