import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import {
  type Lens,
  lensesAbove,
  type Place,
  type Point,
  type Problem,
  pointAt,
  problems,
  type Underline,
  underlined,
} from './in-page.mjs';

const screenshots = fileURLToPath(new URL('screenshots', import.meta.url));

/** What a box or a list that asks shows. */
export interface Question {
  /** What stands in the box. */
  readonly value: string;
  readonly items: readonly string[];
  readonly password: boolean;
}

/**
 * VS Code as a person sees it: what is on the screen, and what keyboard and mouse do to it. Every step waits for its
 * effect. Lines and columns count from 1, as VS Code shows them.
 */
export class Workbench {
  readonly #quickInput: Locator;

  private constructor(readonly page: Page) {
    this.#quickInput = page.locator('.quick-input-widget:visible');
  }

  static async open(page: Page, url: string): Promise<Workbench> {
    page.setDefaultTimeout(20_000);
    mkdirSync(screenshots, { recursive: true });
    await page.goto(url);
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return new Workbench(page);
  }

  /** Saves `test/editor/screenshots/<name>.png`. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(screenshots, `${name}.png`), animations: 'disabled' });
  }

  /** What has the keyboard and what stands in front of or beside the text, for the log of a test that failed. */
  async onScreen(): Promise<string> {
    const parts: [string, string][] = [
      ['dialog', '.monaco-dialog-box'],
      ['notifications', '.notification-list-item'],
      ['quick input', '.quick-input-widget'],
      ['tabs', '.tab.active'],
      ['status bar', '.statusbar-item'],
    ];
    const texts = parts.map(async ([name, selector]) => {
      const found = (await allShown(this.page.locator(selector).filter({ visible: true }))).filter(Boolean);
      return `  ${name}: ${found.map((text) => text.replaceAll(/\s+/g, ' ')).join(' | ') || '(none)'}`;
    });
    const focus = await this.page.evaluate('document.activeElement?.className + " " + document.hasFocus()');
    return [`  keyboard: ${focus}`, ...(await Promise.all(texts))].join('\n');
  }

  // ── Files and places ──

