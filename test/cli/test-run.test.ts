import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Terminal } from '../../server/src/cli/command.ts';
import { runTest } from '../../server/src/cli/test-run.ts';
import { subjectOf } from '../../server/src/cli/test-subject.ts';
import { prepare } from '../../server/src/node/test-email.ts';
import type { Severity } from '../../server/src/smtp/explain.ts';
import { refused, type TestOutcome } from '../../server/src/smtp/outcome.ts';
import type { Purpose } from '../../server/src/smtp/plan.ts';
import { farmText, mailTests } from './mail-farm.ts';

const { folder } = mailTests();

const values = {
  farm: false,
  'go-on-without-login': false,
  'password-stdin': false,
  'allow-env': [],
  'ca-file': [],
  timeout: '60',
  json: false,
  markdown: false,
};

/** The exit status of a test with this result. */
async function statusOf(purpose: Purpose, outcome: TestOutcome['outcome'], severities: readonly Severity[]) {
  const cwd = folder(farmText(25, { login: null }));
  const output = { write: () => true };
  const terminal: Terminal = {
    stdin: Readable.from([]),
    stdout: output,
    stderr: output,
    env: {},
    cwd: () => cwd,
    once: () => undefined,
  };
  const subject = await subjectOf(values, ['farm-email.yaml'], terminal);
  const prepared = prepare(subject.analysis, subject.scope, { kind: 'asConfigured' }, purpose);
  if (prepared.kind === 'refused') throw new Error(prepared.reason);
  const said = { id: 'x', happened: '', brief: '', meaning: '', who: 'you', advice: [], setting: undefined } as const;
  const observations = severities.map((severity) => ({ ...said, severity }));
  const carryOut = async (): Promise<TestOutcome> => ({ ...refused('not tried: a reason'), outcome, observations });
  const { plan } = prepared;
  return runTest({ subject, plan, to: 'me@contoso.com', recipient: 'option', missing: [], carryOut }, terminal);
}

describe('the exit status', () => {
  test.each([
    ['send', 'accepted', [], 0],
    ['send', 'accepted', ['error'], 0],
    ['send', 'failed', [], 1],
    ['send', 'unknown', [], 1],
    ['send', 'cancelled', [], 1],
    ['probe', 'accepted', [], 0],
    ['probe', 'accepted', ['warning', 'information'], 0],
    ['probe', 'accepted', ['error', 'information'], 1],
    ['probe', 'failed', [], 1],
    ['probe', 'cancelled', [], 1],
  ] as const)('%s: %s, with %j beside it: %i', async (purpose, outcome, severities, status) => {
    expect(await statusOf(purpose, outcome, severities)).toBe(status);
  });

  test('what was refused here ends with a message and status 2', async () => {
    await expect(statusOf('send', 'refused', [])).rejects.toThrow('not tried: a reason');
  });
});
