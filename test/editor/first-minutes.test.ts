import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordFailures } from './failures.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
  // A folder without any file of ours.
  session = await openSession({ name: 'empty', fill: (folder) => mkdir(join(folder, 'docs')) });
  workbench = session.workbench;
});

recordFailures(() => workbench);

afterAll(() => session?.end());

describe('in the first minutes', () => {
  test('the empty view in the Explorer says what there could be', async () => {
    await workbench.page.locator('.pane-header', { hasText: 'Farm Email' }).click();
    const welcome = workbench.page.locator('.welcome-view-content', { hasText: 'farm-email.yaml' });
    await welcome.waitFor();
    const buttons = welcome.getByRole('button');
    const offered = ['New Farm-Email File…', 'Open Sample File', 'Get Started'];
    // While a window opens, VS Code does not know yet whether its folder is trusted, and offers to manage that, too.
    await expect.poll(() => buttons.allInnerTexts(), patience).toEqual(offered);
    await workbench.screenshot('first-1-welcome');
  });

  test('a walkthrough of five steps, each with a picture, opens', async () => {
    await workbench.runCommand('Farm Email: Get Started');
    const page = workbench.page.locator('.gettingStartedContainer');
    await page.locator('h2', { hasText: 'Get Started with Farm Email' }).waitFor();
    const steps = page.locator('.getting-started-step');
    await expect.poll(() => steps.count(), patience).toBe(5);
    for (let step = 0; step < 5; step++) {
      const button = steps.nth(step);
      if (!(await button.getAttribute('class'))?.includes('expanded')) await button.click();
      await workbench.page.locator('.getting-started-media iframe, .getting-started-media img').first().waitFor();
    }
    await workbench.screenshot('first-2-walkthrough');
  });

  test('its sample has one mistake', async () => {
    const link = workbench.page.locator('.gettingStartedContainer').getByRole('button', { name: 'Open Sample File' });
    await workbench.page.locator('.getting-started-step').first().click();
    await link.first().click();
    await expect.poll(() => workbench.openEditors(), patience).toContain('sample.farm-email.yaml');
    await expect.poll(async () => (await workbench.problems()).length, patience).toBe(1);
    await workbench.closePanel();
    await workbench.closeEditors();
  });

  test('a new file begins with what such a file needs', async () => {
    await workbench.runCommand('Farm Email: New Farm-Email File…');
    const { items } = await workbench.question(/^New farm-email file$/);
    expect(items.length).toBeGreaterThan(2);
    await workbench.screenshot('first-3-new-file');
    await workbench.answer();
    await expect.poll(() => workbench.openEditors(), patience).toEqual(['farm-email.yaml']);
    const text = await workbench.textOf('farm-email.yaml');
    expect(text).toMatch(/^version: 1$/m);
    expect(text).toContain('smtpServer:');
    await workbench.screenshot('first-4-new-file');
  });
});
