import { describe, expect, test } from 'vitest';
import { type Analysis, analyse, analyseEdits, noSurroundings, withSafeFixes } from '../../server/src/analysis.ts';
import { textOf } from '../../server/src/document/document.ts';
import { offsetsOf, rangeOf } from '../../server/src/document/places.ts';
import type { Format } from '../../server/src/document/split.ts';
import { editsOf } from '../../server/src/lint/apply.ts';
import { applyEdits } from '../../server/src/text/position.ts';

/** A farm that is sound but for the lines given: those of its `outgoingEmail`, and those at the end. */
function farm(lines: string, end = ''): string {
  return `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
    overrideEnvelopeSender: true
${lines}${end}`;
}

function check(text: string, format: Format = 'yaml'): Analysis {
  return analyse(format, text, noSurroundings);
}

/** Every finding as `line rule "underlined text"`. */
function found({ document, findings }: Analysis): readonly string[] {
  const text = textOf(document);
  return findings.map(({ rule, at }) => {
    const { start, end } = offsetsOf(document, at);
    return `${rangeOf(document, at).start.line} ${rule} ${JSON.stringify(text.slice(start, end))}`;
  });
}

function suppressed({ suppressed: all }: Analysis): readonly string[] {
  return all.map(({ finding, reason }) => `${finding.rule}${reason === undefined ? '' : ` -- ${reason}`}`);
}

describe('what a comment suppresses', () => {
  test.each([
    ['the next line', '    # farm-email-disable-next-line port-implicit-tls\n    smtpPort: 465\n'],
    ['its own line', '    smtpPort: 465 # farm-email-disable-line port-implicit-tls\n'],
    ['the file', '    smtpPort: 465\n# farm-email-disable-file port-implicit-tls\n'],
    [
      'the next line below blank lines and comments',
      '    # farm-email-disable-next-line port-implicit-tls\n\n  \n# 465?\n    smtpPort: 465\n',
    ],
    [
      'the next line, from behind the line before',
      '    # x\n    characterSet: 65001 # farm-email-disable-next-line port-implicit-tls\n    smtpPort: 465\n',
    ],
    [
      'a value on the line below its key',
      '    smtpPort:\n      # farm-email-disable-next-line port-implicit-tls\n      465\n',
    ],
    ['at any indentation', '# farm-email-disable-next-line port-implicit-tls\n    smtpPort: 465\n'],
    ['with a colon, without blanks', '    #farm-email-disable-next-line: port-implicit-tls\n    smtpPort: 465\n'],
    ['by one of two comments', '    # farm-email-disable-next-line port-implicit-tls\n    smtpPort: 465 # today\n'],
  ])('%s', (_name, lines) => {
    const analysis = check(farm(lines));
    expect(found(analysis)).toEqual([]);
    expect(suppressed(analysis)).toEqual(['port-implicit-tls']);
    const windows = check(farm(lines).replaceAll('\n', '\r\n'));
    expect([found(windows), suppressed(windows)]).toEqual([[], ['port-implicit-tls']]);
  });

  test.each([
    ['a web application', '  # farm-email-disable-next-line schema/missing-key\n  - name: Portal\n'],
    [
      'the second web application',
      '  - url: https://portal.contoso.com/\n    # farm-email-disable-next-line schema/missing-key\n\n  - name: Portal\n',
    ],
    ['the line of the dash', '  - name: Portal # farm-email-disable-line schema/missing-key\n'],
  ])('the first line of %s', (_name, lines) => {
    const analysis = check(farm('', `webApplications:\n${lines}`));
    expect([found(analysis), suppressed(analysis)]).toEqual([[], ['schema/missing-key']]);
  });

  test('a top-level key, from the block above it and from above everything', () => {
    expect(found(check(farm('', '# farm-email-disable-next-line schema/unknown-key\nwebApps: []\n')))).toEqual([]);
    expect(found(check('\uFEFF# farm-email-disable-next-line schema/missing-key\n---\nversion: 1\n'))).toEqual([]);
  });

  test('several rules, and the reason', () => {
    const analysis = check(
      farm(
        '    # farm-email-disable-next-line schema/type, port-implicit-tls -- a relay  of -- ours\n    smtpPort: 465\n',
      ),
    );
    expect(found(analysis)).toEqual(['10 suppression/unused "schema/type"']);
    expect(suppressed(analysis)).toEqual(['port-implicit-tls -- a relay of -- ours']);
  });

  test('one suppression for each finding: the nearest', () => {
    const both =
      '    # farm-email-disable-next-line port-implicit-tls\n    smtpPort: 465\n# farm-email-disable-file port-implicit-tls\n';
    expect(found(check(farm(both)))).toEqual(['12 suppression/unused "# farm-email-disable-file port-implicit-tls"']);
  });

  test('a finding that many inherit, where it stands', () => {
    const webApplications = 'webApplications:\n  - url: https://a.contoso.com/\n  - url: https://b.contoso.com/\n';
    const text = farm('    smtpPort: 465 # farm-email-disable-line port-implicit-tls\n', webApplications);
    expect(found(check(text))).toEqual([]);
    const below = farm(
      '    smtpPort: 465\n',
      webApplications.replaceAll('/\n', '/ # farm-email-disable-line port-implicit-tls\n'),
    );
    expect(found(check(below)).filter((each) => !each.includes('unused'))).toEqual(['10 port-implicit-tls "465"']);
  });

  test('a value over several lines, by the line in which it starts', () => {
    const value = '    # farm-email-disable-next-line schema/type\n    smtpPort: "4\n      65"\n';
    expect(found(check(farm(value)))).toEqual([]);
    const late = '    smtpPort: "4\n      65" # farm-email-disable-line schema/type\n';
    expect(found(check(farm(late)))).toHaveLength(2);
  });
});

