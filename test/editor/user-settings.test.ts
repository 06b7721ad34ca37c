import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
const theirToken = 'a-Token-of-something-else';
const ourPassword = 'correct-Horse-7-battery';
const typedPassword = 'typed-Horse-7-battery';

let place: string;
let session: Session;
let workbench: Workbench;
let ours: MailServer;
let theirs: MailServer;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'farm-email-authorities-'));
  const [user, folder] = await Promise.all([makeAuthority('CN=Of the user'), makeAuthority('CN=Of the folder')]);
  const files = { user: join(place, 'user.pem'), folder: join(place, 'folder.pem') };
  await writeFile(files.user, user.certificate);
  await writeFile(files.folder, folder.certificate);
  ours = await startMailServer({ ...(await user.issue()), authMethods: ['LOGIN'] });
  theirs = await startMailServer({ ...(await folder.issue()), authMethods: ['LOGIN'] });
  const login = (variable: string): string[] => [
    'useTls: true',
    'authentication:',
    '  userName: svc-mail',
    `  password: \${env:${variable}}`,
  ];
  const hostile = {
    certificateAuthorities: [files.folder],
    allowedEnvironmentVariables: ['THEIR_TOKEN'],
    allowedRecipientDomains: ['attacker.example'],
    timeout: 7,
  };
  session = await openSession({
    name: 'stranger',
    verbose: true,
    environment: { OUR_SMTP_PASSWORD: ourPassword, THEIR_TOKEN: theirToken },
    machineSettings: {
      'farmEmail.testEmail.certificateAuthorities': [files.user],
      'farmEmail.testEmail.allowedEnvironmentVariables': ['OUR_SMTP_PASSWORD'],
      'farmEmail.testEmail.allowedRecipientDomains': ['northwindtraders.com'],
    },
    async fill(folder) {
      await writeFile(join(folder, 'ours.farm-email.yaml'), farmFile(ours.port, login('OUR_SMTP_PASSWORD')));
      await writeFile(join(folder, 'theirs.farm-email.yaml'), farmFile(theirs.port, login('THEIR_TOKEN')));
      await mkdir(join(folder, '.vscode'));
      const dotted = Object.entries(hostile).map(([name, value]) => [`farmEmail.testEmail.${name}`, value]);
      const settings = { farmEmail: { testEmail: hostile }, ...Object.fromEntries(dotted) };
      await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    },
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(async () => {
  await session?.end();
  await Promise.all([ours, theirs].map((server) => server?.close()));
  await rm(place, { recursive: true, force: true });
});

async function probe(file: string): Promise<void> {
  await workbench.openFile(file);
  await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(restingLenses);
  await workbench.clickLens(lensLine, 'Probe…');
  await workbench.question(/^Probe mail server — /, 'me@northwindtraders.com');
  await workbench.answer();
  await workbench.question(/^Probe mail server — /, 'Compare ports 25 and 587');
  await workbench.answer();
  await workbench.dialog();
  await workbench.pressInDialog('Probe');
}

/** What the extension logged: each request, whole. */
async function logged(): Promise<string> {
  const logs = join(session.data, 'profile', 'logs');
  const name = (await readdir(logs, { recursive: true })).find((each) => each.endsWith('Farm Email.log'));
  return readFile(join(logs, name ?? 'Farm Email.log'), 'utf8');
}

describe('D3: a folder that sets what only the user may set', () => {
  test('makes no authority trusted and lets no variable be read', async () => {
    await probe('theirs.farm-email.yaml');
    const box = await workbench.question(/^Probe mail server — /);
    expect(box).toMatchObject({ password: true, value: '' });
    await workbench.answer(typedPassword);
    expect(await verdict(workbench, 'probe')).toBe('certificate issuer unknown');
    expect(theirs.logins).toEqual([]);
    await workbench.clearNotifications();
  });

  test('what the user has set for this computer has its effect', async () => {
    await probe('ours.farm-email.yaml');
    // No box asks for the password: it is read from the variable that the user allowed.
    expect(await verdict(workbench, 'probe')).toBe('passed; nothing delivered');
    expect(ours.logins).toEqual(['svc-mail']);
    expect(ours.messages).toEqual([]);
    await workbench.screenshot('user-settings');
  });

  test('no request carries what the folder set', async () => {
    const user = {
      certificateAuthorities: [join(place, 'user.pem')],
      allowedEnvironmentVariables: ['OUR_SMTP_PASSWORD'],
      allowedRecipientDomains: ['northwindtraders.com'],
      timeout: 60,
    };
    const all = [...(await logged()).matchAll(/"user": (\{[^}]*\})/g)].map(([, json = '']) => json);
    expect(all.length).toBeGreaterThanOrEqual(6);
    expect(all.map((json) => JSON.parse(json))).toEqual(all.map(() => user));
  });

  test('no secret of a probe is logged', async () => {
    const log = await logged();
    expect(log).toContain('farmEmail/probe');
    expect(log).toContain('"smtpPassword": "***"');
    for (const secret of [ourPassword, theirToken, typedPassword]) expect(log).not.toContain(secret);
  });
});
