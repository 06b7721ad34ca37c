import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolders } from '../temporary.ts';
import { runCli } from './run-cli.ts';

const bad =
  'version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail:\n    smtpServer: smtp.contoso.com\n    smtpPort: 465 # why?\n    useTls: true\n    authentication: anonymous\n    fromAddress: sharepoint@contoso.com\n    replyToAddress: helpdesk@contoso.com\n';
const sound = {
  smtpServer: 'smtp.contoso.com',
  useTls: true,
  fromAddress: 'sharepoint@contoso.com',
  replyToAddress: 'helpdesk@contoso.com',
};
const good = bad.replace('465', '587');

const temporaryFolder = temporaryFolders();

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

describe('farm-email check', () => {
  test('pretty: the place, the message, the value underlined and the way out', async () => {
    const { status, stdout, stderr } = await runCli(['check'], { cwd: folderOf({ 'farm-email.yaml': bad }) });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(
      stdout,
    ).toBe(`farm-email.yaml:6:15: error: Port 465 expects TLS from the first byte; SharePoint speaks STARTTLS only [port-implicit-tls]
  6 |     smtpPort: 465 # why?
    |               ^^^
    fix: Use port 587

1 file checked: 1 error
`);
  });

  test('colours where they are asked for, never against NO_COLOR', async () => {
    const cwd = folderOf({ 'farm-email.yaml': bad });
    const coloured = await runCli(['check'], { cwd, env: { NO_COLOR: '', FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[31merror\u001b[0m');
    const plain = await runCli(['check'], { cwd, env: { NO_COLOR: '1', FORCE_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
  });

  test('json: every file, clean ones too, in a stable order', async () => {
    const cwd = folderOf({
      'b.farm-email.yaml': bad,
      'a.farm-email.json': JSON.stringify({ version: 1, farm: { sharePointVersion: 2016, outgoingEmail: sound } }),
    });
    const { status, stdout } = await runCli(['check', '--format', 'json'], { cwd });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      files: [
        { path: 'a.farm-email.json', findings: [], suppressed: [] },
        {
          path: 'b.farm-email.yaml',
          findings: [
            {
              rule: 'port-implicit-tls',
              severity: 'error',
              message: 'Port 465 expects TLS from the first byte; SharePoint speaks STARTTLS only',
              range: { start: { line: 5, character: 14 }, end: { line: 5, character: 17 } },
              pointer: '/farm/outgoingEmail/smtpPort',
              fixes: [{ title: 'Use port 587', kind: 'safe' }],
              related: [],
            },
          ],
          suppressed: [],
        },
      ],
    });
  });

  test('what comments suppress is counted, listed with its reason, and fails nothing', async () => {
    const text = bad.replace('# why?', '# farm-email-disable-line port-implicit-tls -- a proxy');
    const cwd = folderOf({ 'farm-email.yaml': text, 'other.farm-email.yaml': bad });
    const one = await runCli(['check', 'farm-email.yaml'], { cwd });
    expect(one).toEqual({ status: 0, stdout: '1 file checked, nothing found; 1 suppressed\n', stderr: '' });
    expect((await runCli(['check'], { cwd })).stdout).toMatch(/\n2 files checked: 1 error; 1 suppressed\n$/);
    const { stdout } = await runCli(['check', 'farm-email.yaml', '--format', 'json'], { cwd });
    const [file] = JSON.parse(stdout).files;
    expect(file.findings).toEqual([]);
    expect(file.suppressed).toMatchObject([
      {
        rule: 'port-implicit-tls',
        pointer: '/farm/outgoingEmail/smtpPort',
        suppression: {
          kind: 'inSource',
          reason: 'a proxy',
          range: { start: { line: 5, character: 18 }, end: { line: 5, character: 72 } },
        },
      },
    ]);
    await runCli(['check', '--fix', 'farm-email.yaml'], { cwd });
    expect(readFileSync(path.join(cwd, 'farm-email.yaml'), 'utf8')).toBe(text);
  });

  test('--fix writes the safe fixes and nothing else', async () => {
    const cwd = folderOf({ 'farm-email.yaml': bad.replaceAll('\n', '\r\n') });
    const { status, stderr } = await runCli(['check', '--fix'], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'farm-email.yaml: fixed\n' });
    expect(readFileSync(path.join(cwd, 'farm-email.yaml'), 'utf8')).toBe(good.replaceAll('\n', '\r\n'));
  });

  test('standard input, under the name it is given', async () => {
    const { status, stdout } = await runCli(
      ['check', '-', '--stdin-filename', 'prod/x.farm-email.json', '--format', 'json'],
      {
        stdin: '{"version":1}',
      },
    );
    expect(status).toBe(1);
    const [file] = JSON.parse(stdout).files;
    expect(file.path).toBe('prod/x.farm-email.json');
    expect(file.findings).toMatchObject([{ rule: 'schema/missing-key', pointer: '' }]);
  });

  test('a file in UTF-16 is said to be one', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')]);
    const { status, stdout } = await runCli(['check'], { cwd: folderOf({ 'farm-email.yaml': utf16 }) });
    expect(status).toBe(1);
    expect(stdout).toContain('[syntax/encoding]');
    expect(stdout).toContain('1 file checked: 1 error');
  });

  test.each([
    ['nothing found', { 'farm-email.yaml': good }, [], 0],
    ['findings', { 'farm-email.yaml': bad }, [], 1],
    ['findings, but never to fail on', { 'farm-email.yaml': bad }, ['--fail-on', 'never'], 0],
    ['no file at all', {}, [], 2],
    ['a file that is not there', {}, ['nothing.yaml'], 2],
    ['an option that does not exist', { 'farm-email.yaml': good }, ['--fixx'], 2],
    ['a format that does not exist', { 'farm-email.yaml': good }, ['--format', 'xml'], 2],
    ['a name that says no format', { 'farm.txt': good }, ['farm.txt'], 2],
  ] as const)('exit status: %s', async (_name, files, args, expected) => {
    const { status, stderr } = await runCli(['check', ...args], { cwd: folderOf(files) });
    expect(status).toBe(expected);
    expect(stderr === '').toBe(expected < 2);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('farm-email', () => {
  test.each([
    [['--help'], 0, 'usage: farm-email COMMAND'],
    [['check', '--help'], 0, '--fail-on SEVERITY'],
    [['rules'], 0, 'port-implicit-tls'],
    [['rules', 'port-implicit-tls'], 0, '## Why it matters'],
    [
      ['effective', 'examples/contoso/farm-email.yaml'],
      0,
      'replyToAddress: portal-support@contoso.com   # web application',
    ],
  ])('%j', async (args, expected, part) => {
    const { status, stdout } = await runCli(args);
    expect(status).toBe(expected);
    expect(stdout).toContain(part);
  });

  test.each([
    [['chek'], 'did you mean check?'],
    [['rules', 'port-implicit'], 'there is no rule port-implicit'],
  ])('wrong use: %j', async (args, part) => {
    const { status, stderr } = await runCli(args);
    expect(status).toBe(2);
    expect(stderr).toContain(part);
  });
});
