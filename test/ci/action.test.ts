import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commitAll, git, oldFarm, write } from '../cli/old-repository.ts';
import { temporaryFolders } from '../temporary.ts';
import { publish } from './published.ts';
import { runAction, type Step } from './runner.ts';

const temporaryFolder = temporaryFolders();

describe('the GitHub Action, at the tag of its major version', { timeout: 60_000 }, () => {
  const action = temporaryFolder();
  let repository: string;

  beforeAll(async () => {
    ({ repository } = await publish(temporaryFolder()));
    git(action, 'clone', '--quiet', '--depth=1', '--branch=v0', `file://${repository}`, '.');
  }, 120_000);

  function workspace(files: Readonly<Record<string, string>> = { 'farms/prod.farm-email.yaml': oldFarm }): string {
    const folder = temporaryFolder();
    write(folder, files);
    commitAll(folder, 'As it was found');
    return folder;
  }

  function annotations({ commands }: Step): readonly string[] {
    return commands
      .filter(({ command }) => ['error', 'warning', 'notice'].includes(command))
      .map(({ command, properties: { file, line, title } }) => `${command} ${file}:${line} ${title}`);
  }

  test('the tags of a release are one commit on top of the sources, which stay as they are', () => {
    const of = (revision: string): string => git(repository, 'rev-parse', revision).trim();
    expect(of('v0.1.0')).toBe(of('v0'));
    expect(of('v0~1')).toBe(of('HEAD'));
    expect(git(repository, 'status', '--porcelain')).toBe('');
    expect(git(repository, 'ls-files').trim()).toBe('README.md');
  });

  test('findings become annotations, a summary and outputs, and fail the step', async () => {
    const step = await runAction(action, {}, workspace());
    expect(step.status).toBe(1);
    expect(annotations(step)).toEqual([
      'error farms/prod.farm-email.yaml:7 credential-key-missing',
      'error farms/prod.farm-email.yaml:10 port-implicit-tls',
      'warning farms/prod.farm-email.yaml:17 reply-to-no-reply',
    ]);
    expect(step.summary).toContain('1 file checked: 2 errors, 1 warning');
    expect(step.outputs).toEqual({
      errors: '2',
      warnings: '1',
      information: '0',
      hints: '0',
      suppressed: '0',
      files: '1',
      'sarif-file': '',
    });
    expect(step.log).toContain('10 |     smtpPort: 465');
    expect(step.log).toContain('fix: Use port 587');
  });

  test('paths, one a line; fail-on; SARIF', async () => {
    const folder = workspace({
      'a/farm-email.yaml': oldFarm,
      'b b/farm-email.yaml': oldFarm,
      'c/farm-email.yaml': oldFarm,
    });
    const inputs = { paths: 'a\n  b b\n', 'fail-on': 'never', 'sarif-file': 'out/farm-email.sarif' };
    const { status, outputs } = await runAction(action, inputs, folder);
    expect({ status, outputs }).toMatchObject({
      status: 0,
      outputs: { files: '2', 'sarif-file': 'out/farm-email.sarif' },
    });
    const sarif = JSON.parse(readFileSync(path.join(folder, 'out/farm-email.sarif'), 'utf8'));
    expect(sarif.runs[0].results).toHaveLength(6);
  });

  test('a baseline, a configuration, and changed lines only', async () => {
    const folder = workspace({
      'farms/prod.farm-email.yaml': oldFarm,
      'strict.yaml': 'version: 1\nrules:\n  reply-to-no-reply: error\n',
      'baseline.json': JSON.stringify({
        version: 1,
        files: {
          'farms/prod.farm-email.yaml': [{ rule: 'credential-key-missing', at: '/farm/servers/SP-APP02/name' }],
        },
      }),
    });
    write(folder, { 'farms/prod.farm-email.yaml': oldFarm.replace('noreply@', 'no-reply@') });
    const inputs = { baseline: 'baseline.json', config: 'strict.yaml' };
    const all = await runAction(action, inputs, folder);
    expect(annotations(all)).toEqual([
      'error farms/prod.farm-email.yaml:10 port-implicit-tls',
      'error farms/prod.farm-email.yaml:17 reply-to-no-reply',
    ]);
    expect(all.outputs).toMatchObject({ errors: '2', suppressed: '1' });
    const changed = await runAction(action, { ...inputs, 'changed-since': 'HEAD' }, folder);
    expect(annotations(changed)).toEqual(['error farms/prod.farm-email.yaml:17 reply-to-no-reply']);
  });

  test.each([
    [{ 'changed-since': 'v9' }, /git knows no revision v9 here; in CI fetch the whole history \(fetch-depth: 0/],
    [{ paths: 'none' }, /there is no file or folder none/],
    [{ 'fail-on': 'fatal' }, /--fail-on must be one of error, warning/],
    [{ paths: '--fix' }, /there is no file or folder --fix/],
  ])('%j fails the step, and says why', async (inputs, reason) => {
    const step = await runAction(action, { 'fail-on': 'never', ...inputs }, workspace());
    expect(step.status).toBe(2);
    expect(step.commands).toEqual([
      { command: 'error', properties: { title: 'farm-email' }, text: expect.stringMatching(reason) },
    ]);
  });

  test('what files are called and say is no command of the workflow', async () => {
    const name = '::warning ::a%0A::set-output name=x::y\u{0a}::add-mask::z.farm-email.yaml';
    const text = oldFarm.replace('smtp.contoso.com', '"::error::\\n::error::b"');
    const step = await runAction(action, {}, workspace({ [name]: text }));
    expect([...new Set(step.commands.map(({ command }) => command))].sort()).toEqual([
      'endgroup',
      'error',
      'group',
      'warning',
    ]);
    for (const each of step.commands) {
      if (each.command === 'error' || each.command === 'warning') expect(each.properties.line).toMatch(/^\d+$/);
    }
  });
});
