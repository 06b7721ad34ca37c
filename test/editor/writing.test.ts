import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority } from '../servers/authority.ts';
import { recordFailures } from './failures.ts';
import { restingLenses } from './farm-file.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const file = 'farm-email.yaml';

const lines = [
  'version: 1',
  'farm:',
  '  sharePointVersion: SubscriptionEdition',
  '  outgoingEmail:',
  '    smtpServer: smtp.contoso.com',
  '    clientCertificate: smtp-client',
  '    fromAddress: sharepoint@contoso.com',
  '    replyToAddress: helpdesk@contoso.com',
  'webApplications:',
  '  - name: Portal',
  '    url: https://portal.contoso.com/',
  '    outgoingEmail:',
  '      replyToAddress: portal@contoso.com',
  'certificates:',
  '  - name: smtp-client',
  '    path: client.pem',
  'mailServers:',
  '  - host: smtp.contoso.com',
  '',
];

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
  const authority = await makeAuthority('CN=Contoso Root');
  const { cert } = await authority.issue();
  session = await openSession({
    name: 'contoso',
    settings: { 'farmEmail.inlayHints.enable': true },
    async fill(folder) {
      await writeFile(join(folder, file), lines.join('\n'));
      await writeFile(join(folder, 'client.pem'), cert);
      const json = { version: 1, farm: { sharePointVersion: 2019, outgoingEmail: { smtpServer: 'a.contoso.com' } } };
      await writeFile(join(folder, 'other.farm-email.json'), `${JSON.stringify(json, undefined, 2)}\n`);
    },
  });
  workbench = session.workbench;
  await workbench.openFile(file);
});

recordFailures(() => workbench);

afterAll(() => session?.end());

/** A new line below this one, indented as VS Code indents it. */
async function openLineBelow(line: number): Promise<void> {
  await workbench.goTo(line);
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.press('Enter');
}

async function revert(): Promise<void> {
  await workbench.runCommand('File: Revert File');
  await expect.poll(() => workbench.textOf(file), patience).toBe(lines.join('\n'));
}

describe('completion', () => {
  test('offers keys that are not there yet, and their values', async () => {
    await expect.poll(() => workbench.lensesAbove(4), patience).toEqual(restingLenses);
    await openLineBelow(5);
    const keys = await workbench.suggestions();
    expect(keys.slice(0, 3)).toEqual(['smtpPort', 'useTls', 'authentication']);
    expect(keys).not.toContain('smtpServer');
    await workbench.complete('smtpPort');
    await workbench.leaveSnippet();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('ControlOrMeta+Backspace');
    const ports = await workbench.suggestions();
    expect(ports).toEqual(expect.arrayContaining(['587', '25']));
    await workbench.screenshot('writing-1-ports');
    await workbench.complete('587');
    expect((await workbench.textOf(file)).split('\n')[5]).toBe('    smtpPort: 587');
    await revert();
  });

  test('offers the certificates of the file', async () => {
    await workbench.goTo(6);
    await workbench.page.keyboard.press('End');
    for (let i = 0; i < 'smtp-client'.length; i++) await workbench.page.keyboard.press('Backspace');
    expect(await workbench.suggestions()).toContain('smtp-client');
    await workbench.leaveSnippet();
    await revert();
  });

  test('works in JSON', async () => {
    await workbench.openFile('other.farm-email.json');
    await workbench.goTo(6);
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type(',');
    await workbench.page.keyboard.press('Enter');
    expect(await workbench.suggestions()).toEqual(expect.arrayContaining(['smtpPort', 'fromAddress']));
    await workbench.leaveSnippet();
    await workbench.runCommand('File: Revert File');
    await workbench.focus(file);
  });
});

