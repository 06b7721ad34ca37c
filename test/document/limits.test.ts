import { describe, expect, test } from 'vitest';
import { analyse, analyseEdits, noSurroundings } from '../../server/src/analysis.ts';
import type { Format } from '../../server/src/document/split.ts';

const start = `version: 1
farm:
  sharePointVersion: 2016
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
`;
const many = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('');

describe('a large or hostile file is read in time, and its problems do not drown the editor', () => {
  const cases: readonly (readonly [string, Format, string])[] = [
    [
      '10,000 web applications',
      'yaml',
      `${start}webApplications:\n${many(10_000, (n) => `  - url: https://a${n}/\n`)}`,
    ],
    [
      '10,000 web applications',
      'json',
      `{"version":1,"farm":{"sharePointVersion":2019},"webApplications":[${many(10_000, (n) => `{"url":"https://a${n}"},`)}{"url":"https://z"}]}`,
    ],
    ['20,000 unknown keys', 'yaml', `${start}${many(20_000, (n) => `  key${n}: 1\n`)}`],
    ['20,000 unknown top-level keys', 'yaml', `${start}${many(20_000, (n) => `key${n}: 1\n`)}`],
    ['20,000 duplicate keys', 'yaml', `${start}${'farm: 1\n'.repeat(20_000)}`],
    ['a line of blanks with a colon', 'yaml', `${start}x${' '.repeat(200_000)}y: 1\n`],
    ['an open string of escapes', 'json', `{"a":"${'\\"'.repeat(100_000)}`],
    ['7 MB of blank lines', 'yaml', `${start}${'\n'.repeat(7_000_000)}`],
    [
      'an alias used 20,000 times',
      'yaml',
      `${start}monitoredMailboxes:\n  - &a a@contoso.com\n${'  - *a\n'.repeat(20_000)}`,
    ],
  ];

  test.each(cases)('%s (%s)', (_name, format, text) => {
    const began = performance.now();
    const { findings } = analyse(format, text, noSurroundings);
    // Seconds where the mistake would take minutes; measured well below one on an idle machine.
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(findings.length).toBeLessThanOrEqual(1_000);
  });

  test('more aliases than are followed are one problem, and nothing else is said of the file', () => {
    const text = `${start}monitoredMailboxes:\n  - &a a@contoso.com\n${'  - *a\n'.repeat(101)}`;
    expect(analyse('yaml', text, noSurroundings).findings.map(({ rule }) => rule)).toEqual(['syntax/too-many-aliases']);
  });
});

test('renaming the key of a list reads its items as items of the new one', () => {
  const text = `${start}mailServer:\n  - kind: Exchange\n`;
  const wrong = analyse('yaml', text, noSurroundings);
  expect(wrong.findings.map(({ rule }) => rule)).toEqual(['schema/unknown-key']);
  const at = text.indexOf('mailServer') + 'mailServer'.length;
  const right = analyseEdits(wrong, [() => ({ start: at, end: at, text: 's' })], noSurroundings);
  expect(right.findings.map(({ rule }) => rule)).toEqual(['schema/missing-key', 'schema/value']);
});
