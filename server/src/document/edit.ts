import type { Block, Mapping, Node, Pair, Scalar, ScalarValue } from './node.ts';
import type { Format } from './split.ts';
import { type Entry, entryText, newlineOf, scalarText } from './written.ts';

/** Replaces part of a block's text; everything else of the file stays byte for byte. Offsets are the block's. */
export interface BlockEdit {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A way out of a problem. */
export interface Fix {
  /** What it does, as a person would ask for it: `Use port 587`. */
  readonly title: string;
  /** `safe` may be applied without a look; `suggested` wants one. */
  readonly kind: 'safe' | 'suggested';
  /** Worked out when asked for; none where it cannot be done here. */
  readonly edits: (format: Format) => readonly BlockEdit[];
}

/** Writes `value` in place of a scalar, in the quotes it has where the new value is text. */
export function replaceScalar(format: Format, node: Scalar, value: ScalarValue): readonly BlockEdit[] {
  const { block, start } = node;
  const end = node.style === 'block' ? withoutNewline(block, node.end) : node.end;
  const text = scalarText(format, value, node.style, inFlow(node));
  return node.style === 'absent' ? [afterColon(block, start, text)] : [{ block, start, end, text }];
}

/** Writes another name for a key, in the quotes it has. */
export function renameKey(format: Format, key: Scalar, name: string): readonly BlockEdit[] {
  const { block, start, end } = key;
  return [{ block, start, end, text: scalarText(format, name, key.style, inFlow(key)) }];
}

/** Adds pairs behind the last one of a mapping, in the mapping's own style. None for a mapping that has no pair yet. */
export function addPairs(format: Format, mapping: Mapping, entries: readonly Entry[]): readonly BlockEdit[] {
  const last = mapping.pairs.filter(({ merged }) => !merged).at(-1);
  const first = mapping.pairs.find(({ merged }) => !merged);
  if (last === undefined || first === undefined || last.key.block !== first.key.block) return [];
  const { block } = last.key;
  if (entries.length === 0 || isExplicit(first.key) || isExplicit(last.key)) return [];
  const pairs = entries.map((entry) => entryText(format, entry, first.key.style, mapping.flow));
  const newline = newlineOf(block.text);
  if (mapping.flow) {
    const at = endOfPair(block, last);
    const ownLine =
      isFirstOnLine(block, first.key.start) && block.text.slice(mapping.start, first.key.start).includes('\n');
    const gap = ownLine ? newline + ' '.repeat(columnOf(block, first.key.start)) : ' ';
    return [{ block, start: at, end: at, text: pairs.map((pair) => `,${gap}${pair}`).join('') }];
  }
  const indent = ' '.repeat(columnOf(block, first.key.start));
  const at = endOfLine(block, lastCharacter(block, last));
  return [{ block, start: at, end: at, text: pairs.map((pair) => `${newline}${indent}${pair}`).join('') }];
}

/**
 * Takes a pair out of its mapping, with its line where it stands alone on it. A mapping that would be left empty goes
 * with it. None where the pair is a top-level entry.
 */
export function removePair(format: Format, mapping: Mapping, pair: Pair): readonly BlockEdit[] {
  if (pair.merged) return [];
  const { block } = pair.key;
  if (mapping.pairs.length === 1) {
    const outer = mapping.parent;
    if (outer?.kind !== 'mapping') return [];
    const holder = outer.pairs.find(({ value }) => value === mapping);
    return holder === undefined ? [] : removePair(format, outer, holder);
  }
  if (mapping.parent === undefined && block.kind !== 'item') return [];
  return mapping.flow ? removeFlowPair(mapping, pair) : removeBlockPair(block, mapping, pair);
}

function removeBlockPair(block: Block, mapping: Mapping, pair: Pair): readonly BlockEdit[] {
  const lineEnd = endOfLine(block, lastCharacter(block, pair));
  if (isFirstOnLine(block, pair.key.start)) {
    const start = pair.key.start - columnOf(block, pair.key.start);
    return [{ block, start, end: afterNewline(block, lineEnd), text: '' }];
  }
  // The first pair of a list item shares its line with the dash; the next pair takes its place.
  const next = mapping.pairs[mapping.pairs.indexOf(pair) + 1];
  return next === undefined ? [] : [{ block, start: pair.key.start, end: next.key.start, text: '' }];
}

function removeFlowPair(mapping: Mapping, pair: Pair): readonly BlockEdit[] {
  const { block } = pair.key;
  const valueEnd = endOfPair(block, pair);
  const comma = /^\s*,/.exec(block.text.slice(valueEnd));
  const end = valueEnd + (comma?.[0].length ?? 0);
  const lineEnd = endOfLine(block, end);
  const alone = isFirstOnLine(block, pair.key.start) && /^[ \t]*$/.test(block.text.slice(end, lineEnd));
  const start = alone ? pair.key.start - columnOf(block, pair.key.start) : pair.key.start;
  const spaces = alone ? 0 : (/^[ \t]*/.exec(block.text.slice(end))?.[0].length ?? 0);
  const own: BlockEdit = { block, start, end: alone ? afterNewline(block, lineEnd) : end + spaces, text: '' };
  if (comma !== null) return [own];
  const previous = mapping.pairs[mapping.pairs.indexOf(pair) - 1];
  if (previous === undefined) return [own];
  const previousEnd = endOfPair(block, previous);
  const before = previousEnd + block.text.slice(previousEnd).indexOf(',');
  // Behind the last pair no space is left where the comma before it goes.
  if (!alone && /^,[ \t]*$/.test(block.text.slice(before, start))) return [{ ...own, start: before, end: valueEnd }];
  return [{ block, start: before, end: before + 1, text: '' }, alone ? own : { ...own, end: valueEnd }];
}

function inFlow(node: Node): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) if (at.flow) return true;
  return false;
}