describe('finding one’s way', () => {
  test('the definition of a certificate is where its name stands', async () => {
    await workbench.goTo(6, 28);
    await workbench.page.keyboard.press('F12');
    await workbench.page.getByRole('button', { name: /^Ln 15, Col \d+/ }).waitFor();
  });

  test('its reference is found from there', async () => {
    await workbench.goTo(15, 14);
    await workbench.page.keyboard.press('Shift+F12');
    await workbench.page.getByRole('button', { name: /^Ln 6, Col \d+/ }).waitFor();
  });

  test('its new name stands in all places', async () => {
    await workbench.goTo(15, 14);
    await workbench.page.keyboard.press('F2');
    const box = workbench.page.locator('.rename-box input');
    await box.fill('mail-client');
    await box.press('Enter');
    await expect
      .poll(() => workbench.textOf(file), patience)
      .toBe(lines.join('\n').replaceAll('smtp-client', 'mail-client'));
    await revert();
  });

  test('the outline names what the file is made of', async () => {
    await workbench.page.keyboard.press('ControlOrMeta+Shift+O');
    const names = workbench.page.locator('.quick-input-widget:visible .label-name');
    await names.getByText('Portal', { exact: true }).waitFor();
    // Before each name stands its icon.
    const all = (await names.allInnerTexts()).map((name) => name.replace(/^\W+/, ''));
    expect(all).toEqual(expect.arrayContaining(['farm', 'outgoingEmail', 'Portal', 'smtp-client']));
    await workbench.screenshot('writing-3-outline');
    await workbench.leave();
  });

  test('breadcrumbs say where one is', async () => {
    await workbench.goTo(13, 10);
    const crumbs = workbench.page.locator('.breadcrumbs-below-tabs .monaco-breadcrumb-item');
    await expect
      .poll(async () => (await crumbs.allInnerTexts()).map((text) => text.trim()).slice(1), patience)
      .toEqual(['webApplications', 'Portal', 'outgoingEmail', 'replyToAddress']);
  });

  test('a certificate file opens from its path', async () => {
    await workbench.goTo(16, 14);
    await workbench.runCommand('Open Link');
    await expect.poll(() => workbench.openEditors(), patience).toContain('client.pem');
    await workbench.focus(file);
  });

  test('hints show what is inherited', async () => {
    await workbench.goTo(12);
    await workbench.page.locator('.view-lines').getByText('smtp.contoso.com').nth(1).waitFor();
    await workbench.screenshot('writing-4-hints');
  });

  test('the selection grows by values, keys and mappings', async () => {
    await workbench.goTo(13, 24);
    const selected = workbench.page.getByRole('button', { name: /selected\)$/ });
    const counts: number[] = [];
    for (let i = 0; i < 4; i++) {
      await workbench.runCommand('Expand Selection');
      const known = counts.at(-1) ?? 0;
      const count = async (): Promise<number> => Number(/\((\d+) selected/.exec(await selected.innerText())?.[1]);
      await expect.poll(count, patience).toBeGreaterThan(known);
      counts.push(await count());
    }
    // VS Code puts its own steps between: a word, a line.
    const ours = ['portal@contoso.com', 'replyToAddress: portal@contoso.com'];
    expect(counts).toEqual(expect.arrayContaining(ours.map((text) => text.length)));
  });

  test('mappings fold', async () => {
    await workbench.goTo(1);
    await workbench.runCommand('Fold All');
    const numbers = workbench.page.locator('.editor-instance .line-numbers');
    await expect
      .poll(async () => (await numbers.allInnerTexts()).map(Number).sort((a, b) => a - b), patience)
      .toEqual([1, 2, 9, 14, 17, 19]);
    await workbench.runCommand('Unfold All');
  });

  test('the language status names the configuration in force', async () => {
    await writeFile(join(session.folder, 'farm-email.config.yaml'), 'version: 1\nrules: { client-cert-unused: off }\n');
    const status = workbench.page.locator('#status\\.languageStatus');
    await status.hover();
    const shown = workbench.page.locator('.hover-language-status', { hasText: 'farm-email.config.yaml' });
    await shown.waitFor();
    expect(await shown.innerText()).toMatch(/findings: \d+, accepted: 0/);
    await workbench.screenshot('writing-5-status');
  });
});
