import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordFailures } from './failures.ts';
import { farmFile, lensLine, restingLenses } from './farm-file.ts';
import { type MailServer, startMailServer } from './mail-servers.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const file = 'farm-email.yaml';

let session: Session;
let workbench: Workbench;
let server: MailServer;

beforeAll(async () => {
  server = await startMailServer({ authOptional: true });
  const settings = ['useTls: false', 'authentication: anonymous', 'characterSet: 99999'];
  session = await openSession({
    name: 'stranger',
    trusted: false,
    fill: (folder) => writeFile(join(folder, file), farmFile(server.port, settings)),
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(async () => {
  await session?.end();
  await server?.close();
});

test('in Restricted Mode findings are shown', async () => {
  await workbench.openFile(file);
  await workbench.page.getByRole('button', { name: 'Restricted Mode' }).waitFor();
  await expect.poll(() => workbench.underlined(), patience).toEqual([{ severity: 'error', line: 9, text: '99999' }]);
});

test.each(['Send test email…', 'Probe…'])(
  'in Restricted Mode the lens %s explains why nothing is sent',
  async (lens) => {
    await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(restingLenses);
    await workbench.clickLens(lensLine, lens);
    const explanation = await workbench.notification('Restricted Mode');
    expect(explanation).toContain('Manage Workspace Trust');
    await workbench.screenshot('restricted');
    await workbench.clearNotifications();
    expect(server.connections()).toBe(0);
  },
);

test('in Restricted Mode the effective settings are shown', async () => {
  await workbench.openFile(file);
  await workbench.clickLens(lensLine, 'Effective settings');
  await expect.poll(() => workbench.openEditors(), patience).toHaveLength(2);
  const [, effective = ''] = await workbench.openEditors();
  expect(await workbench.textOf(effective)).toContain('sharepoint@northwindtraders.com');
  await workbench.focus(file);
});

test('in Restricted Mode the command palette does not offer to send or probe', async () => {
  expect(await workbench.commands('Farm Email: ')).toContain('Farm Email: Show Output');
  expect(await workbench.commands('Farm Email: Send')).not.toContain('Farm Email: Send Test Email…');
  expect(await workbench.commands('Farm Email: Probe')).not.toContain('Farm Email: Probe Mail Server…');
});
