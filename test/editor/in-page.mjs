// Runs inside the browser page, on the element of an editor: so each function must be whole in itself.

/**
 * What is underlined, in the order of the text: VS Code draws squiggles as boxes over the lines, so the text under each
 * is found by where its characters are on the screen.
 *
 * @param {HTMLElement} editor
 */
export function underlined(editor) {
  const lines = [...editor.querySelectorAll('.view-line')].map((element) => ({
    element,
    box: element.getBoundingClientRect(),
  }));
  const numbers = [...editor.querySelectorAll('.line-numbers')];
  /** @param {number} y */
  const numberAt = (y) =>
    Number(
      numbers.find((number) => {
        const box = number.getBoundingClientRect();
        return box.top <= y && y < box.bottom;
      })?.textContent,
    );
  /** @param {Element} element @param {DOMRect} under */
  const textUnder = (element, under) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = '';
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (let index = 0; index < (node.textContent ?? '').length; index++) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        const box = range.getBoundingClientRect();
        const middle = (box.left + box.right) / 2;
        if (under.left <= middle && middle <= under.right) text += range.toString();
      }
    }
    return text.replaceAll('\u00a0', ' ');
  };
  const found = [];
  for (const severity of ['error', 'warning', 'info', 'hint']) {
    for (const squiggle of editor.querySelectorAll(`.squiggly-${severity}`)) {
      const under = squiggle.getBoundingClientRect();
      const y = (under.top + under.bottom) / 2;
      const line = lines.find(({ box }) => box.top <= y && y < box.bottom);
      if (line !== undefined)
        found.push({ severity, line: numberAt(y), left: under.left, text: textUnder(line.element, under) });
    }
  }
  found.sort((a, b) => a.line - b.line || a.left - b.left);
  return found.map(({ severity, line, text }) => ({ severity, line, text }));
}

/**
 * The middle of the first `text` in a line, on the screen.
 *
 * @param {HTMLElement} editor
 * @param {{ line: number, text: string }} place
 */
export function pointAt(editor, { line, text }) {
  const number = [...editor.querySelectorAll('.line-numbers')].find((element) => element.textContent === String(line));
  if (number === undefined) return undefined;
  const top = number.getBoundingClientRect().top;
  const element = [...editor.querySelectorAll('.view-line')].find(
    (each) => Math.abs(each.getBoundingClientRect().top - top) < 2,
  );
  const start = element?.textContent?.replaceAll('\u00a0', ' ').indexOf(text) ?? -1;
  if (element === undefined || start < 0) return undefined;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const middle = start + Math.floor(text.length / 2);
  let passed = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = (node.textContent ?? '').length;
    if (middle < passed + length) {
      const range = document.createRange();
      range.setStart(node, middle - passed);
      range.setEnd(node, middle - passed + 1);
      const box = range.getBoundingClientRect();
      return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    }
    passed += length;
  }
  return undefined;
}

/**
 * The rows of the Problems panel, from top to bottom. Related places are rows of their own, without an icon.
 *
 * @param {HTMLElement} panel
 */
export function problems(panel) {
  const rows = [...panel.querySelectorAll('.monaco-list-row')].filter((row) => row.querySelector('.marker-icon'));
  rows.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  return rows.map((row) => {
    /** @param {string} part */
    const text = (part) => (row.querySelector(part)?.textContent ?? '').replaceAll('\u00a0', ' ').trim();
    const [, line = '0', column = '0'] = /Ln (\d+), Col (\d+)/.exec(text('.marker-line')) ?? [];
    // Not the icon: in the row with the focus it is the light bulb of the quick fixes.
    const label = (row.getAttribute('aria-label') ?? '').toLowerCase();
    return {
      severity: ['error', 'warning'].find((kind) => label.startsWith(kind)) ?? 'info',
      message: text('.marker-message'),
      source: text('.marker-source'),
      code: text('.marker-code'),
      line: Number(line),
      column: Number(column),
    };
  });
}

/**
 * The lenses above a line, from left to right, each with a place near its beginning: what is behind may be hidden.
 *
 * @param {HTMLElement} editor
 * @param {number} line
 */
export function lensesAbove(editor, line) {
  const number = [...editor.querySelectorAll('.line-numbers')].find((each) => each.textContent === String(line));
  if (number === undefined) return [];
  const below = number.getBoundingClientRect();
  return [...editor.querySelectorAll('.codelens-decoration > *')]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ element, box }) => {
      const distance = below.top - box.top;
      const isSeparator = element.textContent === '\u00a0|\u00a0';
      return box.height > 0 && distance > 0 && distance < 1.5 * below.height && !isSeparator;
    })
    .sort((a, b) => a.box.left - b.box.left)
    .map(({ element, box }) => ({
      text: (element.textContent ?? '').replaceAll('\u00a0', ' ').trim(),
      isLink: element.tagName === 'A',
      x: box.left + Math.min(box.width / 2, 12),
      y: (box.top + box.bottom) / 2,
    }));
}
