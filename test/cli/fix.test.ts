import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import { fixAll } from '../../server/src/ide/quick-fixes.ts';
import { editsBetween, safeEdits } from '../../server/src/lint/apply.ts';
import { applyEdits } from '../../server/src/text/position.ts';
import { root } from '../house/sources.ts';
import { temporaryFolders } from '../temporary.ts';
import { runCli } from './run-cli.ts';

const temporaryFolder = temporaryFolders();

const farm = (rest: string): string =>
  `version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail: { smtpServer: smtp.contoso.com, ${rest} }\n`;

/** The port ends where `useTls` is to be added, so the second fix has to wait for the first. */
const webApplication = (rest: string): string =>
  `webApplications:\n  - url: https://portal\n    outgoingEmail: { authentication: { userName: x, password: "\${env:FARM_EMAIL_P}" }, ${rest} }\n`;
const bad = farm('useTls: false') + webApplication('smtpPort: 465');
const good = farm('useTls: false') + webApplication('smtpPort: 587, useTls: true');

describe('safe fixes that touch one another converge', () => {
  test('on the command line', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'farm-email.yaml'), bad);
    expect(await runCli(['check', '--fix'], { cwd })).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(cwd, 'farm-email.yaml'), 'utf8')).toBe(good);
  });

  test('in the editor, as one edit of what changes', () => {
    const edits = fixAll(analyse('yaml', bad, noSurroundings));
    expect(applyEdits(bad, edits)).toBe(good);
    expect(edits).toEqual([{ start: bad.indexOf('465'), end: bad.lastIndexOf(' }'), text: '587, useTls: true' }]);
    expect(fixAll(analyse('yaml', good, noSurroundings))).toEqual([]);
  });
});

test.each([
  ['a\r\nb', 'a\rb', { start: 1, end: 3, text: '\r' }],
  ['\ud83d\ude00', '\ud83d\ude01', { start: 0, end: 2, text: '\ud83d\ude01' }],
  ['aa', 'aaa', { start: 2, end: 2, text: 'a' }],
])('an edit begins and ends where a position can stand: %j to %j', (before, after, edit) => {
  expect(editsBetween(before, after)).toEqual([edit]);
  expect(applyEdits(before, [edit])).toBe(after);
});

test('the earlier finding goes first, wherever its edits are, and a fix is applied whole or not at all', () => {
  const analysis = analyse('yaml', bad, noSurroundings);
  const { document } = analysis;
  const [finding] = analysis.findings;
  const [block] = document.blocks;
  if (finding === undefined || block === undefined) throw new Error('a finding is wanted');
  const chosen = [
    [[6, 8]],
    [[0, 2]],
    [
      [3, 4],
      [7, 7],
    ],
    [[4, 5]],
    [[2, 3]],
  ].map((places) => {
    const edits = places.map(([start = 0, end = 0]) => ({ block, start, end, text: '' }));
    return { ...finding, fixes: [{ title: '', kind: 'safe' as const, edits: () => edits }] };
  });
  expect(safeEdits(document, chosen).map(({ start, end }) => [start, end])).toEqual([
    [0, 2],
    [4, 5],
    [6, 8],
  ]);
});

test.each([
  ['Latin-1', Buffer.from(bad.replace('version: 1', 'version: 1 # für'), 'latin1'), 'The file is not UTF-8; save it'],
  ['UTF-16', Buffer.from(`\ufeff${bad}`, 'utf16le'), 'it looks like UTF-16'],
])('a file in %s has one finding that says so, and is not written', async (_name, bytes, message) => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'farm-email.yaml'), bytes);
  const { status, stdout, stderr } = await runCli(['check', '--fix', '--format', 'json'], { cwd });
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  const [{ findings }] = JSON.parse(stdout).files;
  expect(findings).toMatchObject([{ rule: 'syntax/encoding', message: expect.stringContaining(message) }]);
  expect(readFileSync(path.join(cwd, 'farm-email.yaml'))).toEqual(bytes);
});

test('a byte order mark stays', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'farm-email.yaml'), `\ufeff${bad}`);
  await runCli(['check', '--fix'], { cwd });
  expect(readFileSync(path.join(cwd, 'farm-email.yaml'), 'utf8')).toBe(`\ufeff${good}`);
});

test.runIf(process.platform !== 'win32')('a file that cannot be written is named, with status 2', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'farm-email.yaml'), bad);
  // No file may grow beyond nothing: that holds for every user, unlike a permission.
  const command = 'ulimit -f 0; exec "$0" "$1" check --fix';
  const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile('sh', ['-c', command, process.execPath, path.join(root, 'dist/cli.js')], { cwd }, (error, _out, text) =>
      resolve({ code: error?.code, stderr: text }),
    );
  });
  expect(code).toBe(2);
  expect(stderr).toContain('farm-email.yaml could not be written: EFBIG');
});