/** A key written as `? key`, whose value starts a line of its own. */
function isExplicit({ block, start }: Scalar): boolean {
  return /\?[ \t]+$/.test(block.text.slice(Math.max(0, start - 20), start));
}

/** Where nothing is written after `key:`. The node stands behind the key; the colon follows it. */
function afterColon(block: Block, keyEnd: number, text: string): BlockEdit {
  const colon = block.text.slice(keyEnd).search(/:/);
  const before = block.text.slice(0, keyEnd).trimEnd().endsWith(':');
  const at = before || colon < 0 ? keyEnd : keyEnd + colon + 1;
  return { block, start: at, end: at, text: ` ${text}` };
}

/** Where a pair ends. The value of an alias lies at its anchor, and where nothing is written there is still a colon. */
function endOfPair(block: Block, { key, value }: Pair): number {
  const isWritten = value.block === block && value.start >= key.end && value.end > value.start;
  if (isWritten) return value.end;
  return key.end + (/^\s*:(?:[ \t]*\*[^\s,[\]{}]+)?/.exec(block.text.slice(key.end))?.[0].length ?? 0);
}

/** The last character of a pair that is not a line break (a block scalar ends behind one). */
function lastCharacter(block: Block, pair: Pair): number {
  return withoutNewline(block, endOfPair(block, pair));
}

function withoutNewline(block: Block, end: number): number {
  let at = end;
  while (at > 0 && /[\r\n]/.test(block.text[at - 1] ?? '')) at--;
  return at;
}

function columnOf(block: Block, offset: number): number {
  return offset - (block.text.lastIndexOf('\n', offset - 1) + 1);
}

function isFirstOnLine(block: Block, offset: number): boolean {
  return /^[ \t]*$/.test(block.text.slice(offset - columnOf(block, offset), offset));
}

function endOfLine(block: Block, offset: number): number {
  const newline = block.text.indexOf('\n', offset);
  if (newline < 0) return block.text.length;
  return block.text[newline - 1] === '\r' ? newline - 1 : newline;
}

function afterNewline(block: Block, lineEnd: number): number {
  const rest = /^\r?\n/.exec(block.text.slice(lineEnd, lineEnd + 2));
  return lineEnd + (rest?.[0].length ?? 0);
}
