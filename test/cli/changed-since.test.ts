import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolders } from '../temporary.ts';
import { commitAll, git, oldFarm, write } from './old-repository.ts';
import { type CliResult, runCli } from './run-cli.ts';

const temporaryFolder = temporaryFolders();
const name = 'farms/prod.farm-email.yaml';

function oldRepository(): {
  readonly cwd: string;
  readonly since: (revision: string, ...args: readonly string[]) => Promise<CliResult>;
  readonly edit: (before: string, after: string, file?: string) => void;
} {
  const cwd = temporaryFolder();
  write(cwd, { [name]: oldFarm });
  commitAll(cwd, 'As it was found');
  return {
    cwd,
    since: (revision, ...args) =>
      runCli(['check', '--format', 'compact', '--changed-since', revision, ...args], { cwd }),
    edit(before, after, at = name) {
      const file = path.join(cwd, at);
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(before);
      writeFileSync(file, text.replace(before, after));
    },
  };
}

/** Line and rule of each finding. */
function found({ stdout }: CliResult): readonly string[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^(.*?:\d+):.*\[(.*)\]$/, '$1 $2'));
}

test('nothing of an old file is reported while nothing in it changes', async () => {
  const { since } = oldRepository();
  expect(await since('HEAD')).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('only what stands on a changed line is reported, committed or not', async () => {
  const { cwd, since, edit } = oldRepository();
  edit('smtpPort: 465', 'smtpPort: 0465 # was 465');
  expect(found(await since('HEAD'))).toEqual([`${name}:10 port-implicit-tls`]);
  git(cwd, 'commit', '--quiet', '--all', '--message', 'A change');
  expect(found(await since('HEAD'))).toEqual([]);
  const { status } = await since('HEAD~1');
  expect(status).toBe(1);
});

test('a finding whose cause changed is reported', async () => {
  const { since, edit } = oldRepository();
  edit('  outgoingEmail:\n', '  outgoingEmail:   # reviewed\n');
  edit('    authentication:\n', '    authentication: # reviewed\n');
  const all = await since('HEAD', '--fail-on', 'never');
  expect(found(all)).toEqual([`${name}:7 credential-key-missing`]);
});

test('a finding next to lines that were taken out is reported', async () => {
  const { since, edit } = oldRepository();
  edit('      applicationCredentialKey: ${env:FARM_EMAIL_CREDENTIAL_KEY}\n', '');
  expect(found(await since('HEAD'))).toEqual(expect.arrayContaining([`${name}:5 credential-key-missing`]));
});

test('a file that git does not know is new as a whole; one that was renamed is not', async () => {
  const { cwd, since, edit } = oldRepository();
  write(cwd, { 'new/farm-email.yaml': oldFarm });
  expect(found(await since('HEAD'))).toHaveLength(3);
  expect(found(await since('HEAD', 'farms'))).toEqual([]);
  renameSync(path.join(cwd, name), path.join(cwd, 'farms/a "b"\u00e9.farm-email.yaml'));
  git(cwd, 'add', '--all', 'farms');
  edit('noreply@contoso.com', 'no-reply@contoso.com', 'farms/a "b"\u00e9.farm-email.yaml');
  expect(found(await since('HEAD', 'farms'))).toEqual(['farms/a "b"\u00e9.farm-email.yaml:17 reply-to-no-reply']);
});

test('a branch that went on meanwhile is compared from where this one left it', async () => {
  const { cwd, since, edit } = oldRepository();
  git(cwd, 'switch', '--quiet', '--create', 'review');
  edit('465', '465 # reviewed');
  git(cwd, 'commit', '--quiet', '--all', '--message', 'On the branch');
  git(cwd, 'switch', '--quiet', 'main');
  edit('noreply@contoso.com', 'helpdesk@contoso.com');
  git(cwd, 'commit', '--quiet', '--all', '--message', 'Meanwhile');
  git(cwd, 'switch', '--quiet', 'review');
  expect(found(await since('main'))).toEqual([`${name}:10 port-implicit-tls`]);
});

test('from a folder inside the repository', async () => {
  const { cwd, edit } = oldRepository();
  edit('465', '465 # reviewed');
  const result = await runCli(['check', '--changed-since', 'HEAD', '--format', 'compact'], {
    cwd: path.join(cwd, 'farms'),
  });
  expect(found(result)).toEqual(['prod.farm-email.yaml:10 port-implicit-tls']);
});

test('no external diff, text conversion or file-system monitor is started', async () => {
  const { cwd, since, edit } = oldRepository();
  edit('465', '465 # reviewed');
  const started = path.join(cwd, 'started');
  for (const key of ['diff.external', 'core.fsmonitor', 'diff.yaml.textconv'])
    git(cwd, 'config', key, `touch ${started}; false`);
  write(cwd, { '.gitattributes': '*.yaml diff=yaml\n' });
  expect(found(await since('HEAD'))).toEqual([`${name}:10 port-implicit-tls`]);
  expect(() => readFileSync(started)).toThrow('ENOENT');
});

test('a revision that git does not know is refused', async () => {
  const { status, stderr } = await oldRepository().since('v9');
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr:
      'farm-email check: git knows no revision v9 here; in CI fetch the whole history (fetch-depth: 0, GIT_DEPTH: 0)\n',
  });
});

test('a revision that looks like an option is none to git', async () => {
  const { cwd } = oldRepository();
  const { status, stderr } = await runCli(['check', '--changed-since=--output=x'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain('git knows no revision --output=x here');
});

test('outside a repository it is refused', async () => {
  const cwd = temporaryFolder();
  write(cwd, { 'farm-email.yaml': oldFarm });
  const { status, stderr } = await runCli(['check', '--changed-since', 'HEAD'], { cwd });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'farm-email check: --changed-since asks git, and farm-email.yaml lies in no git repository\n',
  });
});