  async openFile(name: string): Promise<void> {
    const found = this.#row(name);
    // A file that another program has just written is not always found by the first search.
    for (let tries = 0; tries < 10; tries++) {
      if (tries > 0) await this.leave();
      await this.#press('ControlOrMeta+P', this.#quickInput);
      await this.#quickInput.locator('input').fill(name);
      await found.or(this.#quickInput.getByText('No matching results')).first().waitFor();
      if (await found.isVisible()) break;
    }
    await this.#row(name).click();
    await this.#tab(name).waitFor();
  }

  /** Activates an editor that is open, and puts the keyboard into it. */
  async focus(name: string): Promise<void> {
    await this.page.locator('.tab', { hasText: name }).first().click();
    await this.#tab(name).waitFor();
    await this.#editor.locator('.view-lines').waitFor();
  }

  /** Puts the cursor to a place of the active editor, which scrolls there. */
  async goTo(line: number, column = 1): Promise<void> {
    const there = this.page.getByRole('button', { name: `Ln ${line}, Col ${column}`, exact: true });
    const go = async (): Promise<void> => {
      if (await this.#quickInput.isVisible()) await this.leave();
      await this.#press('ControlOrMeta+P', this.#quickInput);
      await this.#quickInput.locator('input').fill(`:${line}:${column}`, { timeout: 2000 });
      await this.page.keyboard.press('Enter');
      await there.waitFor({ timeout: 3000 });
    };
    // A picker that loses the keyboard to something that has just loaded closes without going there.
    await vi.waitFor(go, { timeout: 20_000 });
  }

  /** The whole text of an editor, taken through the clipboard, since the screen holds only a part. */
  async textOf(name: string): Promise<string> {
    await this.focus(name);
    await this.clearClipboard();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.press('ControlOrMeta+C');
    const text = await this.clipboard();
    await this.page.keyboard.press('ControlOrMeta+Home');
    return text;
  }

  /** Writes a line of the active editor anew. */
  async replaceLine(line: number, text: string): Promise<void> {
    await this.goTo(line);
    await this.page.keyboard.press('Shift+End');
    await this.page.keyboard.insertText(text);
  }

  /** Takes back the last edit of the file that has the keyboard. */
  async undo(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Z');
  }

  /** Saves the file that has the keyboard. */
  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+S');
  }

  async clearClipboard(): Promise<void> {
    await this.page.evaluate('navigator.clipboard.writeText("")');
  }

  /** What is on the clipboard, as soon as something is. */
  async clipboard(): Promise<string> {
    const read = async (): Promise<string> => String(await this.page.evaluate('navigator.clipboard.readText()'));
    await expect.poll(read, { timeout: 20_000, message: 'the clipboard' }).not.toBe('');
    return (await read()).replaceAll('\r\n', '\n');
  }

  /** Presses a button beside the tabs of the active editor. */
  async pressInTitle(label: string): Promise<void> {
    const actions = this.page.locator('.editor-group-container.active .editor-actions');
    await actions.getByRole('button', { name: label }).click();
  }

  async runCommand(title: string): Promise<void> {
    await this.#press('F1', this.#quickInput);
    await this.#quickInput.locator('input').fill(`>${title}`);
    await this.#row(title).click();
  }

  /** The titles the command palette offers for what is typed. */
  async commands(typed: string): Promise<string[]> {
    await this.#press('F1', this.#quickInput);
    await this.#quickInput.locator('input').fill(`>${typed}`);
    await this.#quickInput.locator('.monaco-list-row').first().waitFor();
    const titles = await allShown(this.#quickInput.locator('.quick-input-list-row:first-child .label-name'));
    await this.page.keyboard.press('Escape');
    await this.#quickInput.waitFor({ state: 'hidden' });
    return titles;
  }

  // ── Findings ──

  /** What is underlined on the visible lines of the active editor, from top to bottom. */
  underlined(): Promise<Underline[]> {
    return this.#editor.evaluate(underlined);
  }

  /** The entries of the Problems panel, which this opens, in its order. */
  async problems(): Promise<Problem[]> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) {
      await this.runCommand('Problems: Focus on Problems View');
      await panel.waitFor();
    }
    return panel.evaluate(problems);
  }

