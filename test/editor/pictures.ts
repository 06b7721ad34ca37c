// `npm run pictures` takes the pictures of the README anew. No test: it only fails where it cannot take them.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lensesAfter, restingLenses } from './farm-file.ts';
import { openExample, type Session } from './session.ts';
import { smallPng } from './small-png.ts';
import type { Workbench } from './workbench.ts';

const file = 'farm-email.yaml';
const step = /^Send test email — /;
const patience = { timeout: 20_000 };
/** The README has to load quickly, and the VSIX carries them all. */
const largest = 300_000;

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
  session = await openExample('contoso', {
    settings: {
      'workbench.colorTheme': 'Default Light Modern',
      'editor.minimap.enabled': false,
      'editor.renderLineHighlight': 'none',
      'editor.scrollbar.horizontal': 'hidden',
      'editor.scrollbar.vertical': 'hidden',
      'editor.overviewRulerBorder': false,
      'editor.stickyScroll.enabled': false,
      'breadcrumbs.enabled': false,
    },
    page: { deviceScaleFactor: 2 },
  });
  workbench = session.workbench;
  await workbench.openFile(file);
  await workbench.hideSideBar();
});

afterAll(() => session?.end());

/** Shows a line, and waits for the lens above it, which VS Code adds after scrolling. */
async function goToLens(line: number): Promise<void> {
  await workbench.focus(file);
  await workbench.goTo(line);
  await expect.poll(() => workbench.lensesAbove(line), patience).toEqual(restingLenses);
}

/** Writes `images/<name>.png`: the places, and so much around them. */
async function picture(name: string, places: readonly Locator[], margin = 0): Promise<void> {
  const path = fileURLToPath(new URL(`../../images/${name}.png`, import.meta.url));
  const boxes = await Promise.all(places.map(async (place) => (await place.boundingBox()) ?? []));
  const all = boxes.flat();
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
  const right = Math.max(...all.map(({ x, width }) => x + width));
  const bottom = Math.max(...all.map(({ y, height }) => y + height));
  const clip = {
    x: left - margin,
    y: top - margin,
    width: right - left + 2 * margin,
    height: bottom - top + 2 * margin,
  };
  const png = smallPng(await workbench.page.screenshot({ clip, animations: 'disabled', caret: 'hide' }));
  expect(png.length, `bytes of ${path}`).toBeLessThan(largest);
  await writeFile(path, png);
}

test('finding.png: what is wrong with port 465, and its fix', async () => {
  const { page } = workbench;
  await page.setViewportSize({ width: 960, height: 680 });
  await workbench.problems();
  const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'Port 465' });
  await problem.click();
  await goToLens(47);
  await workbench.goTo(50, 17);
  expect(await workbench.quickFixes()).toContain('Use port 587');
  await picture('finding', [page.locator('.part.editor'), page.locator('.markers-panel .monaco-list-row').last()]);
  await workbench.closeMenu();
  await workbench.closePanel();
});

test('confirm.png and test-email.png: the dialog before anything is sent, and what became of it', async () => {
  const { page } = workbench;
  await page.setViewportSize({ width: 1160, height: 620 });
  await goToLens(12);
  await workbench.clickLens(12, 'Send test email…');
  await workbench.question(step, 'me@contoso.com');
  await workbench.answer();
  await workbench.question(step, 'Local inbox');
  await workbench.pick('Local inbox');
  await workbench.dialog();
  await picture('confirm', [page.locator('.monaco-dialog-box')], 16);
  await workbench.pressInDialog('Send');
  await workbench.notification('inbox');
  await workbench.clearNotifications();
  const transcript = (await workbench.openEditors())[1] ?? '';
  const lines = (await workbench.textOf(transcript)).split('\n');
  // Half a page below its heading: the line one goes to comes to the middle.
  await workbench.goTo(lines.findIndex((line) => line.startsWith('Conversation')) + 12);
  await workbench.focus(file);
  await expect
    .poll(() => workbench.lensesAbove(12), patience)
    .toEqual(lensesAfter('send', expect.stringContaining('250 accepted')));
  await picture('test-email', [page.locator('.part.editor')]);
});
