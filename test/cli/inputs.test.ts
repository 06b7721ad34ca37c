import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json';
import { root } from '../house/sources.ts';
import { temporaryFolders } from '../temporary.ts';
import { runCli } from './run-cli.ts';

const temporaryFolder = temporaryFolders();
const good = `version: 1
farm:
  sharePointVersion: 2016
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
`;

describe('what cannot be read ends with status 2 and its name', () => {
  test.runIf(process.platform !== 'win32')('a named pipe, without waiting for a writer', async () => {
    const cwd = temporaryFolder();
    execFileSync('mkfifo', [path.join(cwd, 'farm-email.yaml')]);
    const { status, stderr } = await runCli(['check', 'farm-email.yaml'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('farm-email.yaml is not read: it is not a regular file');
  });

  test('a file beyond what any text may be', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'farm-email.yaml'), good);
    truncateSync(path.join(cwd, 'farm-email.yaml'), 33 * 1024 * 1024);
    const { status, stderr } = await runCli(['check'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('farm-email.yaml is not read: it is larger than 32 MB');
  });

  test('links below a folder are not followed', async () => {
    const cwd = temporaryFolder();
    for (const folder of ['a', 'elsewhere']) mkdirSync(path.join(cwd, folder));
    writeFileSync(path.join(cwd, 'a/farm-email.yaml'), good);
    writeFileSync(path.join(cwd, 'elsewhere/farm-email.yaml'), good);
    symlinkSync(path.join(cwd, 'elsewhere'), path.join(cwd, 'a/link'), 'junction');
    expect((await runCli(['check', 'a'], { cwd })).stdout).toBe('1 file checked, nothing found\n');
  });
});

test.each([
  [['check', '--fix', '-'], 'standard input'],
  [['effective', '-'], 'states no farm'],
  [['help', 'chek'], 'there is no command chek'],
])('wrong use: %j', async (args, part) => {
  const { status, stderr } = await runCli(args, { stdin: 'version: 1\n' });
  expect(status).toBe(2);
  expect(stderr).toContain(part);
});

test('the version, and the help of a command in both ways', async () => {
  expect(await runCli(['--version'])).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
  const help = await runCli(['help', 'check']);
  expect(help).toEqual(await runCli(['check', '--help']));
  expect(help.stdout).toContain('--stdin-filename NAME');
});

const cli = path.join(root, 'dist/cli.js');

test('a reader that has seen enough is no mistake', async () => {
  const child = spawn(process.execPath, [cli, 'rules'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.runIf(process.platform === 'linux')('a full disk is told in one line', async () => {
  const result = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile('sh', ['-c', 'exec "$0" "$1" rules > /dev/full', process.execPath, cli], (error, _out, stderr) =>
      resolve({ code: error?.code, stderr }),
    );
  });
  expect(result).toEqual({ code: 2, stderr: 'farm-email: the output could not be written: ENOSPC\n' });
});
