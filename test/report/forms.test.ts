import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { version } from '../../package.json';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import { formatOf } from '../../server/src/lint/file-names.ts';
import { type ReportFormat, type ReportOptions, reports } from '../../server/src/report/output.ts';
import { type CheckedFile, checkedFile } from '../../server/src/report/reported.ts';
import { rules } from '../../server/src/rules/registry.ts';
import { applyEdits } from '../../server/src/text/position.ts';

const options: ReportOptions = { colour: false, rules, version, failOn: 'error' };

const bad = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 465
    useTls: true
    authentication: anonymous # farm-email-disable-line auth-not-stated -- decided
    fromAddress: sharepoint@contoso.com
    replyToAddress: noreply@contoso.com
`;

function file(path: string, text: string): CheckedFile {
  return checkedFile(path, analyse('yaml', text, noSurroundings));
}

function report(format: ReportFormat, ...files: readonly CheckedFile[]): string {
  return [...reports[format](files, options)].join('');
}

/** So many unknown keys. */
function manyErrors(count: number): string {
  return `version: 1\nfarm:\n  sharePointVersion: 2019\n${Array.from({ length: count }, (_, i) => `key${i}: 1\n`).join('')}`;
}

describe('compact', () => {
  test('is one line a finding', () => {
    expect(report('compact', file('a/farm-email.yaml', bad)).split('\n')).toEqual([
      'a/farm-email.yaml:6:15: error: Port 465 expects TLS from the first byte; SharePoint speaks STARTTLS only [port-implicit-tls]',
      expect.stringMatching(/^a\/farm-email\.yaml:8:\d+: warning: .* \[suppression\/unused\]$/),
      expect.stringMatching(/^a\/farm-email\.yaml:10:21: warning: .* \[reply-to-no-reply\]$/),
      '',
    ]);
  });
});

describe('github', () => {
  test('errors come first, and properties are escaped', () => {
    const lines = report('github', file('b, c/100%: farm-email.yaml', bad)).split('\n');
    expect(lines[0]).toBe(
      '::error file=b%2C c/100%25%3A farm-email.yaml,line=6,endLine=6,col=15,endColumn=18,title=port-implicit-tls::Port 465 expects TLS from the first byte; SharePoint speaks STARTTLS only',
    );
    expect(lines.map((line) => /^::(\w+)/.exec(line)?.[1])).toEqual(['error', 'warning', 'warning', undefined]);
  });

  test('no more than GitHub shows, and the rest is counted', () => {
    const lines = report('github', file('farm-email.yaml', manyErrors(25)))
      .trim()
      .split('\n');
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::notice')).length).toBeLessThanOrEqual(10);
    expect(lines.at(-1)).toMatch(/^::notice title=farm-email::\d+ more findings: GitHub shows 10 of a kind/);
  });
});

describe('gitlab', () => {
  test('each finding has a fingerprint of its own, which stays while lines move', () => {
    const of = (text: string): string[] =>
      JSON.parse(report('gitlab', file('./x/farm-email.yaml', text))).map(
        (each: { fingerprint: string }) => each.fingerprint,
      );
    const prints = of(manyErrors(5) + manyErrors(0));
    expect(new Set(prints).size).toBe(prints.length);
    expect(of(`# moved\n\n${bad}`)).toEqual(of(bad));
    expect(of(bad)).toContain('port-implicit-tls:x/farm-email.yaml#/farm/outgoingEmail/smtpPort');
  });
});

