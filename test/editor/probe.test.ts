import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordFailures } from './failures.ts';
import { farmFile, lensLine, restingLenses, verdict } from './farm-file.ts';
import { type MailServer, startMailServer } from './mail-servers.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const step = /^Probe mail server — /;
const file = 'farm-email.yaml';

let session: Session;
let workbench: Workbench;
let server: MailServer;
let letRecipientPass: () => void;

beforeAll(async () => {
  const released = new Promise<void>((resolve) => {
    letRecipientPass = resolve;
  });
  server = await startMailServer({
    authOptional: true,
    hideSTARTTLS: true,
    async onRcptTo({ address }, _, answer) {
      await released;
      const isOurs = address.endsWith('@northwindtraders.com');
      answer(isOurs ? null : Object.assign(new Error('5.7.54 Unable to relay recipient'), { responseCode: 550 }));
    },
  });
  session = await openSession({
    name: 'northwind',
    fill: (folder) =>
      writeFile(join(folder, file), farmFile(server.port, ['useTls: false', 'authentication: anonymous'], 'localhost')),
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(async () => {
  await session?.end();
  await server?.close();
});

describe('a probe', () => {
  test('is asked for with a lens, its recipient filled in', async () => {
    await workbench.openFile(file);
    await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(restingLenses);
    await workbench.screenshot('probe-1-lens');
    await workbench.clickLens(lensLine, 'Probe…');
    const { items } = await workbench.question(step, 'me@northwindtraders.com');
    expect(items).toEqual(['me@northwindtraders.com']);
    expect(await workbench.steps()).toBe('1/2');
    await workbench.answer();
  });

  test('asks nothing besides but what is ticked', async () => {
    const { items } = await workbench.question(step, 'Ask for an outside recipient');
    expect(items).toEqual(['Ask for an outside recipient', 'Ask as another sender', 'Compare ports 25 and 587']);
    expect(await workbench.ticked()).toEqual([]);
    expect(await workbench.steps()).toBe('2/2');
    await workbench.tick('Ask for an outside recipient');
    await workbench.tick('Ask as another sender');
    await workbench.screenshot('probe-2-questions');
    expect(await workbench.steps()).toBe('2/4');
    await workbench.answer();
  });

  test('takes an address for each question that needs one, and no other text', async () => {
    await expect.poll(() => workbench.steps(), patience).toBe('3/4');
    await workbench.answer('someone');
    await expect.poll(() => workbench.inputProblem(), patience).toBe('An address has an @, such as name@contoso.com.');
    await workbench.screenshot('probe-3-address');
    await workbench.answer('someone@fabrikam.com');
    await expect.poll(() => workbench.steps(), patience).toBe('4/4');
    await workbench.answer('user@northwindtraders.com');
  });

  test('comes only after a dialog that shows all that matters', async () => {
    const dialog = await workbench.dialog();
    expect(dialog).toMatch(/^Host: localhost$/m);
    expect(dialog).toMatch(/^Address: .*\b127\.0\.0\.1\b/m);
    expect(dialog).toMatch(new RegExp(`^Port: ${server.port}$`, 'm'));
    expect(dialog).toMatch(/^TLS: none; all travels in clear text$/m);
    expect(dialog).toMatch(/^User: anonymous$/m);
    expect(dialog).toMatch(/^From: sharepoint@northwindtraders\.com$/m);
    expect(dialog).toMatch(/^To: me@northwindtraders\.com$/m);
    expect(dialog).toMatch(/^Outside recipient: someone@fabrikam\.com$/m);
    expect(dialog).toMatch(/^Other sender: user@northwindtraders\.com$/m);
    expect(dialog).toContain(`Probing computer: ${hostname()}`);
    expect(dialog).toContain('Nothing is delivered');
    expect(dialog).not.toContain('Reply-To');
    await workbench.screenshot('probe-4-confirm');
    expect(server.connections()).toBe(0);
    await workbench.pressInDialog('Change…');
  });

  test('keeps what was chosen when one goes back to change it', async () => {
    await workbench.question(step, 'me@northwindtraders.com');
    await workbench.answer();
    await workbench.question(step, 'Ask as another sender');
    expect(await workbench.ticked()).toEqual(['Ask for an outside recipient', 'Ask as another sender']);
    await workbench.answer();
    await expect.poll(() => workbench.steps(), patience).toBe('3/4');
    expect(await workbench.question(step)).toMatchObject({ value: 'someone@fabrikam.com' });
    await workbench.answer();
    await expect.poll(() => workbench.steps(), patience).toBe('4/4');
    await workbench.answer();
    await workbench.dialog();
    await workbench.pressInDialog('Probe');
  });

  test('shows the step it is at, in the lens and in a notification that cancels', async () => {
    await expect.poll(() => workbench.lensesAbove(lensLine), patience).toEqual(['RCPT TO…', 'Cancel']);
    expect(await workbench.notification(`Probe of localhost:${server.port}: RCPT TO`)).toContain('Cancel');
    await workbench.screenshot('probe-5-under-way');
    letRecipientPass();
  });

  test('leaves its verdict in the lens and the conversation beside the file; nothing was delivered', async () => {
    expect(await verdict(workbench, 'probe')).toBe('passed; nothing delivered');
    await workbench.notification('localhost');
    await workbench.screenshot('probe-6-verdict');
    await workbench.clearNotifications();
    const [, name = ''] = await workbench.openEditors();
    expect(name).toMatch(/^Probe – the farm – .*\.farm-email-transcript$/);
    const transcript = await workbench.textOf(name);
    for (const said of [
      'EHLO',
      'MAIL FROM:<sharepoint@northwindtraders.com>',
      'RCPT TO:<me@northwindtraders.com>',
      'RCPT TO:<someone@fabrikam.com>',
      '550 5.7.54',
      'MAIL FROM:<user@northwindtraders.com>',
      'RSET',
      'QUIT',
    ]) {
      expect(transcript).toContain(said);
    }
    expect(transcript).not.toContain('C: DATA');
    expect(server.messages).toEqual([]);
  });

  test('its report is copied as Markdown, from the title of the transcript and by command', async () => {
    await workbench.clearClipboard();
    await workbench.pressInTitle('Copy Report as Markdown');
    const report = await workbench.clipboard();
    expect(report).toMatch(/^#+ .*/);
    expect(report).toContain('RCPT TO:<someone@fabrikam.com>');
    await workbench.page.getByText('The report is on the clipboard').waitFor();
    await workbench.screenshot('probe-7-copied');
    await workbench.clearClipboard();
    await workbench.runCommand('Farm Email: Copy Report as Markdown');
    expect(await workbench.clipboard()).toBe(report);
    await workbench.focus(file);
    expect(await workbench.commands('Farm Email: ')).not.toContain('Farm Email: Copy Report as Markdown');
  });
});
