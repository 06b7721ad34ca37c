import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority } from '../servers/authority.ts';
import { recordFailures } from './failures.ts';
import { farmFile, lensLine, restingLenses, verdict } from './farm-file.ts';
import { type MailServer, startMailServer } from './mail-servers.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const step = /^Send test email — /;
const password = 'correct-Horse-7-battery';
const hidden = [password, Buffer.from(password).toString('base64')];
const first = 'The first test to this server';

let place: string;
let session: Session;
let workbench: Workbench;
let server: MailServer;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'farm-email-authority-'));
  const authority = await makeAuthority('CN=Northwind Root');
  await writeFile(join(place, 'root.pem'), authority.certificate);
  server = await startMailServer({ ...(await authority.issue()), authMethods: ['LOGIN'] });
  const login = ['useTls: true', 'authentication:', '  userName: svc-mail', `  password: \${secret:mail}`];
  session = await openSession({
    name: 'northwind',
    machineSettings: {
      'farmEmail.testEmail.certificateAuthorities': [join(place, 'root.pem')],
      'farmEmail.testEmail.allowedRecipientDomains': ['northwindtraders.com'],
    },
    async fill(folder) {
      await writeFile(join(folder, 'good.farm-email.yaml'), farmFile(server.port, login, 'localhost'));
      const anonymous = farmFile(server.port, ['useTls: true', 'authentication: anonymous'], 'localhost');
      const refuses = 'mailServers:\n  - host: localhost\n    anonymousAccess: false\n';
      await writeFile(join(folder, 'wrong.farm-email.yaml'), anonymous + refuses);
    },
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(async () => {
  await session?.end();
  await server?.close();
  await rm(place, { recursive: true, force: true });
});

/** Goes as far as the choices, to this recipient. */
async function choose(file: string, to: string): Promise<void> {
  await workbench.openFile(file);
  await workbench.clickLens(lensLine, 'Send test email…');
  await workbench.question(step, 'me@northwindtraders.com');
  await workbench.answer(to);
  await workbench.question(step, 'As configured');
  await workbench.pick('As configured');
}

describe('gates', () => {
  test('settings with an error name it and show it', async () => {
    await choose('wrong.farm-email.yaml', 'me@northwindtraders.com');
    expect(await workbench.notification('An error stands in these settings')).toContain('anonymous');
    await workbench.screenshot('sending-1-error');
    await workbench.pressInNotification('Show the Error');
    await workbench.page.getByRole('button', { name: /^Ln 8, Col \d+ \(9 selected\)$/ }).waitFor();
    expect(server.connections()).toBe(0);
  });

  test('who insists sees the dialog', async () => {
    await choose('wrong.farm-email.yaml', 'me@northwindtraders.com');
    await workbench.notification('An error stands in these settings');
    await workbench.pressInNotification('Test Anyway');
    expect(await workbench.dialog()).toContain('To: me@northwindtraders.com');
    await workbench.pressInDialog('Cancel');
    expect(server.connections()).toBe(0);
  });

  test('a recipient of another domain is refused', async () => {
    await choose('good.farm-email.yaml', 'me@elsewhere.example');
    const refusal = await workbench.notification('elsewhere.example');
    expect(refusal).toContain('farmEmail.testEmail.allowedRecipientDomains');
    expect(refusal).toContain('Change…');
    await workbench.screenshot('sending-2-domain');
    await workbench.clearNotifications();
    expect(server.connections()).toBe(0);
  });
});

describe('a password', () => {
  test('is asked for, and kept if one wants', async () => {
    await choose('good.farm-email.yaml', 'you@northwindtraders.com');
    const dialog = await workbench.dialog();
    expect(dialog).toContain(first);
    expect(dialog).toContain(`Sending computer: ${hostname()}`);
    await workbench.screenshot('sending-3-first');
    await workbench.pressInDialog('Send');
    expect((await workbench.question(step)).password).toBe(true);
    await workbench.answer(password);
    expect(await verdict(workbench, 'send')).toBe('250 accepted');
    const question = await workbench.notification('Keep the password');
    expect(question).toContain(`svc-mail at localhost:${server.port} (STARTTLS)`);
    await workbench.screenshot('sending-4-keep');
    await workbench.pressInNotification('Keep');
    await workbench.clearNotifications();
  });

  test('that is kept is not asked for again', async () => {
    await workbench.clickLens(lensLine, 'Send again');
    const dialog = await workbench.dialog();
    expect(dialog).toContain(`Kept password: svc-mail at localhost:${server.port} (STARTTLS)`);
    expect(dialog).toContain('To: you@northwindtraders.com');
    expect(dialog).not.toContain(first);
    await workbench.pressInDialog('Send');
    await expect.poll(() => server.messages.length, patience).toBe(2);
    await workbench.notification('localhost');
    await workbench.clearNotifications();
  });

  test('is forgotten on demand', async () => {
    await workbench.runCommand('Farm Email: Forget Passwords…');
    await workbench.question(/^Forget passwords$/, `svc-mail at localhost:${server.port} (STARTTLS)`);
    await workbench.screenshot('sending-5-forget');
    await workbench.answer();
    await workbench.notification('Passwords forgotten: 1.');
    await workbench.clearNotifications();
    await workbench.clickLens(lensLine, 'Send again');
    expect(await workbench.dialog()).not.toContain('Kept password');
    await workbench.pressInDialog('Send');
    expect((await workbench.question(step)).password).toBe(true);
    await workbench.leave();
    expect(server.logins).toEqual(['svc-mail', 'svc-mail']);
  });
});

describe('afterwards', () => {
  test('the recipient is remembered', async () => {
    await workbench.clickLens(lensLine, 'Send test email…');
    const { items } = await workbench.question(step, 'you@northwindtraders.com');
    expect(items).toEqual(['me@northwindtraders.com', 'you@northwindtraders.com']);
    await workbench.leave();
  });

  test('the history names where, as whom and to whom, and no secret', async () => {
    await workbench.runCommand('Farm Email: Show Test History');
    await expect.poll(() => workbench.openEditors(), patience).toContain('Test history');
    const lines = (await workbench.textOf('Test history')).split('\n').filter((line) => line.includes('Test email'));
    expect(lines).toHaveLength(2);
    for (const part of [`localhost:${server.port} STARTTLS`, 'svc-mail', 'you@northwindtraders.com', 'accepted']) {
      expect(lines[0]).toContain(part);
    }
    await workbench.screenshot('sending-6-history');
    await workbench.runCommand('Farm Email: Clear Test History');
    await workbench.notification('Tests forgotten: 2.');
    await workbench.clearNotifications();
    expect(await workbench.textOf('Test history')).not.toContain('svc-mail');
  });

  test('PowerShell for a server of the farm is copied', async () => {
    await workbench.focus('good.farm-email.yaml');
    await workbench.clearClipboard();
    await workbench.runCommand('Farm Email: Copy PowerShell to Repeat This on a Farm Server');
    await workbench.question(/^Copy PowerShell$/);
    await workbench.answer();
    const script = await workbench.clipboard();
    expect(script).toContain('you@northwindtraders.com');
    expect(script).toContain('svc-mail');
    for (const secret of hidden) expect(script).not.toContain(secret);
  });

  test('the password stands in no file', async () => {
    const entries = await readdir(session.data, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    for (const file of files) {
      const text = await readFile(file, 'latin1');
      expect(
        hidden.some((secret) => text.includes(secret)),
        file,
      ).toBe(false);
    }
  });

  test('nothing was sent by opening, saving or typing', async () => {
    const before = server.connections();
    await workbench.focus('good.farm-email.yaml');
    await workbench.replaceLine(lensLine + 6, '    replyToAddress: helpdesk@northwindtraders.com');
    await workbench.save();
    await workbench.closeEditors();
    await workbench.openFile('good.farm-email.yaml');
    await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(restingLenses);
    expect(server.connections()).toBe(before);
  });
});