describe('junit', () => {
  test('a finding at or above --fail-on is a failure, another one passes, a clean file is one test', () => {
    const text = report('junit', file('<a> & "b".yaml', bad), file('clean.farm-email.yaml', bad.replace('465', '587')));
    expect(text).toContain('<testsuite name="&lt;a&gt; &amp; &quot;b&quot;.yaml" tests="3" failures="1">');
    expect(text.match(/<failure /g)).toHaveLength(1);
    expect(text.match(/<system-out>/g)).toHaveLength(4);
    // Each element that opens is closed, in order.
    const open: string[] = [];
    for (const [, slash, name = '', empty] of text.matchAll(/<(\/?)([\w-]+)(?:\s+[\w-]+="[^"<>]*")*(\/?)>/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (empty === '') open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('what XML has no place for is made visible', () => {
    expect(report('junit', file('a\u0001b.yaml', bad))).not.toContain('\u0001');
  });
});

describe('markdown', () => {
  test('what a file says is no markup', () => {
    const text = report('markdown', file('[x](http://e)|`.yaml', bad));
    expect(text).not.toContain('[x]');
    expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(5);
    expect(text).toContain('| error | <code>&#91;x&#93;(http://e)&#124;&#96;.yaml:6:15</code> |');
  });
});

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The schema of SARIF 2.1.0 as OASIS published it. It is of draft 04, which differs in how a schema is named. */
function sarifValidator(): ValidateFunction {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema: draft, id, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  expect(draft).toBe('http://json-schema.org/draft-04/schema#');
  expect(id).toMatch(/\/sarif-2\.1\.0-rtm\.5\.json$/);
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

describe('sarif', () => {
  const isValid = sarifValidator();

  test('is valid against its schema, whatever is found', () => {
    const folders = ['rules', 'realworld/farms'].map((name) => path.resolve(import.meta.dirname, '..', name));
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
        const format = formatOf(name);
        if (format === undefined) return [];
        const text = readFileSync(path.join(folder, name), 'utf8');
        return [checkedFile(`./a b/${name}`, analyse(format, text, noSurroundings))];
      }),
    );
    expect(files.length).toBeGreaterThan(200);
    const broken = file('farm-email.yaml', 'version: 1\nfarm: [\n# farm-email-disable-next-line x\n');
    const all = JSON.parse(report('sarif', ...files, broken));
    expect(new Set(all.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).size).toBeGreaterThan(90);
    isValid(all);
    expect(isValid.errors).toBeNull();
    isValid(JSON.parse(report('sarif')));
    expect(isValid.errors).toBeNull();
    all.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
    expect(isValid(all)).toBe(false);
  });

  const checked = file(
    './x y/farm-email.yaml',
    bad
      .replace('auth-not-stated', 'port-implicit-tls')
      .replace(
        '    smtpPort: 465\n',
        '    # farm-email-disable-next-line port-implicit-tls -- a proxy\n    smtpPort: 465\n',
      ),
  );
  const log = JSON.parse(report('sarif', checked, file('farm-email.yaml', bad)));
  const [run] = log.runs;

  test('names its rules, with help, and each result names one of them', () => {
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ columnKind: 'utf16CodeUnits' }] });
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const rule of run.tool.driver.rules) {
      expect(rule.shortDescription.text).not.toBe('');
      expect(rule.fullDescription.text).not.toBe('');
      expect(rule.help.text).not.toBe('');
    }
    for (const result of run.results) expect(ids[result.ruleIndex]).toBe(result.ruleId);
    const level = (id: string): unknown =>
      run.tool.driver.rules.find((rule: { id: string }) => rule.id === id)?.defaultConfiguration;
    expect(level('reply-to-no-reply')).toEqual({ level: 'warning' });
  });

  test('a place is that of the finding, under a relative URL', () => {
    const last = run.results.find(
      (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        result.locations[0]?.physicalLocation.artifactLocation.uri === 'farm-email.yaml',
    );
    expect(last.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'farm-email.yaml' },
      region: { startLine: 6, startColumn: 15, endLine: 6, endColumn: 18 },
    });
    expect(JSON.stringify(run.results)).toContain('"uri":"x%20y/farm-email.yaml"');
  });

  test('a fix does what the fix of the editor does', () => {
    const result = run.results.find(
      ({ ruleId, suppressions }: { ruleId: string; suppressions?: unknown }) =>
        ruleId === 'port-implicit-tls' && suppressions === undefined,
    );
    const [change] = result.fixes[0].artifactChanges;
    const lines = bad.split('\n');
    const offset = (line: number, column: number): number =>
      lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    const edits = change.replacements.map(
      ({ deletedRegion, insertedContent }: { deletedRegion: Region; insertedContent: { text: string } }) => ({
        start: offset(deletedRegion.startLine, deletedRegion.startColumn),
        end: offset(deletedRegion.endLine, deletedRegion.endColumn),
        text: insertedContent.text,
      }),
    );
    expect(applyEdits(bad, edits)).toBe(bad.replace('465', '587'));
  });

  test('what a comment accepts is suppressed, with its reason', () => {
    const suppressed = run.results.filter((result: { suppressions?: unknown }) => result.suppressions !== undefined);
    expect(suppressed).toMatchObject([
      { ruleId: 'port-implicit-tls', suppressions: [{ kind: 'inSource', justification: 'a proxy' }] },
    ]);
  });

  test('each result has a fingerprint of its own', () => {
    const prints = run.results.map(
      (result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints['farmEmail/v1'],
    );
    expect(new Set(prints).size).toBe(run.results.length);
  });

  test('no more results than code scanning takes, and that is said', () => {
    const checked = file('', manyErrors(200));
    const files = Array.from({ length: 260 }, (_, i) => ({ ...checked, path: `${i}.farm-email.yaml` }));
    const [big] = JSON.parse(report('sarif', ...files)).runs;
    expect(big.results).toHaveLength(25_000);
    expect(big.invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^\d+ more findings are left out/);
  });
});
