import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type Analysis, analyse, noSurroundings, type Surroundings } from '../../server/src/analysis.ts';
import { readDocument, textOf } from '../../server/src/document/document.ts';
import { offsetsOf, pointerOf } from '../../server/src/document/places.ts';
import type { Format } from '../../server/src/document/split.ts';
import { quickFixes } from '../../server/src/ide/quick-fixes.ts';
import type { Finding } from '../../server/src/lint/finding.ts';
import { applyEdits } from '../../server/src/text/position.ts';
import { dataOf } from '../document/plain.ts';
import { root } from '../house/sources.ts';
import { certificateFile } from '../rules/certificate-files.ts';
import { fixtures, surroundingsOf } from '../rules/fixtures.ts';

/** The text after the action that ignores a finding; undefined where it is not offered. */
function ignored(analysis: Analysis, finding: Finding): string | undefined {
  const { start, end } = offsetsOf(analysis.document, finding.at);
  const offered = quickFixes(analysis, start, end);
  const action = offered.find(({ title, findings }) => title.startsWith('Ignore ') && findings.includes(finding));
  return action && applyEdits(textOf(analysis.document), action.edits);
}

function described({ document }: Analysis, { rule, message, node }: Finding): string {
  return `${rule} ${message} ${node === undefined ? '' : pointerOf(document, node)}`;
}

/** Ignores each finding of a text, one at a time: it is gone, with what shares its rule and line, and all else is as it was. */
function ignoreEach(format: Format, text: string, known: Surroundings): number {
  const analysis = analyse(format, text, known);
  let done = 0;
  for (const finding of analysis.findings) {
    if (finding.rule.startsWith('syntax/')) {
      expect(ignored(analysis, finding)).toBeUndefined();
      continue;
    }
    const changed = ignored(analysis, finding);
    if (changed === undefined) throw new Error(`${finding.rule} cannot be ignored in:\n${text}`);
    done++;
    const after = analyse(format, changed, known);
    const label = `${finding.rule} in:\n${changed}`;
    const gone = after.suppressed.map((each) => described(after, each.finding));
    expect(gone, label).toContain(described(analysis, finding));
    const left = after.findings.map((each) => described(after, each));
    expect([...left, ...gone].sort(), label).toEqual(analysis.findings.map((each) => described(analysis, each)).sort());
    expect(new Set(after.suppressed.map((each) => each.finding.rule)), label).toEqual(new Set([finding.rule]));
    expect(dataOf(after.document.root)).toEqual(dataOf(analysis.document.root));
    // Nothing but the comment: what is added is one run of text, and without it the text is what it was.
    const added = changed.length - text.length;
    let at = 0;
    while (changed[at] === text[at] && at < text.length) at++;
    expect(changed.slice(0, at) + changed.slice(at + added)).toBe(text);
    expect(changed.slice(at, at + added)).toContain(finding.rule);
    if (text.includes('\r\n')) expect(changed.replaceAll('\r\n', '')).not.toContain('\n');
  }
  return done;
}

const all = fixtures()
  .filter(({ name, format }) => name.startsWith('bad') && format !== 'json')
  .map((fixture) => [`${fixture.rule}/${path.basename(fixture.file)}`, fixture] as const);

describe('each finding of the bad fixtures is ignored by a comment, and by nothing else', () => {
  test.each(all)('%s', async (_name, { format, text }) => {
    const known = await surroundingsOf(analyse(format, text, noSurroundings), certificateFile);
    const data = dataOf(readDocument(format, text).root);
    const twins = [
      [format, text],
      [format, text.replaceAll('\n', '\r\n')],
      ['yaml', `\uFEFF${stringify(data)}`],
      ['yaml', stringify(data, { collectionStyle: 'flow' })],
      ['yaml', JSON.stringify(data)],
      ['jsonc', JSON.stringify(data)],
      ['jsonc', `${JSON.stringify(data, null, '\t')}\n`],
      ['jsonc', JSON.stringify(data, null, 2).replaceAll('\n', '\r\n')],
    ] as const;
    for (const [twin, each] of twins) ignoreEach(twin, each, known);
    expect(ignoreEach(format, text, known)).toBeGreaterThan(0);
  });
});

test('the example, one after the other until nothing is left', () => {
  let text = readFileSync(path.join(root, 'examples/contoso/farm-email.yaml'), 'utf8');
  for (let round = 0; round < 20; round++) {
    const analysis = analyse('yaml', text, noSurroundings);
    const [finding] = analysis.findings;
    if (finding === undefined) break;
    text = ignored(analysis, finding) ?? '';
  }
  expect(analyse('yaml', text, noSurroundings).findings).toEqual([]);
});

const farm = 'version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail:\n';
const rest =
  '    smtpServer: smtp.contoso.com\n    useTls: true\n    authentication: anonymous\n    fromAddress: sharepoint@contoso.com\n    replyToAddress: helpdesk@contoso.com\n    overrideEnvelopeSender: true\n';

