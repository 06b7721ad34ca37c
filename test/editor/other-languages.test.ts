import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordFailures } from './failures.ts';
import { restingLenses } from './farm-file.ts';
import { pseudo } from './pseudo-locale.ts';
import { openExample, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const file = 'farm-email.yaml';

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
  session = await openExample('contoso', {
    inPseudoLocale: true,
    settings: { 'workbench.colorTheme': 'Default High Contrast' },
  });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(() => session?.end());

/** Whatever of a text stands in no brackets. */
function untranslated(text: string): string {
  let [left, before] = [text, ''];
  while (left !== before) [left, before] = [left.replace(/⟦[^⟦⟧]*⟧/g, ''), left];
  return left;
}

describe('in another language and in high contrast', () => {
  test('the lenses are translated', async () => {
    await workbench.openFile(file);
    await expect.poll(() => workbench.lensesAbove(12), patience).toEqual(restingLenses.map(pseudo));
    await workbench.screenshot('languages-1-lenses');
  });

  test('every command is', async () => {
    const text = await readFile(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8');
    const { contributes } = JSON.parse(text);
    expect(contributes.commands.every(({ title }: { title: string }) => /^%[\w.]+%$/.test(title))).toBe(true);
    const shown = (await workbench.commands('⟦Farm Email⟧: ')).filter((each) => each.startsWith('⟦Farm Email⟧'));
    expect(shown.length).toBeGreaterThan(8);
    expect(shown.map(untranslated)).toEqual(shown.map(() => ': '));
  });

  test('so are the questions before a test email, its dialog and its verdict', async () => {
    await workbench.clickLens(12, pseudo('Send test email…'));
    const title = /^⟦Send test email — /;
    await workbench.question(title, 'me@contoso.com');
    await workbench.screenshot('languages-2-recipient');
    await workbench.answer();
    const { items } = await workbench.question(title, pseudo('Local inbox'));
    expect(items).toEqual(['Local inbox', 'As configured'].map(pseudo));
    await workbench.pick(pseudo('Local inbox'));
    const dialog = await workbench.dialog();
    const labels = dialog.split('\n').flatMap((line) => /^(.+?): /.exec(line)?.[1] ?? []);
    expect(labels.length).toBeGreaterThan(8);
    expect(labels.map(untranslated)).toEqual(labels.map(() => ''));
    await workbench.screenshot('languages-3-dialog');
    await workbench.pressInDialog(pseudo('Send'));
    await expect.poll(() => workbench.lensesAbove(12), patience).toContain(pseudo('Send again'));
    await workbench.notification('inbox');
    await workbench.screenshot('languages-4-verdict');
    await workbench.clearNotifications();
  });

  test('and the view in the Explorer', async () => {
    await workbench.page.locator('.pane-header', { hasText: pseudo('Farm Email') }).waitFor();
  });
});
