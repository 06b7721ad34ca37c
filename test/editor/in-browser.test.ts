import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordFailures } from './failures.ts';
import { restingLenses } from './farm-file.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const contoso = fileURLToPath(new URL('../../examples/contoso', import.meta.url));
const file = 'farm-email.yaml';
const patience = { timeout: 20_000 };

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
  session = await openSession({
    name: 'contoso',
    fill: (folder) => cp(contoso, folder, { recursive: true }),
    // VS Code runs the extension in the browser's own web worker, as vscode.dev does: no Node is there.
    settings: { 'remote.extensionKind': { 'farm-email.farm-email': ['web'] } },
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(() => session?.end());

describe('in a browser, without Node', () => {
  test('each mistake of the example is listed', async () => {
    await workbench.openFile(file);
    await expect.poll(codes, patience).toEqual(['credential-key-missing', 'port-implicit-tls', 'reply-to-no-reply']);
    await workbench.screenshot('browser-1-problems');
    await workbench.closePanel();
  });

  test('the language server is a web worker of this page', async () => {
    const names = workbench.page.workers().map((worker) => worker.evaluate<string>('self.name').catch(() => ''));
    // VS Code writes the name of its own worker before it.
    expect(await Promise.all(names)).toContain('ExtensionHostWorker -> Farm Email');
  });

  test('keys are completed', async () => {
    await workbench.focus(file);
    await workbench.goTo(46);
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('Enter');
    const keys = await workbench.suggestions();
    expect(keys).toEqual(expect.arrayContaining(['smtpServer', 'smtpPort', 'useTls']));
    expect(keys).not.toContain('replyToAddress');
    await workbench.screenshot('browser-2-completion');
    await workbench.complete('characterS');
    await workbench.leaveSnippet();
    expect((await workbench.textOf(file)).split('\n')[46]).toMatch(/^ {6}characterSet: \d+$/);
    await workbench.runCommand('File: Revert File');
  });

  test('a hover tells the effective value', async () => {
    await workbench.goTo(14);
    expect(await workbench.hover({ line: 14, text: 'smtpPort' })).toContain('587');
  });

  test('a quick fix repairs', async () => {
    await workbench.goTo(50, 17);
    await workbench.applyQuickFix('Use port 587');
    await expect.poll(codes, patience).toEqual(['credential-key-missing', 'reply-to-no-reply']);
    await workbench.closePanel();
  });

  test('a configuration of the folder is in force as soon as it is there', async () => {
    await writeFile(
      join(session.folder, 'farm-email.config.yaml'),
      'version: 1\nrules: { credential-key-missing: off }\n',
    );
    await expect.poll(codes, patience).toEqual(['reply-to-no-reply']);
    await workbench.closePanel();
  });

  test('the effective settings open beside the file', async () => {
    await workbench.focus(file);
    await workbench.goTo(12);
    await workbench.clickLens(12, 'Effective settings');
    await expect.poll(() => workbench.openEditors(), patience).toHaveLength(2);
    const [, effective = ''] = await workbench.openEditors();
    expect(await workbench.textOf(effective)).toContain('smtp.contoso.com');
    await workbench.screenshot('browser-3-effective');
    await workbench.focus(file);
  });

  test.each(['Send test email…', 'Probe…'])('the lens %s says why nothing is sent', async (lens) => {
    await workbench.goTo(12);
    await expect.poll(() => workbench.lensesAbove(12), patience).toEqual(restingLenses);
    await workbench.clickLens(12, lens);
    expect(await workbench.notification('A browser cannot open SMTP connections')).toContain('Remote-SSH');
    await workbench.clearNotifications();
  });

  test('the command palette does not offer to send', async () => {
    expect(await workbench.commands('Farm Email: Send')).not.toContain('Farm Email: Send Test Email…');
  });
});

async function codes(): Promise<string[]> {
  return (await workbench.problems()).map(({ code }) => code).sort();
}
