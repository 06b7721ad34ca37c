import { execFile } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority } from '../servers/authority.ts';
import { packCompanion } from './companion.ts';
import { recordFailures } from './failures.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const file = 'farm-email.yaml';

/** The farm and one web application; the third line of `outgoingEmail` is `port`. */
function farm({ port = 587, reply = 'helpdesk@contoso.com' } = {}): string {
  return [
    'version: 1',
    'farm:',
    '  sharePointVersion: SubscriptionEdition',
    '  outgoingEmail:',
    '    smtpServer: smtp.contoso.com',
    `    smtpPort: ${port}`,
    '    useTls: true',
    '    authentication: anonymous',
    '    fromAddress: sharepoint@contoso.com',
    `    replyToAddress: ${reply}`,
    'webApplications:',
    '  - name: Portal',
    '    url: https://portal.contoso.com/',
    '    outgoingEmail:',
    '      replyToAddress: portal@contoso.com',
    '',
  ].join('\n');
}

const port465 = { severity: 'error', line: 6, text: '465' };
const noReply = { severity: 'warning', line: 10, text: 'noreply@contoso.com' };

let session: Session;
let workbench: Workbench;

async function git(...args: readonly string[]): Promise<void> {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@contoso.com', '-c', 'commit.gpgsign=false'];
  await promisify(execFile)('git', [...identity, ...args], { cwd: session?.folder });
}

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(session.folder, name), text);
}

/** What Problems lists, as `rule line`. */
async function problems(): Promise<string[]> {
  return (await workbench.problems()).map(({ code, line }) => `${code} ${line}`).sort();
}

