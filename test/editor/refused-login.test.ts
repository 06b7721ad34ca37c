import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority } from '../servers/authority.ts';
import { recordFailures } from './failures.ts';
import { farmFile, lensLine, restingLenses, verdict } from './farm-file.ts';
import { type MailServer, startMailServer } from './mail-servers.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const file = 'farm-email.yaml';
const goOn = 'See what SharePoint would do';

let place: string;
let session: Session;
let workbench: Workbench;
let server: MailServer;
let attempts = 0;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'farm-email-authority-'));
  const authority = await makeAuthority('CN=Northwind Root');
  await writeFile(join(place, 'root.pem'), authority.certificate);
  // Takes mail from anybody who does not log in, as a relay for the addresses of a farm does.
  server = await startMailServer({
    ...(await authority.issue()),
    authMethods: ['LOGIN'],
    authOptional: true,
    onAuth(_, __, answer) {
      attempts++;
      answer(new Error('5.7.8 Authentication unsuccessful'));
    },
  });
  const login = ['useTls: true', 'authentication:', '  userName: svc-mail', `  password: \${secret:mail}`];
  session = await openSession({
    name: 'northwind',
    machineSettings: { 'farmEmail.testEmail.certificateAuthorities': [join(place, 'root.pem')] },
    fill: (folder) => writeFile(join(folder, file), farmFile(server.port, login, 'localhost')),
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(async () => {
  await session?.end();
  await server?.close();
  await rm(place, { recursive: true, force: true });
});

describe('a test email whose login is refused', () => {
  test('stops there and offers to see what SharePoint would do', async () => {
    await workbench.openFile(file);
    await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(restingLenses);
    await workbench.clickLens(lensLine, 'Send test email…');
    await workbench.question(/^Send test email — /, 'me@northwindtraders.com');
    await workbench.answer();
    await workbench.question(/^Send test email — /, 'As configured');
    await workbench.pick('As configured');
    await workbench.dialog();
    await workbench.pressInDialog('Send');
    await workbench.question(/^Send test email — /);
    await workbench.answer('wrong-Horse');
    const notification = await workbench.notification(goOn);
    expect(notification).toContain('Show transcript');
    expect(await verdict(workbench, 'send')).toMatch(/^535 /);
    await workbench.screenshot('refused-1-offer');
    expect(attempts).toBe(1);
    expect(server.messages).toEqual([]);
  });

  test('that is a probe with a dialog of its own', async () => {
    await workbench.pressInNotification(goOn);
    const dialog = await workbench.dialog();
    expect(dialog).toContain(`${goOn} for the farm?`);
    expect(dialog).toMatch(/^User: svc-mail$/m);
    expect(dialog).toMatch(/^To: me@northwindtraders\.com$/m);
    expect(dialog).toContain('Nothing is delivered');
    expect(dialog).toContain('the probe goes on without one, as SharePoint is likely to do');
    await workbench.screenshot('refused-2-confirm');
    expect(server.connections()).toBe(1);
    await workbench.pressInDialog('Probe');
    await workbench.question(/^Probe mail server — /);
    await workbench.answer('wrong-Horse');
  });

  test('it goes on without a login and delivers nothing', async () => {
    const probe = /^Probe – the farm – .*\.farm-email-transcript$/;
    await expect.poll(() => workbench.openEditors(), patience).toContainEqual(expect.stringMatching(probe));
    const name = (await workbench.openEditors()).find((each) => probe.test(each)) ?? '';
    const transcript = await workbench.textOf(name);
    expect(transcript).toContain('535 ');
    expect(transcript).toContain('MAIL FROM:');
    expect(transcript).toContain('RCPT TO:<me@northwindtraders.com>');
    expect(transcript).not.toContain('C: DATA');
    await workbench.focus(file);
    expect(await verdict(workbench, 'probe')).toBe('passed without a login; nothing delivered');
    await workbench.clearNotifications();
    await workbench.screenshot('refused-3-probed');
    expect(attempts).toBe(2);
    expect(server.messages).toEqual([]);
  });
});