/** The lines that come after ignoring the first finding, given those before. */
function lines(before: string, format: Format = 'yaml'): string | undefined {
  const whole = format === 'yaml' ? farm + rest + before : before;
  const analysis = analyse(format, whole, noSurroundings);
  const [finding] = analysis.findings;
  const text = finding && ignored(analysis, finding);
  return format === 'yaml' ? text?.slice((farm + rest).length) : text;
}

describe('where the comment goes', () => {
  test.each([
    [
      'the line above, with the same indentation',
      '    smtpPort: 465\n',
      '    # farm-email-disable-next-line port-implicit-tls\n    smtpPort: 465\n',
    ],
    [
      'above the dash',
      'webApplications:\n  - name: Portal\n',
      'webApplications:\n  # farm-email-disable-next-line schema/missing-key\n  - name: Portal\n',
    ],
    [
      'into the comment that is there, before its reason',
      '    # farm-email-disable-next-line schema/type -- why\n\n    smtpPort: 465\n',
      '    # farm-email-disable-next-line schema/type, port-implicit-tls -- why\n\n    smtpPort: 465\n',
    ],
    [
      'into the comment on the line',
      '    smtpPort: 465 # farm-email-disable-line schema/type\n',
      '    smtpPort: 465 # farm-email-disable-line schema/type, port-implicit-tls\n',
    ],
    [
      'into one that names no rule',
      '    smtpPort: 465 # farm-email-disable-line: -- why\n',
      '    smtpPort: 465 # farm-email-disable-line: port-implicit-tls -- why\n',
    ],
    [
      'above a flow mapping that spans lines, or inside it',
      'webApplications: [\n  { url: "https://a.contoso.com/",\n    outgoingEmail: {\n      smtpPort: 465\n    } } ]\n',
      'webApplications: [\n  { url: "https://a.contoso.com/",\n    outgoingEmail: {\n      # farm-email-disable-next-line port-implicit-tls\n      smtpPort: 465\n    } } ]\n',
    ],
    [
      'behind the line, where the line begins in a text',
      'webApplications: [ { name: "a\n  b", url: https://a.contoso.com/, x: 1 } ]\n',
      'webApplications: [ { name: "a\n  b", url: https://a.contoso.com/, x: 1 } ] # farm-email-disable-line schema/unknown-key\n',
    ],
    [
      'above a block scalar',
      '    note: |\n      # text\n',
      '    # farm-email-disable-next-line schema/unknown-key\n    note: |\n      # text\n',
    ],
    [
      'below a block scalar',
      '    overrideEnvelopeSender2: |+\n      x\n\n    smtpPort: 465\n',
      '    # farm-email-disable-next-line schema/unknown-key\n    overrideEnvelopeSender2: |+\n      x\n\n    smtpPort: 465\n',
    ],
  ])('%s', (_name, before, after) => {
    const analysis = analyse('yaml', farm + rest + before, noSurroundings);
    const finding = analysis.findings.find(({ rule }) => after.includes(rule) && !before.includes(rule));
    expect(finding && ignored(analysis, finding)).toBe(farm + rest + after);
  });

  test('the first line of a file, behind its byte order mark', () => {
    expect(lines('\uFEFF{ "version": 1 }', 'jsonc')).toBe(
      '\uFEFF// farm-email-disable-next-line schema/missing-key\n{ "version": 1 }',
    );
  });

  test('nowhere, where the line begins and ends in a text', () => {
    expect(lines('webApplications: [ { name: "a\n  b", x: 1, url: "https://a\n b" } ]\n')).toBeUndefined();
  });

  test('nowhere in JSON, and never for what cannot be suppressed', () => {
    expect(lines('{ "version": 1 }', 'json')).toBeUndefined();
    expect(lines('    smtpPort: 25 # farm-email-disable-line port-implicit-tls\n')).toBeUndefined();
    expect(lines('    smtpPort: [\n')).toBeUndefined();
  });
});

test('what only silences comes last, once for each rule of a line, and not for a whole file of findings', () => {
  const text = `${farm}${rest}    smtpPort: 465\nwebApplications: [ { name: a }, { name: b } ]\n`;
  const analysis = analyse('yaml', text, noSurroundings);
  const titles = quickFixes(analysis, 0, text.length).map(({ title }) => title);
  expect(titles).toEqual([
    'Use port 587',
    'Ignore port-implicit-tls on this line',
    'Ignore schema/missing-key on this line',
  ]);
  const many = analyse(
    'yaml',
    `${text}${'x'.repeat(3)}: 1\n${Array.from({ length: 30 }, (_, i) => `y${i}: 1\n`).join('')}`,
    noSurroundings,
  );
  expect(quickFixes(many, 0, 10_000).filter(({ title }) => title.startsWith('Ignore'))).toEqual([]);
});
