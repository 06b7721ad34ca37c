import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordFailures } from './failures.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const file = 'farm-email.yaml';
const configuration = 'farm-email.config.yaml';

const text = [
  'version: 1',
  'farm:',
  '  sharePointVersion: 2019',
  '  outgoingEmail:',
  '    smtpServer: smtp.northwindtraders.com',
  '    smtpPort: 465',
  '    useTls: true',
  '    authentication: anonymous',
  '    fromAddress: sharepoint@northwindtraders.com',
  '    replyToAddress: helpdesk@northwindtraders.com',
  '    overrideEnvelopeSender: true',
  '',
].join('\n');
const misspelt = 'version: 1\nrules:\n  port-implict-tls: off\n';
const port = { severity: 'error', line: 6, text: '465' };

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
  session = await openSession({ name: 'northwind', fill: (folder) => writeFile(join(folder, file), text) });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(() => session?.end());

test('a configuration that is written, corrected by its quick fix and deleted changes the open file at once', async () => {
  await workbench.openFile(file);
  await expect.poll(() => workbench.underlined(), patience).toContainEqual(port);

  // Written by another program: the editor watches.
  await writeFile(join(session.folder, configuration), misspelt.replace('implict', 'implicit'));
  await expect.poll(() => workbench.underlined(), patience).not.toContainEqual(port);
  await writeFile(join(session.folder, configuration), misspelt);
  await expect.poll(() => workbench.underlined(), patience).toContainEqual(port);
  await workbench.screenshot('configuration-1-not-open');

  await workbench.openFile(configuration);
  await expect
    .poll(() => workbench.underlined(), patience)
    .toEqual([{ severity: 'error', line: 3, text: 'port-implict-tls' }]);
  await workbench.goTo(3, 5);
  await workbench.applyQuickFix('Change to `port-implicit-tls`');
  await expect.poll(() => workbench.underlined(), patience).toEqual([]);
  expect(await workbench.hover({ line: 3, text: 'port-implicit-tls' })).toContain('Port 465 expects TLS');
  await workbench.screenshot('configuration-2-open');

  // What is typed counts before it is saved.
  await workbench.focus(file);
  await expect.poll(() => workbench.underlined(), patience).not.toContainEqual(port);

  await workbench.focus(configuration);
  await workbench.runCommand('File: Revert File');
  await workbench.runCommand('View: Close Editor');
  await workbench.focus(file);
  await expect.poll(() => workbench.underlined(), patience).toContainEqual(port);
  await writeFile(join(session.folder, configuration), misspelt.replace('implict', 'implicit'));
  await expect.poll(() => workbench.underlined(), patience).not.toContainEqual(port);
  await rm(join(session.folder, configuration));
  await expect.poll(() => workbench.underlined(), patience).toContainEqual(port);
});
