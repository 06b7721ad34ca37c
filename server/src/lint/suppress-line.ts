import { type Document, editDocument, textOf } from '../document/document.ts';
import type { Node } from '../document/node.ts';
import { offsetAt, offsetsOf, rangeOf } from '../document/places.ts';
import type { Edit } from '../text/position.ts';
import { type Directive, directivesIn, words } from './directive.ts';
import type { Finding } from './finding.ts';
import { isSuppressible, linesOf } from './suppressions.ts';

/**
 * What makes a comment suppress a finding where it stands: its rule added to the suppression of that line, a comment in the
 * line above, or one behind the line where the line above is part of a text. Undefined where there is no place, and in
 * JSON, which has no comments. Only what changes nothing else of the file is given.
 *
 * @param reason One line; a suppression that is there already keeps its own.
 */
export function suppressLine(document: Document, { rule, at }: Finding, reason?: string): Edit | undefined {
  if (document.format === 'json' || !isSuppressible(rule)) return undefined;
  const { line } = rangeOf(document, at).start;
  const text = textOf(document);
  const what = reason === undefined ? rule : `${rule} -- ${reason}`;
  const candidates = [
    () => addedTo(document, line, rule),
    () => lineAbove(document, text, line, what),
    () => behindLine(document, text, line, what),
  ];
  for (const candidate of candidates) {
    const edit = candidate();
    if (edit !== undefined && isRight(document, edit, line, rule)) return edit;
  }
  return undefined;
}

/** The suppressions of a document that cover a line. */
function covering(document: Document, line: number): readonly Directive[] {
  const all = document.blocks.flatMap(directivesIn);
  const covered = linesOf(document, all);
  return all.filter((directive) => covered.get(directive)?.includes(line));
}

function addedTo(document: Document, line: number, rule: string): Edit | undefined {
  const all = covering(document, line);
  const directive = all.find(({ reach }) => reach === 'next-line') ?? all[0];
  if (directive === undefined) return undefined;
  const last = directive.ids.at(-1) ?? directive.word;
  const isFirst = last === directive.word;
  const { end } = offsetsOf(document, last);
  const at = isFirst && last.block.text[last.end] === ':' ? end + 1 : end;
  return { start: at, end: at, text: isFirst ? ` ${rule}` : `, ${rule}` };
}

function lineAbove(document: Document, text: string, line: number, what: string): Edit {
  const start = lineStart(document, text, line);
  const indent = /^[ \t]*/.exec(text.slice(start, start + 1000))?.[0] ?? '';
  const comment = `${mark(document)} ${words['next-line']} ${what}`;
  return { start, end: start, text: `${indent}${comment}${newlineOf(text, start)}` };
}

function behindLine(document: Document, text: string, line: number, what: string): Edit {
  const start = lineStart(document, text, line);
  const length = text.slice(start).search(/[\r\n]/);
  const end = length < 0 ? text.length : start + length;
  return { start: end, end, text: ` ${mark(document)} ${words.line} ${what}` };
}

function lineStart(document: Document, text: string, line: number): number {
  const start = offsetAt(document, { line, character: 0 });
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

function mark({ format }: Document): string {
  return format === 'yaml' ? '#' : '//';
}

/** The line break of the line at `start`; for the last line, that of the file's first. */
function newlineOf(text: string, start: number): string {
  return /\r?\n/.exec(text.slice(start))?.[0] ?? /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** True where the edited file has the same data and problems, and a suppression of the rule covers the line. */
function isRight(document: Document, edit: Edit, line: number, rule: string): boolean {
  const after = editDocument(document, edit);
  const moved = line + (edit.text.match(/\n/g)?.length ?? 0);
  return (
    after.problems.length === document.problems.length &&
    dataOfOthers(after, document) === dataOfOthers(document, after) &&
    covering(after, moved).some(({ ids }) => ids.some(({ text }) => text === rule))
  );
}

/** What the blocks of a document hold that another version does not have. */
function dataOfOthers(document: Document, other: Document): string {
  const known = new Set(other.blocks);
  return JSON.stringify(document.blocks.flatMap((block) => (known.has(block) ? [] : (block.node ?? []))).map(toData));
}

function toData(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(toData);
  return node.pairs.map(({ key, value }) => [key.value, toData(value)]);
}
