import { expect, test } from 'vitest';
import { type Analysis, analyse, noSurroundings } from '../../server/src/analysis.ts';
import { quickFixes } from '../../server/src/ide/quick-fixes.ts';
import { jsonReport } from '../../server/src/report/json.ts';
import { prettyReport } from '../../server/src/report/pretty.ts';
import { checkedFile } from '../../server/src/report/reported.ts';

function report(analysis: Analysis): readonly string[] {
  return [...prettyReport([checkedFile('farm-email.json', analysis)], false)].join('').split('\n');
}

test('of a long line only what is around the value is shown, with the value marked', () => {
  const outgoingEmail = {
    smtpServer: 'smtp.contoso.com',
    smtpPort: 465,
    useTls: true,
    fromAddress: 'sharepoint@contoso.com',
    replyToAddress: 'helpdesk@contoso.com',
  };
  const farm = { sharePointVersion: 2016, outgoingEmail };
  const webApplications = Array.from({ length: 200 }, (_, i) => ({ url: `https://portal-${i}.contoso.com` }));
  const webApplication = { url: 'https://last.contoso.com', outgoingEmail: { smtpPort: 465 } };
  const data = { version: 1, farm, webApplications: [...webApplications, webApplication] };
  const lines = report(analyse('json', JSON.stringify(data), noSurroundings));
  const marks = lines.flatMap((line, i) => (/^ *\| *\^+$/.test(line) ? [i] : []));
  // The last one repeats the farm's value, too.
  expect(marks).toHaveLength(3);
  for (const mark of marks) {
    const [source = '', carets = ''] = lines.slice(mark - 1);
    expect(source.length).toBeLessThan(180);
    expect(source.slice(carets.indexOf('^'), carets.length)).toBe('465');
  }
  expect(lines[(marks[0] ?? 0) - 1]).toMatch(/^ {2}1 \| ….*…$/);
  expect(lines[(marks[2] ?? 0) - 1]).toMatch(/^ {2}1 \| ….*[^…]$/);
});

test('a value that is longer than the excerpt is marked as far as it is shown', () => {
  const text = JSON.stringify({ version: 1, farm: { outgoingEmail: { smtpServer: `https://${'x'.repeat(5_000)}` } } });
  for (const line of report(analyse('json', text, noSurroundings)).filter((each) => /^ +(?:1 )?\|/.test(each))) {
    expect(line.length).toBeLessThan(180);
  }
});

test('what would act on a terminal is shown, and every mark stays below its value', () => {
  const text =
    'version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail: { "a\\\u202e": "\u{e0041}", smtpPort: 465 }\n';
  const analysis = analyse('yaml', text, noSurroundings);
  const lines = [...prettyReport([checkedFile('a\u001b[2J.yaml', analysis)], false)].join('').split('\n');
  for (const character of ['\u001b', '\u202e', '\u{e0041}']) expect(lines.join('')).not.toContain(character);
  const mark = lines.findIndex((line) => line.endsWith('^^^'));
  expect(lines[mark - 1]?.slice((lines[mark]?.length ?? 0) - 3).slice(0, 3)).toBe('465');
});

test('a fix that cannot be done here is offered by nobody', () => {
  const text =
    'version: 1\nfarm:\n  sharePointVersion: 2016\n  outgoingEmail: { smtpServer: smtp.contoso.com, smtpPort: 465, useTls: true, fromAddress: a@contoso.com, replyToAddress: b@contoso.com }\n';
  const analysis = analyse('yaml', text, noSurroundings);
  const impossible = { title: 'Do the impossible', kind: 'safe', edits: () => [] } as const;
  const findings = analysis.findings.map((each) => ({ ...each, fixes: [impossible, ...each.fixes] }));
  const without = { ...analysis, findings };
  const offered = ['Use port 587'];
  const titles = quickFixes(without, 0, text.length).map(({ title }) => title);
  expect(titles).toEqual([...offered, 'Ignore port-implicit-tls on this line']);
  expect(report(without).filter((line) => line.startsWith('    fix: '))).toEqual(['    fix: Use port 587']);
  const [file] = jsonReport([checkedFile('x', without)]).files;
  expect(file?.findings.flatMap(({ fixes }) => fixes.map(({ title }) => title))).toEqual(offered);
});
