import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordFailures } from './failures.ts';
import { farmFile, lensLine, restingLenses } from './farm-file.ts';
import { type MailServer, startMailServer } from './mail-servers.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const step = /^Probe mail server — /;
const file = 'farm-email.yaml';
/** Numbers of lines. */
const [smtpServer, useTls] = [5, 7];

let session: Session;
let workbench: Workbench;
let server: MailServer;

beforeAll(async () => {
  // Offers no TLS, which the settings want, and nothing else that is worth a finding.
  server = await startMailServer({ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'] });
  const settings = ['useTls: true', 'authentication: anonymous'];
  session = await openSession({
    name: 'northwind',
    fill: (folder) => writeFile(join(folder, file), farmFile(server.port, settings, 'localhost')),
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(async () => {
  await session?.end();
  await server?.close();
});

/** The findings of tests that the Problems panel lists. */
async function codes(): Promise<readonly string[]> {
  return (await workbench.problems()).map(({ code }) => code);
}

async function found(): Promise<readonly string[]> {
  return (await codes()).filter((code) => code.startsWith('probe/'));
}

test('what a probe finds is underlined on the setting it points at', async () => {
  await workbench.openFile(file);
  await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(restingLenses);
  expect(await found()).toEqual([]);
  await workbench.closePanel();
  await workbench.clickLens(lensLine, 'Probe…');
  await workbench.question(step, 'me@northwindtraders.com');
  await workbench.answer();
  await workbench.question(step, 'Compare ports 25 and 587');
  await workbench.answer();
  await workbench.dialog();
  await workbench.pressInDialog('Probe');
  await workbench.notification('STARTTLS');
  await workbench.clearNotifications();
  const underlined = { severity: 'error', line: useTls, text: 'true' };
  await expect.poll(() => workbench.underlined(), patience).toContainEqual(underlined);
  expect(await found()).toEqual(['probe/starttls-not-offered']);
  await workbench.screenshot('probe-findings-1-underlined');
  await workbench.closePanel();
});

test('what the server offers is recorded in mailServers by a quick fix', async () => {
  await workbench.focus(file);
  await workbench.goTo(smtpServer, 20);
  expect(await workbench.quickFixes()).toContain('Record what localhost offers');
  await workbench.screenshot('probe-findings-2-record');
  await workbench.closeMenu();
  await workbench.applyQuickFix('Record what localhost offers');
  await expect
    .poll(() => workbench.textOf(file), patience)
    .toContain('mailServers:\n  - host: localhost\n    startTls: false\n');
  await workbench.screenshot('probe-findings-3-recorded');
  // From now on a rule says it, with what is recorded as its reason.
  await expect.poll(codes, patience).toContain('server-without-starttls');
  expect(await found()).toEqual([]);
  await workbench.closePanel();
  await workbench.focus(file);
  await workbench.undo();
  await expect.poll(codes, patience).not.toContain('server-without-starttls');
  await workbench.closePanel();
});

test('what a probe found is gone after an edit of that setting, and its undoing brings nothing back', async () => {
  expect(await found()).toEqual(['probe/starttls-not-offered']);
  await workbench.closePanel();
  await workbench.focus(file);
  await workbench.replaceLine(useTls, '    useTls: false');
  await expect.poll(found, patience).toEqual([]);
  await workbench.screenshot('probe-findings-4-edited');
  await workbench.closePanel();
  await workbench.focus(file);
  await workbench.replaceLine(useTls, '    useTls: true');
  await expect.poll(codes, patience).toContain('smtp-server-short-name-tls');
  expect(await found()).toEqual([]);
});
