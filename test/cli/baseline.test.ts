import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolders } from '../temporary.ts';
import { oldFarm, write } from './old-repository.ts';
import { type CliResult, runCli } from './run-cli.ts';

const temporaryFolder = temporaryFolders();

/** A folder with an old farm, and what it says on standard output without what is accepted. */
function oldRepository(): {
  readonly cwd: string;
  readonly check: (...args: readonly string[]) => Promise<CliResult>;
  readonly edit: (before: string, after: string) => void;
  readonly baseline: () => string;
} {
  const cwd = temporaryFolder();
  write(cwd, { 'farms/prod/farm-email.yaml': oldFarm });
  const file = path.join(cwd, 'farms/prod/farm-email.yaml');
  return {
    cwd,
    check: (...args) => runCli(['check', '--format', 'compact', ...args], { cwd }),
    edit(before, after) {
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(before);
      writeFileSync(file, text.replace(before, after));
    },
    baseline: () => readFileSync(path.join(cwd, '.ci/baseline.json'), 'utf8'),
  };
}

const use = ['--baseline', '.ci/baseline.json'];

test('a baseline accepts what is found when it is written, and nothing else', async () => {
  const { check, edit, baseline } = oldRepository();
  expect((await check()).status).toBe(1);
  const written = await check(...use, '--write-baseline');
  expect(written).toEqual({ status: 0, stdout: '', stderr: '.ci/baseline.json: 3 findings of 1 file accepted\n' });
  expect(JSON.parse(baseline())).toEqual({
    version: 1,
    files: {
      '../farms/prod/farm-email.yaml': [
        { rule: 'credential-key-missing', at: '/farm/servers/SP-APP02/name' },
        { rule: 'port-implicit-tls', at: '/farm/outgoingEmail/smtpPort' },
        { rule: 'reply-to-no-reply', at: '/farm/outgoingEmail/replyToAddress' },
      ],
    },
  });
  expect(await check(...use)).toEqual({ status: 0, stdout: '', stderr: '' });

  // A server above it, and lines before it, do not bring an accepted finding back; a new one of the same rule counts.
  edit('  servers:\n', '  # moved\n  servers:\n    - name: SP-NEW\n');
  const { status, stdout } = await check(...use);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^farms\/prod\/farm-email\.yaml:6:13: error: .* \[credential-key-missing\]\n$/);
});

test('what is no longer found is told, and pruned; what comes back counts', async () => {
  const { check, edit, baseline } = oldRepository();
  await check(...use, '--write-baseline');
  edit('465', '587');
  expect(await check(...use)).toEqual({
    status: 0,
    stdout: '',
    stderr: '.ci/baseline.json: 1 finding of it is no longer there; --prune-baseline takes it out\n',
  });
  expect((await check(...use, '--prune-baseline')).stderr).toBe('.ci/baseline.json: 1 finding taken out\n');
  expect(baseline()).not.toContain('port-implicit-tls');
  expect(await check(...use)).toEqual({ status: 0, stdout: '', stderr: '' });
  edit('587', '465');
  expect((await check(...use)).stdout).toMatch(/\[port-implicit-tls\]\n$/);
});

test('pruning keeps what cannot be known: of a file that cannot be read, and of one that is not checked', async () => {
  const { cwd, check, edit, baseline } = oldRepository();
  write(cwd, { 'farms/test/farm-email.yaml': oldFarm, 'gone/farm-email.yaml': oldFarm });
  await check(...use, '--write-baseline');
  edit('farm:\n', 'farm: [\n');
  rmSync(path.join(cwd, 'gone'), { recursive: true });
  const { stderr } = await check('farms/prod', ...use, '--prune-baseline');
  expect(stderr).toBe('.ci/baseline.json: 3 findings taken out\n');
  const files = Object.entries<readonly unknown[]>(JSON.parse(baseline()).files);
  expect(files.map(([name, entries]) => `${name} ${entries.length}`)).toEqual([
    '../farms/prod/farm-email.yaml 3',
    '../farms/test/farm-email.yaml 3',
  ]);
});

test('a baseline accepts no file that is not YAML', async () => {
  const { check, edit } = oldRepository();
  edit('farm:\n', 'farm: [\n');
  const { status, stdout } = await check(...use, '--write-baseline');
  expect(status).toBe(1);
  expect(stdout).toContain('[syntax/');
});

test('in reports an accepted finding is suppressed from outside, by the baseline', async () => {
  const { cwd, check } = oldRepository();
  await check(...use, '--write-baseline');
  const { stdout } = await runCli(['check', ...use, '--format', 'json'], { cwd });
  const [file] = JSON.parse(stdout).files;
  expect(file.findings).toEqual([]);
  expect(file.suppressed.map((each: { suppression: unknown }) => each.suppression)).toEqual(
    Array(3).fill({ kind: 'external', reason: 'baseline .ci/baseline.json' }),
  );
});

test.each([
  [['--baseline', 'none.json'], 'there is no baseline none.json; --write-baseline makes one'],
  [['--baseline', 'bad.json'], 'bad.json is not taken as a baseline: it is not JSON'],
  [['--baseline', 'newer.json'], 'newer.json is not taken as a baseline: it is of version 2, and only version 1'],
  [['--baseline', 'odd.json'], 'what it says of a.yaml is not "rule", "at" and "count"'],
  [['--write-baseline'], '--write-baseline and --prune-baseline need --baseline FILE'],
  [[...use, '--write-baseline', '--changed-since', 'HEAD'], 'leave out --changed-since'],
])('%j is refused', async (args, reason) => {
  const { cwd, check } = oldRepository();
  write(cwd, {
    'bad.json': '{',
    'newer.json': '{"version":2,"files":{}}',
    'odd.json': '{"version":1,"files":{"a.yaml":[{"rule":"x","at":"","count":0}]}}',
  });
  const { status, stdout, stderr } = await check(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(reason);
});