describe('what is no suppression', () => {
  test.each([
    ['text in quotes', '    smtpPort: "465 # farm-email-disable-line schema/type"\n', 'schema/type'],
    [
      'text of a block scalar',
      '    note: |\n      # farm-email-disable-next-line schema/unknown-key\n    smtpPrt: 1\n',
      'schema/unknown-key',
    ],
    [
      'a comment that mentions one',
      '    # see farm-email-disable-line port-implicit-tls\n    smtpPort: 465\n',
      'port-implicit-tls',
    ],
    ['the name of a file', '    # farm-email-disabled.yaml\n    smtpPort: 465\n', 'port-implicit-tls'],
  ])('%s', (_name, lines, rule) => {
    const analysis = check(farm(lines));
    expect(new Set(found(analysis).map((each) => each.split(' ')[1]))).toEqual(new Set([rule]));
    expect(analysis.suppressed).toEqual([]);
  });
});

const soundFarm = JSON.stringify({
  sharePointVersion: 2016,
  outgoingEmail: {
    smtpServer: 'smtp.contoso.com',
    useTls: true,
    fromAddress: 'sharepoint@contoso.com',
    replyToAddress: 'helpdesk@contoso.com',
  },
});

describe('JSONC', () => {
  const json = (lines: string): string => `{
  "version": 1,
  "farm": ${soundFarm},
  "webApplications": [
    { "url": "https://a.contoso.com/" },
${lines}
  ]
}
`;
  test.each([
    ['a line above', '    // farm-email-disable-next-line schema/missing-key\n    { "name": "B" }'],
    [
      'a line above, between slash and star',
      '    /* farm-email-disable-next-line schema/missing-key */\n    { "name": "B" }',
    ],
    ['before it on its line', '    /* farm-email-disable-line schema/missing-key */ { "name": "B" }'],
    ['behind it', '    { "name": "B" } // farm-email-disable-line schema/missing-key'],
    ['behind a comma', '    { "name": "B" }, // farm-email-disable-line schema/missing-key'],
    [
      'behind the item above',
      '    {"url":"https://x.contoso.com/"}, // farm-email-disable-next-line schema/missing-key\n    { "name": "B" }',
    ],
    ['in the item', '    {\n      // farm-email-disable-next-line schema/missing-key\n      "name": "B" }'],
    ['of the file', '    { "name": "B" } // farm-email-disable-file schema/missing-key -- later'],
  ])('%s', (_name, lines) => {
    for (const text of [json(lines), json(lines).replaceAll('\n', '\r\n')]) {
      const analysis = check(text, 'jsonc');
      expect(found(analysis)).toEqual([]);
      expect(suppressed(analysis).map((each) => each.split(' ')[0])).toEqual(['schema/missing-key']);
    }
  });

  test('between the end of a list and what follows', () => {
    const text = `{ "version": 1, "farm": ${soundFarm}, "certificates": [{"name": "a"}] /* farm-email-disable-next-line schema/unknown-key */ ,\n  "x": 1 }`;
    expect(found(check(text, 'jsonc'))).toEqual([]);
  });
});

