import { describe, expect, test } from 'vitest';
import { editDocument, readDocument } from '../../server/src/document/document.ts';
import { offsetsOf } from '../../server/src/document/places.ts';
import { lint } from '../../server/src/lint/engine.ts';
import { defineRule, type Rule, type SettingsRule } from '../../server/src/lint/rule.ts';
import { readSettings } from '../../server/src/settings/read.ts';

const source = { title: 'A page', url: 'https://example.com/' };
const text = { title: 'A rule', severity: 'error', versions: 'all', sources: [source], docs: '' } as const;

const farm = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpPort: 465
webApplications:
  - name: Portal
    url: https://portal
  - name: Projects
    url: https://projects
    outgoingEmail:
      smtpPort: 465
  - url: https://other
`;

function rule(id: string, check: SettingsRule['check'], more: Partial<SettingsRule> = {}): Rule {
  return defineRule({ ...text, ...more, id, over: 'settings', check } as SettingsRule);
}

function run(rules: readonly Rule[], yaml = farm) {
  const document = readDocument('yaml', yaml);
  return lint(rules, document, readSettings(document), { certificate: () => undefined, today: undefined }).findings.map(
    (finding) => ({
      ...finding,
      place: offsetsOf(document, finding.at).start,
    }),
  );
}

describe('one cause, one finding', () => {
  test('what web applications inherit stands once, on the value of the farm, with them as related places', () => {
    const findings = run([rule('port-465', ({ settings, report }) => report(settings.smtpPort, 'wrong'))]);
    expect(findings.map(({ place }) => place)).toEqual([farm.indexOf('465'), farm.lastIndexOf('465')]);
    expect(findings[0]?.related.map(({ message }) => message)).toEqual([
      'Portal inherits it',
      'https://other inherits it',
    ]);
    expect(findings[1]?.related).toEqual([]);
  });

  test('a rule takes the place of those it supersedes, on the same value only', () => {
    const weak = rule('weak', ({ settings, report }) => report(settings.smtpPort, 'weak'));
    const strong = rule(
      'strong',
      ({ settings, report }) => settings.scope.kind === 'farm' && report(settings.smtpPort, 'strong'),
      {
        supersedes: ['weak'],
      },
    );
    expect(run([weak, strong]).map(({ rule: id, place }) => [id, place])).toEqual([
      ['strong', farm.indexOf('465')],
      ['weak', farm.lastIndexOf('465')],
    ]);
  });

  test('nothing is reported on a value that is not written', () => {
    expect(run([rule('default', ({ settings, report }) => report(settings.useTls, 'never'))])).toEqual([]);
  });

  test('a rule is silent for other versions, and where the version is not known', () => {
    const old = rule('old', ({ settings, report }) => report(settings.smtpPort, 'old'), { versions: ['2013'] });
    expect(run([old])).toEqual([]);
    expect(run([old], farm.replace('2019', '2013'))).toHaveLength(2);
    expect(run([old], farm.replace('2019', `"\${env:VERSION}"`))).toEqual([]);
  });
});

describe('invariant 12: a rule that throws becomes one visible finding that names it; the others go on', () => {
  test('in the farm, in a web application, and over the whole file', () => {
    const broken = rule('broken', ({ settings }) => {
      if (settings.scope.name === 'Projects') throw new Error('a bug');
    });
    const whole: Rule = defineRule({
      ...text,
      id: 'whole',
      over: 'file',
      check: () => {
        throw new Error('another bug');
      },
    });
    const fine = rule('fine', ({ settings, report }) => report(settings.smtpPort, 'fine'));
    const findings = run([broken, whole, fine]);
    expect(findings.filter(({ rule: id }) => id === 'fine')).toHaveLength(2);
    const failures = findings.filter(({ rule: id }) => id === 'internal/rule-failed');
    expect(failures.map(({ place }) => place)).toEqual([0, farm.indexOf('name: Projects')]);
    expect(failures.map(({ message }) => message).join()).toMatch(/whole.*another bug.*broken.*a bug/);
  });
});

describe('an edit costs the web application it touches', () => {
  test('the rules run again for it alone; an edit of the farm runs them for all', () => {
    const checked: string[] = [];
    const rules = [rule('counting', ({ settings }) => void checked.push(settings.scope.name || 'the farm'))];
    const knowledge = { certificate: () => undefined, today: undefined };
    const before = readDocument('yaml', farm);
    const settings = readSettings(before);
    const edit = (find: string, replace: string) => {
      const start = farm.indexOf(find);
      const after = editDocument(before, { start, end: start + find.length, text: replace });
      checked.length = 0;
      lint(rules, after, readSettings(after, settings), knowledge, first);
      return [...checked];
    };
    const first = lint(rules, before, settings, knowledge);
    expect(checked).toEqual(['the farm', 'Portal', 'Projects', 'https://other']);
    expect(edit('Projects', 'Plans')).toEqual(['Plans']);
    expect(edit('2019', '2016')).toEqual(['the farm', 'Portal', 'Projects', 'https://other']);
  });
});
