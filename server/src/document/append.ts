import type { Edit } from '../text/position.ts';
import { type Document, textOf } from './document.ts';
import { pairOf, type Sequence } from './node.ts';
import { offsetsOf } from './places.ts';
import { type Entry, entryText, newlineOf, scalarText } from './written.ts';

/**
 * Adds a mapping to a top-level list, behind its last item and in its style; the list itself where there is none yet.
 * Undefined where the text is not plain enough for that.
 */
export function appendToList(document: Document, list: string, entries: readonly Entry[]): Edit | undefined {
  const { root } = document;
  if (root.kind !== 'mapping' || (root.flow && document.format === 'yaml')) return undefined;
  const value = pairOf(root, list)?.value;
  if (value === undefined)
    return document.format === 'yaml' ? yamlList(document, list, entries) : jsonList(document, list, entries);
  return value.kind === 'sequence' && value.items.length > 0 ? afterLastItem(document, value, entries) : undefined;
}

function afterLastItem(document: Document, { items }: Sequence, entries: readonly Entry[]): Edit | undefined {
  const last = items.at(-1);
  const [first] = last?.kind === 'mapping' ? last.pairs : [];
  if (last?.kind !== 'mapping' || first === undefined || first.merged || first.key.block !== last.block)
    return undefined;
  const text = textOf(document);
  const newline = newlineOf(text);
  const { start, end } = offsetsOf(document, last);
  const column = columnAt(text, start);
  if (last.flow) {
    const isSpread = text.slice(start, end).includes('\n');
    const isOnOwnLine = /^[ \t]*$/.test(text.slice(start - column, start));
    const gap = isOnOwnLine ? newline + ' '.repeat(column) : ' ';
    const inner = isSpread ? newline + ' '.repeat(columnAt(text, offsetsOf(document, first.key).start)) : ' ';
    const outer = isSpread ? newline + ' '.repeat(column) : ' ';
    const { style } = first.key;
    const pairs = entries.map((entry) => inner + entryText(document.format, entry, style, true)).join(',');
    return { start: end, end, text: `,${gap}{${pairs}${outer}}` };
  }
  const lineStart = start - column;
  const dash = /^[ \t]*-[ \t]+/.exec(text.slice(lineStart, start))?.[0];
  if (dash === undefined || dash.length !== column) return undefined;
  const at = endOfLine(text, start + text.slice(start, end).trimEnd().length);
  return { start: at, end: at, text: newline + blockItem(document, entries, dash, newline) };
}

function blockItem(document: Document, entries: readonly Entry[], dash: string, newline: string): string {
  const indent = ' '.repeat(dash.length);
  return entries
    .map((entry, i) => (i === 0 ? dash : indent) + entryText(document.format, entry, 'plain', false))
    .join(newline);
}

function yamlList(document: Document, list: string, entries: readonly Entry[]): Edit {
  const text = textOf(document);
  const newline = newlineOf(text);
  const gap = text === '' || text.endsWith('\n') ? '' : newline;
  const item = blockItem(document, entries, '  - ', newline);
  return { start: text.length, end: text.length, text: `${gap}${newline}${list}:${newline}${item}${newline}` };
}

/** Before the closing brace, behind whatever stands there; a comment between the two is left alone. */
function jsonList(document: Document, list: string, entries: readonly Entry[]): Edit | undefined {
  const text = textOf(document);
  const [, body = '', brace = ''] = /^(.*?)(\s*\}\s*)$/s.exec(text) ?? [];
  const last = body.at(-1);
  if (brace === '' || last === undefined || !/[\]}"\w,]/.test(last) || /\/\/[^\n]*$/.test(body)) return undefined;
  const newline = newlineOf(text);
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const line = (depth: number) => newline + unit.repeat(depth);
  const pairs = entries.map((entry) => line(3) + entryText(document.format, entry, 'double', true)).join(',');
  const key = scalarText(document.format, list, 'double', true);
  const comma = last === ',' ? '' : ',';
  const added = `${comma}${line(1)}${key}: [${line(2)}{${pairs}${line(2)}}${line(1)}]`;
  return { start: body.length, end: body.length, text: added };
}

function columnAt(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function endOfLine(text: string, offset: number): number {
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  return offset + rest.length;
}
