import { readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordFailures } from './failures.ts';
import { restingLenses, verdict } from './farm-file.ts';
import { openExample, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const file = 'farm-email.yaml';
const findings = [
  { code: 'credential-key-missing', severity: 'error', text: 'SP-APP02' },
  { code: 'port-implicit-tls', severity: 'error', text: '465' },
  { code: 'reply-to-no-reply', severity: 'warning', text: 'noreply@contoso.com' },
];
const patience = { timeout: 20_000 };

let session: Session;
let workbench: Workbench;
let lines: readonly string[];

/** Number of the first line with `text`, from the line with `after` on. */
function lineOf(text: string, after?: string): number {
  const start = after === undefined ? 0 : lines.findIndex((line) => line.includes(after));
  const index = lines.findIndex((line, at) => at >= start && line.includes(text));
  if (start < 0 || index < 0) throw new Error(`The example has no line with "${text}".`);
  return index + 1;
}

beforeAll(async () => {
  session = await openExample('contoso');
  workbench = session.workbench;
  lines = (await readFile(join(session.folder, file), 'utf8')).split(/\r?\n/);
});

recordFailures(() => workbench);

afterAll(() => session?.end());

describe('first light, in a real VS Code', () => {
  test('each mistake of the example is underlined, and nothing else', async () => {
    await workbench.openFile(file);
    // The whole file at once: only what is on the screen can be seen.
    await workbench.page.setViewportSize({ width: 1440, height: 2200 });
    try {
      await expect
        .poll(() => workbench.underlined(), patience)
        .toEqual(findings.map(({ severity, text }) => ({ severity, line: lineOf(text), text })));
    } finally {
      await workbench.page.setViewportSize({ width: 1440, height: 900 });
    }
    await workbench.screenshot('1-underlined');
  });

  test('the Problems panel lists the same findings', async () => {
    await expect
      .poll(async () => (await workbench.problems()).sort((a, b) => a.line - b.line), patience)
      .toMatchObject(
        findings.map(({ code, severity, text }) => ({ code, severity, source: 'farm-email', line: lineOf(text) })),
      );
    await workbench.screenshot('2-problems');
    await workbench.closePanel();
  });

  test('the quick fix of port 465 removes its finding', async () => {
    const line = lineOf('465');
    await workbench.focus(file);
    await workbench.goTo(line, (lines[line - 1] ?? '').indexOf('465') + 1);
    expect(await workbench.quickFixes()).toContain('Use port 587');
    await workbench.screenshot('3-quick-fixes');
    await workbench.closeMenu();
    await workbench.applyQuickFix('Use port 587');
    const error = expect.objectContaining({ line, severity: 'error' });
    await expect.poll(() => workbench.underlined(), patience).not.toContainEqual(error);
    const fixed = lines.map((text, index) => (index === line - 1 ? text.replace('465', '587') : text));
    expect(await workbench.textOf(file)).toBe(fixed.join('\n'));
    await workbench.screenshot('4-fixed');
  });

  test('a hover tells the effective value and where it comes from', async () => {
    const line = lineOf('outgoingEmail', 'name: Projects') + 1;
    await workbench.goTo(line);
    const inWebApplication = await workbench.hover({ line, text: 'smtpPort' });
    expect(inWebApplication).toContain('587');
    expect(inWebApplication).toMatch(/web application/i);
    await workbench.screenshot('5-hover');
    const ofFarm = lineOf('smtpServer');
    await workbench.goTo(ofFarm);
    const inFarm = await workbench.hover({ line: ofFarm, text: 'smtpServer' });
    expect(inFarm).toContain('smtp.contoso.com');
    expect(inFarm).toMatch(/farm/i);
  });

  describe('a test email', () => {
    const step = /^Send test email — /;

    test('is asked for with a lens, its recipient filled in', async () => {
      const line = lineOf('outgoingEmail:');
      await workbench.goTo(line);
      await expect.poll(() => workbench.lensesAbove(line), patience).toEqual(restingLenses);
      await workbench.screenshot('6-lens');
      await workbench.clickLens(line, 'Send test email…');
      const { items } = await workbench.question(step, 'me@contoso.com');
      expect(items[0]).toBe('me@contoso.com');
      await workbench.screenshot('7-recipient');
      await workbench.answer();
    });

    test('goes where one chooses', async () => {
      const { items } = await workbench.question(step, 'Local inbox');
      // The example presents a client certificate whose file is not at hand.
      expect(items).toEqual(['Local inbox', 'As configured']);
      await workbench.screenshot('8-route');
      await workbench.pick('Local inbox');
    });

    test('is sent only after a dialog that shows all that matters', async () => {
      const dialog = await workbench.dialog();
      expect(dialog).toMatch(/^Host: 127\.0\.0\.1$/m);
      expect(dialog).toMatch(/^Port: \d+$/m);
      expect(dialog).toMatch(/^TLS: STARTTLS/m);
      expect(dialog).toMatch(/^User: CONTOSO\\svc-mail$/m);
      expect(dialog).toMatch(/^From: sharepoint@contoso\.com$/m);
      expect(dialog).toMatch(/^Reply-To: helpdesk@contoso\.com$/m);
      expect(dialog).toMatch(/^To: me@contoso\.com$/m);
      expect(dialog).toContain(`Sending computer: ${hostname()}`);
      expect(await readdir(session.messages).catch(() => [])).toEqual([]);
      await workbench.screenshot('9-confirm');
      await workbench.pressInDialog('Send');
    });

    test('leaves its verdict in the lens and the conversation beside the file', async () => {
      const line = lineOf('outgoingEmail:');
      expect(await verdict(workbench, 'send', line)).toBe('250 accepted');
      await workbench.screenshot('10-verdict');
      const editors = await workbench.openEditors();
      expect(editors).toEqual([file, expect.stringMatching(/\.farm-email-transcript$/)]);
      const transcript = await workbench.textOf(editors[1] ?? '');
      for (const said of ['EHLO', 'STARTTLS', 'MAIL FROM:', 'RCPT TO:<me@contoso.com>', 'DATA', '250 ']) {
        expect(transcript).toContain(said);
      }
      // What was said to log in is left out, the user name's encoding too.
      expect(transcript).not.toContain(Buffer.from('CONTOSO\\svc-mail').toString('base64'));
      await workbench.screenshot('11-transcript');
    });

    test('lies in the inbox, with the addresses of the farm', async () => {
      const names = (await readdir(session.messages)).filter((name) => name.endsWith('.eml'));
      expect(names).toHaveLength(1);
      const message = await PostalMime.parse(await readFile(join(session.messages, names[0] ?? '')));
      expect(message.from?.address).toBe('sharepoint@contoso.com');
      expect(message.to?.map(({ address }) => address)).toEqual(['me@contoso.com']);
      expect(message.replyTo?.map(({ address }) => address)).toEqual(['helpdesk@contoso.com']);
      expect(message.subject).not.toBe('');
    });
  });
});
