import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish } from '../ci/published.ts';
import { oldFarm } from '../cli/old-repository.ts';
import { root } from '../house/sources.ts';
import { recordFailures } from './failures.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const foreign = 'docker-compose.yaml';
const ours = 'farm-email.json';

/** Has a key that every farm file has, with a mistake of every farm file. */
const compose = 'version: 1\nfarm:\n  outgoingEmail:\n    smtpPort: 465\n    useTls: true\n';
const outgoingEmail = {
  smtpServer: 'relay.fabrikam.com',
  smtpPort: 465,
  useTls: true,
  authentication: 'anonymous',
  fromAddress: 'sharepoint@fabrikam.com',
  replyToAddress: 'servicedesk@fabrikam.com',
};
const farm = { sharePointVersion: 2019, outgoingEmail };
const json = `${JSON.stringify({ version: 1, farm }, undefined, 2)}\n`;

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
  session = await openSession({
    name: 'fabrikam',
    async fill(folder) {
      await addTask(folder);
      await writeFile(join(folder, foreign), compose);
      await writeFile(join(folder, ours), json);
    },
    settings: { 'editor.codeActionsOnSave': { 'source.fixAll.farm-email': 'explicit' } },
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(() => session?.end());

/** The task of docs/ci.md, and what it runs. */
async function addTask(folder: string): Promise<void> {
  const page = await readFile(join(root, 'docs/ci.md'), 'utf8');
  const [, tasks = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  await mkdir(join(folder, '.vscode'));
  await writeFile(join(folder, '.vscode/tasks.json'), tasks);
  const published = await mkdtemp(join(tmpdir(), 'farm-email-published-'));
  const { tarball } = await publish(published);
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: folder });
  await rm(published, { recursive: true });
}

/** How many language servers run from the extension of this session. */
async function servers(): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'args'], { maxBuffer: 1e8 });
  const lines = stdout.split('\n').filter((line) => line.includes(join(session.data, 'extensions')));
  return lines.filter((line) => /[\\/]dist[\\/]server\.js/.test(line)).length;
}

async function log(name: string): Promise<string> {
  const paths = await readdir(join(session.data, 'profile', 'logs'), { recursive: true });
  const path = paths.find((each) => each.endsWith(name));
  return path === undefined ? '' : readFile(join(session.data, 'profile', 'logs', path), 'utf8');
}

test('other YAML has no finding and no lens of ours, and starts no language server', async () => {
  await workbench.openFile(foreign);
  // VS Code loads the extension for any YAML; from then on it could do something.
  await expect.poll(() => log('remoteexthost.log'), patience).toContain('farm-email.farm-email');
  expect(await workbench.problems()).toEqual([]);
  expect(await workbench.underlined()).toEqual([]);
  expect(await workbench.lensesAbove(3)).toEqual([]);
  expect(await servers()).toBe(0);
  await workbench.screenshot('other-yaml');
  await workbench.closePanel();
});

test('farm-email.json is checked like YAML, and its quick fix works', async () => {
  await workbench.openFile(ours);
  const line = json.split('\n').findIndex((text) => text.includes('465')) + 1;
  await expect.poll(() => workbench.underlined(), patience).toContainEqual({ severity: 'error', line, text: '465' });
  expect(await servers()).toBe(1);
  expect((await workbench.problems()).map(({ code, source }) => `${source} ${code}`)).toContain(
    'farm-email port-implicit-tls',
  );
  await workbench.screenshot('json-1-finding');
  await workbench.closePanel();
  await workbench.focus(ours);
  await workbench.goTo(line, (json.split('\n')[line - 1] ?? '').indexOf('465') + 1);
  await workbench.applyQuickFix('Use port 587');
  await expect.poll(() => workbench.underlined(), patience).not.toContainEqual(expect.objectContaining({ line }));
  expect(await workbench.textOf(ours)).toBe(json.replace('465', '587'));
  await workbench.screenshot('json-2-fixed');
});

test('saving applies all safe fixes, where the user set it so', async () => {
  await workbench.focus(ours);
  await workbench.undo();
  const line = json.split('\n').findIndex((text) => text.includes('465')) + 1;
  await expect.poll(() => workbench.underlined(), patience).toContainEqual({ severity: 'error', line, text: '465' });
  await workbench.save();
  await expect.poll(() => readFile(join(session.folder, ours), 'utf8'), patience).toBe(json.replace('465', '587'));
  await expect.poll(() => workbench.underlined(), patience).not.toContainEqual(expect.objectContaining({ line }));
});

test('with the language server running, other YAML still has no finding', async () => {
  await workbench.openFile(foreign);
  expect(await workbench.problems()).toEqual([]);
  expect(await workbench.underlined()).toEqual([]);
});

test('the task of docs/ci.md shows what the command line finds in files that are closed', async () => {
  await writeFile(join(session.folder, 'old.farm-email.yaml'), oldFarm);
  const found = async (): Promise<string[]> =>
    (await workbench.problems()).map(({ source, code, line }) => `${source} ${code} ${line}`).sort();
  expect(await found()).toEqual([]);
  await workbench.runCommand('Tasks: Run Task');
  await workbench.pick('farm-email check');
  await expect
    .poll(found, patience)
    .toEqual([
      'farm-email credential-key-missing 7',
      'farm-email port-implicit-tls 10',
      'farm-email reply-to-no-reply 17',
    ]);
  await workbench.screenshot('task');
});