  /** Closes all editors; what is not saved is lost. */
  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    const tabs = this.page.locator('.editor-group-container .tab');
    const dialog = this.page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save", exact: true });
    await expect
      .poll(
        async () => {
          if (await dialog.isVisible()) await dialog.click();
          return tabs.count();
        },
        { timeout: 20_000, message: 'open editors' },
      )
      .toBe(0);
  }

  async closePanel(): Promise<void> {
    const panel = this.page.locator('.part.panel');
    if (!(await panel.isVisible())) return;
    await this.runCommand('View: Hide Panel');
    await panel.waitFor({ state: 'hidden' });
  }

  async hideSideBar(): Promise<void> {
    const sideBar = this.page.locator('.part.sidebar');
    if (!(await sideBar.isVisible())) return;
    await this.runCommand('View: Close Primary Side Bar');
    await sideBar.waitFor({ state: 'hidden' });
  }

  /** The titles of the quick fixes for what is under the cursor. Leaves their menu open. */
  async quickFixes(): Promise<string[]> {
    for (let tries = 0; tries < 5; tries++) {
      await this.page.keyboard.press('ControlOrMeta+.');
      const appeared = await this.#menu.waitFor({ timeout: 4000 }).then(
        () => true,
        () => false,
      );
      // VS Code closes the menu when findings arrive in the moment it opens.
      if (appeared) return allShown(this.#menu.locator('.monaco-list-row.action'));
    }
    throw new Error('No menu of quick fixes appears.');
  }

  /** Applies the quick fix with this title, with the keyboard alone. */
  async applyQuickFix(title: string): Promise<void> {
    const titles = await this.quickFixes();
    const wanted = this.#menu.locator('.monaco-list-row.action.focused', { hasText: title });
    for (let step = 0; step < titles.length && !(await wanted.isVisible()); step++) {
      await this.page.keyboard.press('ArrowDown');
    }
    if (!(await wanted.isVisible())) throw new Error(`No quick fix "${title}" among: ${titles.join(', ')}`);
    await this.page.keyboard.press('Enter');
    await this.#menu.waitFor({ state: 'hidden' });
  }

  async closeMenu(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.#menu.waitFor({ state: 'hidden' });
  }

  /** What is proposed at the cursor, the first screenful. Leaves the list open. */
  async suggestions(): Promise<string[]> {
    await this.page.keyboard.press('ControlOrMeta+Space');
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    await rows.first().waitFor();
    return allShown(rows);
  }

  /** Takes the first proposal that has the letters, with the keyboard. */
  async complete(letters: string): Promise<void> {
    await this.page.keyboard.type(letters);
    const list = this.page.locator('.suggest-widget.visible');
    await list.locator('.monaco-list-row.focused', { hasText: letters }).waitFor();
    await this.page.keyboard.press('Enter');
    await list.waitFor({ state: 'hidden' });
  }

  /** Ends what a snippet asks for, and closes the list it may have opened. */
  async leaveSnippet(): Promise<void> {
    const list = this.page.locator('.suggest-widget.visible');
    await this.page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await this.page.keyboard.press('Escape');
  }

  /** Points the mouse at a text and answers what the hover says. */
  async hover(place: Place): Promise<string> {
    const hover = this.page.locator('.monaco-editor .monaco-hover:visible', { hasNotText: 'Loading...' });
    for (let tries = 0; tries < 10; tries++) {
      const point = await this.#pointAt(place);
      await this.page.mouse.move(point.x, point.y - 1);
      await this.page.mouse.move(point.x, point.y);
      const appeared = await hover.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
      // Lenses that come after scrolling move the text away from under the mouse.
      if (appeared && (await this.#pointAt(place)).y === point.y) return shown(hover);
      await this.page.mouse.move(0, 0);
    }
    throw new Error(`No hover appears at "${place.text}" in line ${place.line}.`);
  }

  async #pointAt(place: Place): Promise<Point> {
    const point = await this.#editor.evaluate(pointAt, place);
    if (point === undefined) throw new Error(`"${place.text}" is not on the screen in line ${place.line}.`);
    return point;
  }

  // ── Code lenses ──

  /** The lenses above a visible line of the active editor, from left to right. */
  async lensesAbove(line: number): Promise<string[]> {
    return (await this.#lensesAbove(line)).map(({ text }) => text);
  }

  /**
   * Clicks a lens as soon as it can be clicked. When a file comes back to the screen, or another extension registers
   * lenses, VS Code first shows the lenses it remembers, as text that does nothing; they become links when they are
   * provided anew.
   */
  async clickLens(line: number, title: string): Promise<void> {
    const seen = async (): Promise<Lens | undefined> =>
      (await this.#lensesAbove(line)).find(({ text, isLink }) => isLink && text.includes(title));
    let place = undefined as Lens | undefined;
    await expect
      .poll(
        async () => {
          const before = place;
          place = await seen();
          if (place === undefined) return `no link, only: ${(await this.lensesAbove(line)).join(', ')}`;
          return place.x === before?.x && place.y === before.y ? 'a link that stands still' : 'a link that moves';
        },
        { timeout: 20_000, message: `the lens "${title}" above line ${line}` },
      )
      .toBe('a link that stands still');
    if (place !== undefined) await this.page.mouse.click(place.x, place.y);
  }

  async #lensesAbove(line: number): Promise<Lens[]> {
    return this.#editor.evaluate(lensesAbove, line);
  }

  // ── Questions and messages ──

  /** The box or list that asks, as soon as one with this title (and this item) does. */
  async question(title: RegExp, item?: string): Promise<Question> {
    await this.#quickInput.locator('.quick-input-title').getByText(title).waitFor();
    if (item !== undefined) await this.#row(item).waitFor();
    const input = this.#quickInput.locator('input[type=text], input[type=password]').first();
    return {
      value: await input.inputValue(),
      items: await allShown(this.#quickInput.locator('.quick-input-list-row:first-child .label-name')),
      password: (await input.getAttribute('type')) === 'password',
    };
  }

  /** Answers the box that asks: with `text`, or with what stands in it. */
  async answer(text?: string): Promise<void> {
    const input = this.#quickInput.locator('input[type=text], input[type=password]').first();
    if (text !== undefined) await input.fill(text);
    await input.press('Enter');
  }

  /** Leaves the box that asks without an answer. */
  async leave(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.#quickInput.waitFor({ state: 'hidden' });
  }

  /** Chooses an item of the list that asks. */
  async pick(label: string): Promise<void> {
    await this.#row(label).click();
  }

  /** Ticks an item of the list that asks for any of its items. */
  async tick(label: string): Promise<void> {
    const row = this.#row(label);
    await row.click();
    await row.locator('.monaco-checkbox.checked').waitFor();
  }

  /** The items that are ticked. */
  async ticked(): Promise<string[]> {
    return allShown(
      this.#quickInput.locator(
        '.monaco-list-row:has(.monaco-checkbox.checked) .quick-input-list-row:first-child .label-name',
      ),
    );
  }

  /** What is wrong with the text in the box that asks. */
  async inputProblem(): Promise<string> {
    await this.#quickInput.locator('.monaco-inputbox.error').waitFor();
    return shown(this.#quickInput.locator('.quick-input-message'));
  }

  /** How many steps the box that asks counts: `2/3`. */
  async steps(): Promise<string> {
    const title = await shown(this.#quickInput.locator('.quick-input-title'));
    return /\((\d+\/\d+)\)$/.exec(title)?.[1] ?? title;
  }

  /** The text of the modal dialog, as soon as there is one. */
  async dialog(): Promise<string> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.waitFor();
    return shown(box.locator('.dialog-message-container'));
  }

  async pressInDialog(button: string): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.getByRole('button', { name: button, exact: true }).click();
    await box.waitFor({ state: 'hidden' });
  }

  /** Waits for a notification that holds `text`, and answers all it says. */
  async notification(text: string): Promise<string> {
    const toast = this.page.locator('.notification-toast .notification-list-item', { hasText: text });
    await toast.waitFor();
    return shown(toast);
  }

  async pressInNotification(button: string): Promise<void> {
    await this.page.locator('.notification-toast').getByRole('button', { name: button, exact: true }).click();
  }

  async clearNotifications(): Promise<void> {
    if ((await this.page.locator('.notification-toast').count()) === 0) return;
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }

  /** What stands on the two sides of the diff on the screen, and what is underlined there. */
  async diff(): Promise<Record<'original' | 'modified', { readonly text: string; readonly underlined: Underline[] }>> {
    const side = async (name: string): Promise<{ text: string; underlined: Underline[] }> => {
      const editor = this.page.locator(`.monaco-diff-editor .editor.${name} .monaco-editor`).first();
      const text = await editor.locator('.view-lines').innerText();
      return { text: text.replaceAll('\u00a0', ' '), underlined: await editor.evaluate(underlined) };
    };
    return { original: await side('original'), modified: await side('modified') };
  }

  /** Names of the open editors, group by group. */
  openEditors(): Promise<string[]> {
    const tabs = this.page.locator('.editor-group-container .tab');
    return tabs.evaluateAll((all) => all.map((tab) => tab.getAttribute('data-resource-name') ?? ''));
  }

  get #editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Of code actions. */
  get #menu(): Locator {
    return this.page.locator('.action-widget:not(.action-list-submenu-panel)');
  }

  #tab(name: string): Locator {
    return this.page.locator('.editor-group-container.active .tab.active', { hasText: name });
  }

  #row(label: string): Locator {
    const name = this.page.locator('.label-name').getByText(label, { exact: true });
    return this.#quickInput.locator('.monaco-list-row', { has: name }).first();
  }

  async #press(key: string, effect: Locator): Promise<void> {
    await this.page.keyboard.press(key);
    await effect.waitFor();
  }
}

/** What a person reads there, line breaks included. */
async function shown(place: Locator): Promise<string> {
  return (await place.innerText()).replaceAll('\u00a0', ' ').trim();
}

async function allShown(places: Locator): Promise<string[]> {
  return Promise.all((await places.all()).map(shown));
}
