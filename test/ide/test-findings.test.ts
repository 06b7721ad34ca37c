import { describe, expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import { rangeOf } from '../../server/src/document/places.ts';
import { findingsOfTest, saidByRules } from '../../server/src/ide/test-findings.ts';
import { rules } from '../../server/src/rules/registry.ts';
import { type Explanation, explanations } from '../../server/src/smtp/explain.ts';
import { observations } from '../../server/src/smtp/observations.ts';

const text = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication:
      userName: svc-mail
      password: \${secret:mail}
webApplications:
  - url: https://portal.contoso.com/
    name: Portal
    outgoingEmail:
      smtpPort: 26
`;
const analysis = analyse('yaml', text, noSurroundings);

function told(given: Partial<Explanation>): Explanation {
  return {
    id: 'some-failure',
    severity: 'error',
    happened: 'It happened.',
    brief: 'In brief',
    meaning: 'It means.',
    who: 'the mail administrator',
    advice: ['Try.'],
    setting: undefined,
    ...given,
  };
}

/** Line, underlined text, and related places of what is found. */
function found(scope: string, explanation: Explanation): unknown {
  return findingsOfTest(analysis, scope, { details: explanation, observations: [] }).map(({ rule, at, related }) => {
    const { start, end } = rangeOf(analysis.document, at);
    const line = text.split('\n')[start.line] ?? '';
    return [rule, line.slice(start.character, end.character), ...related.map(({ message }) => message)];
  });
}

describe('what a test found stands where a change would mend it', () => {
  test('on the value of the setting, and on the key of a block', () => {
    expect(found('/farm', told({ setting: 'smtpServer' }))).toEqual([['probe/some-failure', 'smtp.contoso.com']]);
    expect(found('/farm', told({ setting: 'authentication' }))).toEqual([['probe/some-failure', 'authentication']]);
    expect(found('/webApplications/0', told({ setting: 'smtpPort' }))).toEqual([['probe/some-failure', '26']]);
  });

  test('on what a web application inherits, and says for whom it was tested', () => {
    expect(found('/webApplications/0', told({ setting: 'smtpServer' }))).toEqual([
      ['probe/some-failure', 'smtp.contoso.com', 'Tested for Portal'],
    ]);
  });

  test('where nothing is stated, on the name of the block that lacks it', () => {
    expect(found('/farm', told({ setting: 'useTls' }))).toEqual([['probe/some-failure', 'outgoingEmail']]);
    expect(found('/webApplications/0', told({ setting: 'useTls' }))).toEqual([['probe/some-failure', 'url']]);
  });

  test('what no setting mends stands on the server; what concerns only whoever tests stands nowhere', () => {
    expect(found('/farm', told({}))).toEqual([['probe/some-failure', 'smtp.contoso.com']]);
    expect(found('/farm', told({ who: 'you' }))).toEqual([]);
  });

  test('all that was found, in its order, with its severity', () => {
    const details = told({ setting: 'smtpServer' });
    const observations = [told({ id: 'other', severity: 'information', setting: 'authentication' })];
    const findings = findingsOfTest(analysis, '/farm', { details, observations });
    expect(findings.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
      ['probe/some-failure', 'error', 'In brief'],
      ['probe/other', 'information', 'In brief'],
    ]);
  });

  test('what a rule says of the same value is not said twice, and what it says elsewhere is', () => {
    const recorded = analyse(
      'yaml',
      `${text.replace('    authentication', '    useTls: true\n    authentication')}mailServers:\n  - host: smtp.contoso.com\n    startTls: false\n`,
      noSurroundings,
    );
    expect(recorded.findings.map(({ rule }) => rule)).toContain('server-without-starttls');
    const ids = (details: Explanation) =>
      findingsOfTest(recorded, '/farm', { details, observations: [] }).map(({ rule }) => rule);
    expect(ids(told({ id: 'starttls-not-offered', setting: 'useTls' }))).toEqual([]);
    expect(ids(told({ id: 'starttls-not-offered', setting: 'smtpServer' }))).toEqual(['probe/starttls-not-offered']);
    expect(ids(told({ id: 'starttls-refused', setting: 'useTls' }))).toEqual(['probe/starttls-refused']);
  });

  test('every rule and every finding of a test that say the same exist', () => {
    for (const [rule, ids] of Object.entries(saidByRules)) {
      expect(rules.map(({ id }) => id)).toContain(rule);
      for (const id of ids) expect([...explanations, ...observations].map((each) => each.id)).toContain(id);
    }
  });

  test('a scope that is not there has nothing', () => {
    expect(found('/webApplications/7', told({ setting: 'smtpServer' }))).toEqual([]);
  });
});
