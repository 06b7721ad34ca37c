import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonReport } from '../../server/src/report/json.ts';
import { temporaryFolders } from '../temporary.ts';
import { runCli } from './run-cli.ts';

const temporaryFolder = temporaryFolders();
const wrong = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: '@@MAIL@@/x'
    smtpPort: 465
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
`;
const off = 'version: 1\nrules:\n  port-implicit-tls: off\nplaceholders: ["@@*@@"]\n';
const port = 'port-implicit-tls';
const server = 'smtp-server-not-a-host';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** The exit status, and the rules found in each file. */
async function check(cwd: string, ...args: readonly string[]): Promise<readonly unknown[]> {
  const { status, stdout, stderr } = await runCli(['check', ...args, '--format', 'json'], { cwd });
  if (stdout === '') return [status, stderr];
  const { files }: JsonReport = JSON.parse(stdout);
  return [status, ...files.map((file) => [file.path, ...file.findings.map(({ rule }) => rule)])];
}

describe('the configuration of a file', () => {
  test('is the nearest one upwards', async () => {
    const cwd = folderWith({
      '.git/HEAD': '',
      'farm-email.config.yaml': off,
      'farm-email.yaml': wrong,
      'a/farm-email.yaml': wrong,
      'a/b/farm-email.config.json': '{ "version": 1 }',
      'a/b/c/farm-email.yaml': wrong,
    });
    expect(await check(cwd)).toEqual([
      1,
      ['a/b/c/farm-email.yaml', server, port],
      ['a/farm-email.yaml'],
      ['farm-email.yaml'],
    ]);
    expect(await check(path.join(cwd, 'a'), 'farm-email.yaml')).toEqual([0, ['farm-email.yaml']]);
  });

  test('is not looked for above the repository', async () => {
    const cwd = folderWith({ 'farm-email.config.yaml': off, 'farm/.git/HEAD': '', 'farm/farm-email.yaml': wrong });
    expect(await check(cwd)).toEqual([1, ['farm/farm-email.yaml', server, port]]);
  });

  test('without a repository is looked for up to the working folder, else in the own folder of the file', async () => {
    const cwd = folderWith({ 'farm-email.config.yaml': off, 'a/farm-email.yaml': wrong });
    expect(await check(cwd)).toEqual([0, ['a/farm-email.yaml']]);
    const elsewhere = temporaryFolder();
    const file = path.join(cwd, 'a/farm-email.yaml');
    expect(await check(elsewhere, file)).toEqual([1, [file, server, port]]);
  });

  test('is the one that is named', async () => {
    const cwd = folderWith({
      'farm-email.config.yaml': 'version: 1\n',
      'config/strict.yaml': off.replace('off', 'hint'),
      'farm-email.yaml': wrong,
    });
    const { status, stdout } = await runCli(['check', '--config', 'config/strict.yaml'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain('farm-email.yaml:6:15: hint: Port 465');
    expect(await check(cwd, '--config', 'none.yaml')).toEqual([
      2,
      expect.stringContaining('none.yaml: The configuration is not read: it could not be opened'),
    ]);
  });

  test('holds for standard input too', async () => {
    const cwd = folderWith({ 'farm/farm-email.config.yaml': off });
    const args = ['check', '-', '--stdin-filename', 'farm/farm-email.yaml'];
    expect((await runCli(args, { cwd, stdin: wrong })).status).toBe(0);
  });

  test('takes what is ignored out of findings and of --fix, and keeps it in the report', async () => {
    const ignore = 'ignore:\n  - files: old/**\n    rules: [port-implicit-tls]\n    reason: Gone in March\n';
    const cwd = folderWith({
      'farm-email.config.yaml': `version: 1\n${ignore}placeholders: ['@@*@@']\n`,
      'old/farm-email.yaml': wrong,
      'new/farm-email.yaml': wrong,
    });
    const { stdout } = await runCli(['check', '--fix', '--format', 'json'], { cwd });
    const { files }: JsonReport = JSON.parse(stdout);
    expect(files.map(({ findings, suppressed }) => [findings, suppressed.map((each) => each.suppression)])).toEqual([
      [[], []],
      [[], [{ kind: 'external', reason: 'Gone in March' }]],
    ]);
    const again = await runCli(['check'], { cwd });
    expect(again.stdout).toBe('2 files checked, nothing found; 1 suppressed\n');
  });
});

describe('a configuration with which something is wrong', () => {
  test('is reported where it is wrong, what is right takes effect, and the status is 2', async () => {
    const cwd = folderWith({
      'farm-email.config.yaml': off.replace('placeholders', 'placeholder'),
      'farm-email.yaml': wrong,
    });
    expect(await check(cwd)).toEqual([
      2,
      ['farm-email.config.yaml', 'schema/unknown-key'],
      ['farm-email.yaml', server],
    ]);
    expect((await check(cwd, '--fail-on', 'never'))[0]).toBe(2);
  });

  test('can be checked by name', async () => {
    const cwd = folderWith({ 'farm-email.config.json': '{ "version": 1, "rules": { "no-such-rule": "off" } }' });
    expect(await check(cwd, 'farm-email.config.json')).toEqual([2, ['farm-email.config.json', 'schema/unknown-key']]);
  });

  test('of two in one folder one counts, and says so', async () => {
    const cwd = folderWith({
      'farm-email.config.yaml': off,
      'farm-email.config.json': '{}',
      'farm-email.yaml': wrong,
    });
    const { status, stdout } = await runCli(['check'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain(
      'farm-email.config.yaml:1:1: warning: This configuration counts; `farm-email.config.json` beside it is not read',
    );
  });

  test.runIf(process.platform !== 'win32')(
    'is not followed out of the repository, and nothing waits for it',
    async () => {
      const outside = folderWith({ 'farm-email.config.yaml': off });
      const cwd = folderWith({ 'a/farm-email.yaml': wrong, 'b/farm-email.yaml': wrong });
      symlinkSync(path.join(outside, 'farm-email.config.yaml'), path.join(cwd, 'a/farm-email.config.yaml'));
      mkdirSync(path.join(cwd, 'b/farm-email.config.json'));
      const { status, stdout } = await runCli(['check'], { cwd });
      expect(status).toBe(2);
      expect(stdout).toContain('a/farm-email.config.yaml:1:1: error: The configuration is not read: it lies outside');
      expect(stdout).toContain(
        'b/farm-email.config.json:1:1: error: The configuration is not read: it is not a regular',
      );
    },
  );

  test('is not looked for on a network that a link leads to', async () => {
    const cwd = folderWith({ 'farm-email.yaml': wrong });
    symlinkSync('\\\\attacker.test\\share\\farm-email.config.yaml', path.join(cwd, 'farm-email.config.yaml'));
    const { status, stdout } = await runCli(['check'], { cwd });
    expect(status).toBe(2);
    expect(stdout).toContain('error: The configuration is not read: network paths are not read');
  });

  test('an entry that nothing needs is told, where the whole folder was checked', async () => {
    const ignore = (files: string): string =>
      `  - files: ${files}\n    rules: [port-implicit-tls]\n    reason: Gone in March\n`;
    const cwd = folderWith({
      'farm-email.config.yaml': `version: 1\nignore:\n${ignore('old/**')}${ignore('older/**')}`,
      'old/farm-email.yaml': wrong.replace('@@MAIL@@/x', 'smtp.contoso.com'),
    });
    const { status, stdout } = await runCli(['check'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain(
      'farm-email.config.yaml:6:5: warning: Nothing is found that this entry would accept [configuration/unused-ignore]',
    );
    expect(await check(cwd, 'old')).toEqual([0, ['old/farm-email.yaml']]);
  });
});