describe('what is wrong with a suppression is a finding', () => {
  test.each([
    ['no rule', '    smtpPort: 587 # farm-email-disable-line\n', 'malformed "farm-email-disable-line"', ''],
    [
      'no rule, but a reason',
      '    smtpPort: 587 # farm-email-disable-line -- why\n',
      'malformed "farm-email-disable-line"',
      '',
    ],
    [
      'another word',
      '    smtpPort: 587 # farm-email-disable a-rule\n',
      'malformed "farm-email-disable"',
      ' # farm-email-disable-file a-rule',
    ],
    [
      'a word that is nearly one',
      '    smtpPort: 587 # farm-email-disable-nextline port-implicit-tls\n',
      'malformed "farm-email-disable-nextline"',
      ' # farm-email-disable-next-line port-implicit-tls',
    ],
    [
      'a range, which there is not',
      '    smtpPort: 587 # farm-email-enable port-implicit-tls\n',
      'malformed "farm-email-enable"',
      undefined,
    ],
    [
      'a reason without dashes',
      '    smtpPort: 465 # farm-email-disable-line port-implicit-tls the relay wants it\n',
      'malformed "the relay wants it"',
      ' # farm-email-disable-line port-implicit-tls -- the relay wants it',
    ],
    [
      'a rule that is nearly one',
      '    smtpPort: 587 # farm-email-disable-line port-implicit-tsl\n',
      'unknown-rule "port-implicit-tsl"',
      ' # farm-email-disable-line port-implicit-tls',
    ],
    [
      'a rule that is none',
      '    smtpPort: 465 # farm-email-disable-line no-such-thing-at-all, port-implicit-tls -- x\n',
      'unknown-rule "no-such-thing-at-all"',
      ' # farm-email-disable-line port-implicit-tls -- x',
    ],
    [
      'syntax',
      '    smtpPort: 587 # farm-email-disable-line syntax/duplicate-key\n',
      'not-allowed "syntax/duplicate-key"',
      '',
    ],
    [
      'itself',
      '    smtpPort: 587 # farm-email-disable-line suppression/unused\n',
      'not-allowed "suppression/unused"',
      '',
    ],
  ])('%s', (_name, lines, expected, fixed) => {
    const text = farm(lines);
    const analysis = check(text);
    expect(found(analysis)).toEqual([`10 suppression/${expected}`]);
    const [finding] = analysis.findings;
    expect(finding?.message.length).toBeLessThanOrEqual(110);
    const [fix] = finding?.fixes ?? [];
    expect(fix?.kind).toBe(fixed === undefined ? undefined : 'suggested');
    if (fix !== undefined) {
      const line = lines.replace(/ #.*/, fixed ?? '');
      expect(applyEdits(text, editsOf(analysis.document, fix))).toBe(farm(line));
    }
  });
});

describe('what nothing needs is a finding, and its fix takes it out and nothing else', () => {
  const a = 'port-implicit-tls';
  const b = 'schema/type';
  const c = 'schema/value';
  test.each([
    ['a line of its own', `    # farm-email-disable-next-line ${b} -- x\n    smtpPort: 25\n`, '    smtpPort: 25\n'],
    ['behind a value', `    smtpPort: 25   # farm-email-disable-line ${b}\n`, '    smtpPort: 25\n'],
    [
      'the first of two',
      `    smtpPort: 465 # farm-email-disable-line ${b}, ${a} -- x\n`,
      `    smtpPort: 465 # farm-email-disable-line ${a} -- x\n`,
    ],
    [
      'the last of two',
      `    smtpPort: 465 # farm-email-disable-line ${a} , ${b} -- x\n`,
      `    smtpPort: 465 # farm-email-disable-line ${a} -- x\n`,
    ],
    [
      'two around one',
      `    smtpPort: 465 # farm-email-disable-line ${b}, ${a}, ${c}\n`,
      `    smtpPort: 465 # farm-email-disable-line ${a}\n`,
    ],
    [
      'two of three',
      `    smtpPort: 465 # farm-email-disable-line ${b} ${c} ${a}\n`,
      `    smtpPort: 465 # farm-email-disable-line ${a}\n`,
    ],
    ['at the end of the file', `    smtpPort: 25\n# farm-email-disable-next-line ${b}`, '    smtpPort: 25\n'],
    [
      'two of the same',
      `    # farm-email-disable-next-line ${a}\n    # farm-email-disable-next-line ${a}\n    smtpPort: 465\n`,
      `    # farm-email-disable-next-line ${a}\n    smtpPort: 465\n`,
    ],
    [
      'of a rule that is fixed',
      `    # farm-email-disable-next-line ${b}, ${c}\n    useTls: true\n`.replace('useTls: true', 'smtpPort: 25'),
      '    smtpPort: 25\n',
    ],
  ])('%s', (_name, lines, fixed) => {
    for (const newline of ['\n', '\r\n']) {
      const analysis = check(farm(lines).replaceAll('\n', newline));
      expect(analysis.findings.map(({ rule }) => rule)).toEqual(['suppression/unused']);
      expect(analysis.findings[0]?.fixes.map(({ kind }) => kind)).toEqual(['safe']);
      const after = withSafeFixes(analysis);
      expect(textOf(after.document)).toBe(farm(fixed).replaceAll('\n', newline));
      expect(after.findings).toEqual([]);
    }
  });

  test.each([
    ['{\n  // farm-email-disable-next-line schema/type\n  "version": 1,\n', '{\n  "version": 1,\n'],
    ['{ "version": 1, // farm-email-disable-line schema/type\n', '{ "version": 1,\n'],
    ['{ /* farm-email-disable-line schema/type */ "version": 1,\n', '{ "version": 1,\n'],
    ['// farm-email-disable-file schema/type\n{ "version": 1,\n', '{ "version": 1,\n'],
  ])('JSONC: %j', (start, fixed) => {
    const rest = `"farm": ${soundFarm} }\n`;
    const after = withSafeFixes(check(start + rest, 'jsonc'));
    expect(textOf(after.document)).toBe(fixed + rest);
    expect(after.findings).toEqual([]);
  });

  test('nothing is said of it while the file cannot be read', () => {
    const text = farm('    smtpPort: 25 # farm-email-disable-line port-implicit-tls\n    smtpPort: [\n');
    expect(check(text).findings.map(({ rule }) => rule)).not.toContain('suppression/unused');
  });

  test('nor where the file of a certificate could not be read here', () => {
    const certificates = (file: string): string =>
      farm('', `certificates:\n  # farm-email-disable-next-line client-cert-key-algorithm\n  - name: a\n${file}`);
    const unused = (text: string): boolean => check(text).findings.some(({ rule }) => rule === 'suppression/unused');
    expect(unused(certificates('    path: a.pfx\n'))).toBe(false);
    expect(unused(certificates(''))).toBe(true);
  });
});

test('safe fixes leave alone what is suppressed', () => {
  const text = farm('    smtpPort: 465 # farm-email-disable-line port-implicit-tls -- a proxy\n');
  expect(textOf(withSafeFixes(check(text)).document)).toBe(text);
});

test('an edit gives what reading the text anew gives', () => {
  const text = farm(
    '    # farm-email-disable-next-line port-implicit-tls\n    smtpPort: 465\n',
    'webApplications:\n  - name: A\n    # farm-email-disable-next-line schema/missing-key\n  - name: B\n',
  );
  const edits = [
    { start: text.indexOf('465'), end: text.indexOf('465') + 3, text: '587' },
    { start: text.indexOf('  - name: B'), end: text.indexOf('  - name: B'), text: '  - name: C\n' },
    { start: text.indexOf('# farm'), end: text.indexOf('# farm') + 1, text: '' },
    {
      start: text.indexOf('name: A') + 7,
      end: text.indexOf('name: A') + 7,
      text: ' # farm-email-disable-line schema/missing-key',
    },
  ];
  for (const edit of edits) {
    const edited = analyseEdits(check(text), [() => edit], noSurroundings);
    const anew = check(applyEdits(text, [edit]));
    expect(found(edited)).toEqual(found(anew));
    expect(suppressed(edited)).toEqual(suppressed(anew));
  }
});

test('four times as many suppressions take about four times as long', { timeout: 60_000 }, () => {
  const lines = (count: number): string =>
    `${'# farm-email-disable-next-line schema/type\n'.repeat(count)}version: 1\n`;
  const items = (count: number): string => {
    const all = Array.from(
      { length: count },
      (_, i) => `  # farm-email-disable-next-line schema/type, nonsense\n  - url: https://${i}\n`,
    );
    return farm('', `webApplications:\n${all.join('')}`);
  };
  const milliseconds = (text: string): number => {
    const began = performance.now();
    check(text);
    return performance.now() - began;
  };
  for (const textOf of [lines, items]) {
    milliseconds(textOf(100));
    const some = Math.min(milliseconds(textOf(2500)), milliseconds(textOf(2500)));
    // Sixteen times as long if each were compared with all others.
    expect(Math.min(milliseconds(textOf(10_000)), milliseconds(textOf(10_000)))).toBeLessThan(10 * some);
  }
});
