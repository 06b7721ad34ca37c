import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority } from '../servers/authority.ts';
import { recordFailures } from './failures.ts';
import { farmFile, lensLine, restingLenses, verdict } from './farm-file.ts';
import { type MailServer, type SilentServer, startMailServer, startSilentServer } from './mail-servers.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const password = 'correct-Horse-7-battery';
const hidden = [password, Buffer.from(password).toString('base64'), Buffer.from(password).toString('hex')];
const patience = { timeout: 20_000 };

let session: Session;
let workbench: Workbench;
let untrusted: MailServer;
let plain: MailServer;
let silent: SilentServer;

beforeAll(async () => {
  const authority = await makeAuthority('CN=Known to nobody');
  const { cert, key } = await authority.issue();
  untrusted = await startMailServer({ cert: `${cert}\n${authority.certificate}`, key, authMethods: ['LOGIN'] });
  plain = await startMailServer({ authOptional: true, hideSTARTTLS: true });
  silent = await startSilentServer();
  const login = ['useTls: true', 'authentication:', '  userName: svc-mail', `  password: \${secret:mail}`];
  const anonymous = ['useTls: false', 'authentication: anonymous'];
  session = await openSession({
    name: 'northwind',
    verbose: true,
    async fill(folder) {
      await writeFile(join(folder, 'login.farm-email.yaml'), farmFile(untrusted.port, login));
      await writeFile(join(folder, 'anonymous.farm-email.yaml'), farmFile(plain.port, anonymous));
      await writeFile(join(folder, 'silent.farm-email.yaml'), farmFile(silent.port, anonymous));
    },
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(async () => {
  await session?.end();
  await Promise.all([untrusted, plain, silent].map((server) => server?.close()));
});

/** Opens a file and goes up to the dialog, whose text it answers. */
async function order(file: string): Promise<string> {
  await workbench.openFile(file);
  await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(restingLenses);
  await workbench.clickLens(lensLine, 'Send test email…');
  await workbench.question(/^Send test email — /, 'me@northwindtraders.com');
  await workbench.answer();
  await workbench.question(/^Send test email — /, 'As configured');
  await workbench.pick('As configured');
  return workbench.dialog();
}

/** The text of the transcript beside. The keyboard goes back to the file. */
async function transcript(file: string): Promise<string> {
  const name = (await workbench.openEditors()).find((each) => each.endsWith('.farm-email-transcript'));
  const text = await workbench.textOf(name ?? 'no transcript is open');
  await workbench.focus(file);
  return text;
}

/** Everything that VS Code and the extension wrote to disk. */
async function written(): Promise<{ path: string; text: string }[]> {
  const entries = await readdir(session.data, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'latin1') })));
}

describe('a server with a certificate that nobody trusts', () => {
  const file = 'login.farm-email.yaml';

  test('is named in the dialog before a password is asked for', async () => {
    const dialog = await order(file);
    expect(dialog).toMatch(/^Host: 127\.0\.0\.1$/m);
    expect(dialog).toMatch(new RegExp(`^Port: ${untrusted.port}$`, 'm'));
    expect(dialog).toMatch(/^TLS: STARTTLS/m);
    expect(dialog).toMatch(/^User: svc-mail$/m);
    expect(dialog).toMatch(/^Login: GSSAPI, NTLM, LOGIN$/m);
    expect(dialog).toContain('can attack an answer for NTLM off line');
    expect(dialog).not.toMatch(/^(Route|Client certificate):/m);
    await workbench.screenshot('untrusted-1-confirm');
    await workbench.pressInDialog('Send');
  });

  test('the password is typed into a box that hides it', async () => {
    const box = await workbench.question(/^Send test email — /);
    expect(box).toMatchObject({ password: true, value: '' });
    await workbench.screenshot('untrusted-2-password');
    expect(untrusted.connections()).toBe(0);
    await workbench.answer(password);
  });

  test('the lens says what is wrong, the transcript what to do', async () => {
    expect(await verdict(workbench, 'send')).toBe('certificate issuer unknown');
    const notification = await workbench.notification('certificate');
    await workbench.screenshot('untrusted-3-verdict');
    const text = await transcript(file);
    expect(text).toContain('FAILED');
    expect(text).toContain('CN=Known to nobody');
    expect(text).toContain('What to do');
    expect(text).toContain('STARTTLS');
    await workbench.clearNotifications();
    await workbench.screenshot('untrusted-4-transcript');
    for (const secret of hidden) {
      expect(text).not.toContain(secret);
      expect(notification).not.toContain(secret);
    }
  });

  test('the password went nowhere: not to the server, not into a file', async () => {
    expect(untrusted.connections()).toBe(1);
    expect(untrusted.logins).toEqual([]);
    const files = await written();
    // The whole request was logged, so the password would be there.
    const log = files.find(({ path }) => basename(path) === 'Farm Email.log')?.text;
    expect(log).toMatch(/\[info\] Farm Email \d+\.\d+/);
    expect(log).toContain('farmEmail/send');
    expect(log).toContain('"smtpPassword": "***"');
    const telling = files.filter(({ text }) => hidden.some((secret) => text.includes(secret)));
    expect(telling.map(({ path }) => path)).toEqual([]);
  });
});

test('a lens takes the first click also when its file comes back', async () => {
  const file = 'anonymous.farm-email.yaml';
  await workbench.openFile(file);
  await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(restingLenses);
  await workbench.openFile('silent.farm-email.yaml');
  await workbench.openFile(file);
  await workbench.clickLens(lensLine, 'Send test email…');
  await workbench.question(/^Send test email — /, 'me@northwindtraders.com');
  await workbench.leave();
});

test('a server without TLS and without a login takes the message', async () => {
  const file = 'anonymous.farm-email.yaml';
  const dialog = await order(file);
  expect(dialog).toMatch(/^TLS: none; the message travels in clear text$/m);
  expect(dialog).toMatch(/^User: anonymous$/m);
  await workbench.screenshot('anonymous-1-confirm');
  await workbench.pressInDialog('Send');
  expect(await verdict(workbench, 'send')).toBe('250 accepted');
  await workbench.notification('127.0.0.1');
  await workbench.screenshot('anonymous-2-verdict');
  await workbench.clearNotifications();
  const [message, ...more] = plain.messages;
  expect(more).toEqual([]);
  expect(message?.from?.address).toBe('sharepoint@northwindtraders.com');
  expect(message?.to?.map(({ address }) => address)).toEqual(['me@northwindtraders.com']);
  expect(message?.replyTo?.map(({ address }) => address)).toEqual(['helpdesk@northwindtraders.com']);
});

test('a test email to a server that says nothing ends as soon as it is cancelled', async () => {
  const file = 'silent.farm-email.yaml';
  await order(file);
  await workbench.pressInDialog('Send');
  await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(['greeting…', 'Cancel']);
  await workbench.screenshot('silent-1-waiting');
  const began = performance.now();
  await workbench.clickLens(lensLine, 'Cancel');
  await silent.hungUp;
  expect(performance.now() - began).toBeLessThan(1000);
  expect(await verdict(workbench, 'send')).toMatch(/^cancelled/);
  await workbench.screenshot('silent-2-cancelled');
  expect(await transcript(file)).toContain('CANCELLED');
});