beforeAll(async () => {
  session = await openSession({
    name: 'contoso',
    extensions: [await packCompanion()],
    async fill(folder) {
      const run = promisify(execFile);
      const options = { cwd: folder };
      const commit = ['-c', 'user.name=Test', '-c', 'user.email=test@contoso.com', 'commit', '-qm', 'One'];
      await writeFile(join(folder, file), farm({ port: 465 }));
      await run('git', ['init', '-q', '-b', 'main'], options);
      await run('git', ['add', '.'], options);
      await run('git', commit, options);
      await run('git', ['switch', '-qc', 'better'], options);
      await writeFile(join(folder, file), farm());
      await run('git', [...commit, '-a'], options);
      await run('git', ['switch', '-q', 'main'], options);
      await writeFile(join(folder, file), farm({ reply: 'noreply@contoso.com' }));
      await writeFile(join(folder, 'base.txt'), farm({ port: 465 }));
      await writeFile(join(folder, 'head.txt'), farm({ reply: 'noreply@contoso.com' }));
    },
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(() => session?.end());

describe('in review', () => {
  test('the diff of git shows findings on the right-hand side only', async () => {
    await workbench.openFile(file);
    await expect.poll(() => workbench.underlined(), patience).toEqual([noReply]);
    // The button of VS Code's Git extension, which is there as soon as Git knows the change.
    await workbench.pressInTitle('Open Changes');
    await expect.poll(async () => (await workbench.diff()).original.text, patience).toContain('smtpPort: 465');
    await expect.poll(async () => (await workbench.diff()).modified.underlined, patience).toEqual([noReply]);
    expect((await workbench.diff()).original.underlined).toEqual([]);
    await workbench.screenshot('review-1-git');
    expect(await problems()).toEqual(['reply-to-no-reply 10']);
    await workbench.closePanel();
    await workbench.closeEditors();
  });

  test('so does the diff of a pull request, whose files no folder has', async () => {
    await workbench.runCommand('Companion: Review');
    await expect.poll(async () => (await workbench.diff()).modified.underlined, patience).toEqual([noReply]);
    expect((await workbench.diff()).original).toMatchObject({
      text: expect.stringContaining('smtpPort: 465'),
      underlined: [],
    });
    expect(await problems()).toEqual(['reply-to-no-reply 10']);
    await workbench.screenshot('review-2-pull-request');
    await workbench.closeEditors();
    await expect.poll(problems, patience).toEqual([]);
    await workbench.closePanel();
  });
});

describe('effective settings', () => {
  test('stand side by side with those of git HEAD', async () => {
    await workbench.openFile(file);
    await workbench.runCommand('Farm Email: Compare Effective Settings with Git HEAD');
    await workbench.question(/^Compare effective settings with HEAD/, 'the farm');
    await workbench.pick('the farm');
    await expect.poll(async () => (await workbench.diff()).original.text, patience).toMatch(/smtpPort: +465/);
    const { modified } = await workbench.diff();
    expect(modified.text).toMatch(/smtpPort: +587/);
    expect(modified.text).toContain('noreply@contoso.com');
    await workbench.screenshot('effective-1-head');
  });

  test('and with those of another web application', async () => {
    await workbench.openFile(file);
    await workbench.runCommand('Farm Email: Compare Effective Settings with…');
    await workbench.question(/^Compare effective settings/, 'the farm');
    await workbench.pick('the farm');
    await workbench.question(/^Compare the farm with/, 'Portal');
    await workbench.pick('Portal');
    await expect.poll(async () => (await workbench.diff()).modified.text, patience).toContain('portal@contoso.com');
    expect((await workbench.diff()).original.text).toContain('noreply@contoso.com');
    await workbench.screenshot('effective-2-other');
    await workbench.closeEditors();
  });
});

describe('no finding is stale', () => {
  test('after another branch is checked out', async () => {
    await workbench.openFile(file);
    await expect.poll(problems, patience).toEqual(['reply-to-no-reply 10']);
    await git('checkout', '-q', '--', file);
    await expect.poll(problems, patience).toEqual(['port-implicit-tls 6']);
    await git('switch', '-q', 'better');
    await expect.poll(problems, patience).toEqual([]);
    await git('switch', '-q', 'main');
    await expect.poll(problems, patience).toEqual(['port-implicit-tls 6']);
  });

  test('after the file gets another name', async () => {
    await rename(join(session.folder, file), join(session.folder, 'notes.yaml'));
    await expect.poll(problems, patience).toEqual([]);
    await workbench.closeEditors();
    await rename(join(session.folder, 'notes.yaml'), join(session.folder, file));
    await workbench.openFile(file);
    await expect.poll(problems, patience).toEqual(['port-implicit-tls 6']);
  });

  test('after it is closed, and after it is deleted', async () => {
    await workbench.closeEditors();
    await expect.poll(problems, patience).toEqual([]);
    await write('gone.farm-email.yaml', farm({ port: 465 }));
    await workbench.openFile('gone.farm-email.yaml');
    await expect.poll(problems, patience).toEqual(['port-implicit-tls 6']);
    await rm(join(session.folder, 'gone.farm-email.yaml'));
    await expect.poll(problems, patience).toEqual([]);
    await workbench.closeEditors();
  });

  test('after a certificate file is another one', async () => {
    const authority = await makeAuthority('CN=Contoso Root');
    const expired = await authority.issue({ validFrom: -9, validTo: -1 });
    const good = await authority.issue();
    await write('client.pem', good.cert);
    const certificate = ['certificates:', '  - name: smtp-client', '    path: client.pem', '    store: EndEntity', ''];
    await write(
      'certified.farm-email.yaml',
      `${farm().replace('authentication: anonymous', 'clientCertificate: smtp-client')}${certificate.join('\n')}`,
    );
    await workbench.openFile('certified.farm-email.yaml');
    const hasExpired = async (): Promise<boolean> =>
      (await problems()).some((each) => each.startsWith('client-cert-expired'));
    await write('client.pem', expired.cert);
    await expect.poll(hasExpired, patience).toBe(true);
    await write('client.pem', good.cert);
    await expect.poll(hasExpired, patience).toBe(false);
    await workbench.closeEditors();
    await rm(join(session.folder, 'certified.farm-email.yaml'));
  });
});

describe('all files of the workspace are checked', () => {
  const command = 'Farm Email: Check All Farm-Email Files in This Workspace';

  test('and those that are not open stand in Problems, once', async () => {
    await mkdir(join(session.folder, 'sites'));
    for (const name of ['a', 'b']) await write(`sites/${name}.farm-email.yaml`, farm({ port: 465 }));
    await write('farm-email.config.yaml', 'version: 1\nrules: { nothing: off }\n');
    await workbench.runCommand(command);
    const said = await workbench.notification('Files checked');
    expect(said).toContain('Files checked: 4.');
    expect(said).toContain('Errors: 4, warnings: 0, others: 0.');
    const all = [...Array(3).fill('port-implicit-tls 6'), 'schema/unknown-key 2'];
    await expect.poll(problems, patience).toEqual(all);
    await workbench.screenshot('workspace-1-problems');
    await workbench.clearNotifications();
    await workbench.openFile('a.farm-email.yaml');
    await expect.poll(() => workbench.underlined(), patience).toEqual([port465]);
    expect(await problems()).toEqual(all);
    await write('sites/b.farm-email.yaml', farm());
    await expect.poll(problems, patience).toHaveLength(3);
    await rm(join(session.folder, 'farm-email.config.yaml'));
    await rm(join(session.folder, 'sites'), { recursive: true });
    await expect.poll(problems, patience).toEqual(['port-implicit-tls 6']);
    await workbench.closeEditors();
  });

  test('until that is cancelled', async () => {
    await mkdir(join(session.folder, 'many'));
    const names = Array.from({ length: 3000 }, (_, number) => `many/${number}.farm-email.yaml`);
    await Promise.all(names.map((name) => write(name, farm())));
    await workbench.runCommand(command);
    await workbench.notification('Checking farm-email files');
    await workbench.screenshot('workspace-2-progress');
    await workbench.pressInNotification('Cancel');
    expect(await workbench.notification('Cancelled after')).toMatch(/Cancelled after \d+ of 3001 files\./);
    await workbench.clearNotifications();
  });
});
