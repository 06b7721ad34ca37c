import { lastAtOrBelow, type Position, type Range } from '../text/position.ts';
import type { Document } from './document.ts';
import type { Block, Mapping, Node, Pair, Scalar, Sequence, Span } from './node.ts';

const indexCache = new WeakMap<Document, Map<Block, number>>();

/** The index of a block in the document; -1 for a block of another version. */
export function indexOfBlock(document: Document, block: Block): number {
  let indexes = indexCache.get(document);
  if (indexes === undefined) {
    indexes = new Map(document.blocks.map((each, index) => [each, index]));
    indexCache.set(document, indexes);
  }
  return indexes.get(block) ?? -1;
}

/** Lines and characters of a span. */
export function rangeOf(document: Document, span: Span): Range {
  const index = indexOfBlock(document, span.block);
  const base = { line: document.firstLines[index] ?? 0, character: document.firstCharacters[index] ?? 0 };
  return { start: placeIn(base, span.block, span.start), end: placeIn(base, span.block, span.end) };
}

function placeIn(base: Position, block: Block, offset: number): Position {
  const lines = block.lines;
  const line = lastAtOrBelow(lines, offset);
  const character = offset - (lines[line] ?? 0) + (line === 0 ? base.character : 0);
  return { line: base.line + line, character };
}

/** A piece of the whole text; `end` is exclusive. */
export interface Offsets {
  readonly start: number;
  readonly end: number;
}

/** Where a span lies in the whole text. */
export function offsetsOf(document: Document, span: Span): Offsets {
  const base = document.starts[indexOfBlock(document, span.block)] ?? 0;
  return { start: base + span.start, end: base + span.end };
}

/** The position of an offset into the whole text. */
export function positionAt(document: Document, offset: number): Position {
  const index = lastAtOrBelow(document.starts, offset);
  const block = document.blocks[index];
  if (block === undefined) return { line: 0, character: 0 };
  const base = { line: document.firstLines[index] ?? 0, character: document.firstCharacters[index] ?? 0 };
  return placeIn(base, block, offset - (document.starts[index] ?? 0));
}

/** Lines and characters of a piece of the whole text. */
export function rangeBetween(document: Document, { start, end }: Offsets): Range {
  return { start: positionAt(document, start), end: positionAt(document, end) };
}

/** The offset of a position; beyond the end of a line it is the end of that line, beyond the text the end of the text. */
export function offsetAt(document: Document, position: Position): number {
  const { blocks, firstLines, firstCharacters, starts } = document;
  let low = 0;
  for (let high = blocks.length; high - low > 1; ) {
    const middle = (low + high) >>> 1;
    const line = firstLines[middle] ?? 0;
    const isBefore =
      line < position.line || (line === position.line && (firstCharacters[middle] ?? 0) <= position.character);
    if (isBefore) low = middle;
    else high = middle;
  }
  const block = blocks[low];
  if (block === undefined) return 0;
  const { lines } = block;
  const line = position.line - (firstLines[low] ?? 0);
  const lineStart = lines[line];
  if (lineStart === undefined) return (starts[low] ?? 0) + block.text.length;
  const next = lines[line + 1];
  const lineEnd =
    next === undefined ? block.text.length : next - (block.text.slice(lineStart, next).endsWith('\r\n') ? 2 : 1);
  const character = position.character - (line === 0 ? (firstCharacters[low] ?? 0) : 0);
  return (starts[low] ?? 0) + Math.min(lineStart + Math.max(character, 0), lineEnd);
}

/** The nodes and the pair around an offset, outermost first: what hover and completion start from. */
export function pathAt(document: Document, offset: number): readonly (Node | Pair)[] {
  const index = lastAtOrBelow(document.starts, offset);
  const block = document.blocks[index];
  const local = offset - (document.starts[index] ?? 0);
  const path: (Node | Pair)[] = [];
  let node = block?.node;
  while (node !== undefined) {
    path.push(node);
    const parent: Node = node;
    node = undefined;
    if (parent.kind === 'sequence') {
      node = parent.items.find((item) => holds(item, block, local));
    } else if (parent.kind === 'mapping') {
      const pair = parent.pairs.find(({ key, value }) => holdsPair(key, value, block, local));
      if (pair === undefined) break;
      path.push(pair);
      node = holds(pair.key, block, local) ? pair.key : holds(pair.value, block, local) ? pair.value : undefined;
    }
  }
  return path;
}

/** A pair reaches from its key to the end of its value; a value that an alias brings may stand elsewhere. */
function holdsPair(key: Node, value: Node, block: Block | undefined, offset: number): boolean {
  if (holds(key, block, offset) || holds(value, block, offset)) return true;
  return (
    key.block === block && value.block === block && key.start <= offset && offset <= value.end && value.start >= key.end
  );
}

function holds(node: Node, block: Block | undefined, offset: number): boolean {
  return node.block === block && node.start <= offset && offset <= node.end;
}

/** JSON pointer (RFC 6901) of a node, a key standing for its value. */
export function pointerOf(document: Document, node: Node): string {
  return pathOf(document, node, (_item, index) => index);
}

/**
 * As the pointer, with the items of lists under their name, URL or host where they have one: it stays the same while other
 * items come and go. What holds an @ is no name, it might be a login.
 */
export function identityOf(document: Document, node: Node): string {
  return pathOf(document, node, (item, index) => nameOf(item) ?? index);
}

function nameOf(item: Node): string | undefined {
  if (item.kind !== 'mapping') return undefined;
  for (const wanted of ['name', 'url', 'host']) {
    const value = item.pairs.find(({ key }) => key.value === wanted)?.value;
    if (value?.kind === 'scalar' && typeof value.value === 'string') {
      return value.value.includes('@') || value.value.length > 200 ? undefined : value.value;
    }
  }
  return undefined;
}

type SegmentOfItem = (item: Node, index: number) => string | number;

function pathOf(document: Document, node: Node, ofItem: SegmentOfItem): string {
  let path = '';
  let at: Node = node;
  while (at.parent !== undefined) {
    path = segmentOf(at.parent, at, ofItem) + path;
    at = at.parent;
  }
  return prefixOf(document, at, ofItem) + path;
}

/** Empty for the source of a merge key: its pairs count as the parent's. */
function segmentOf(parent: Mapping | Sequence, node: Node, ofItem: SegmentOfItem): string {
  if (parent.kind === 'sequence') return `/${escapeSegment(ofItem(node, parent.items.indexOf(node)))}`;
  const pair = parent.pairs.find(({ key, value }) => key === node || value === node);
  return pair === undefined ? '' : `/${escapeSegment(pair.key.value)}`;
}

function escapeSegment(key: Scalar['value']): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The index of each block that is an item of a list. */
const indexOfItemCache = new WeakMap<Document, Map<Block, number>>();

function prefixOf(document: Document, root: Node, ofItem: SegmentOfItem): string {
  const { block } = root;
  if (block.kind !== 'item') {
    // A list of item blocks has no parent; it is found by its key.
    const pair = root.kind === 'sequence' && block.kind === 'list' ? pairOfList(document, root) : undefined;
    return pair === undefined ? '' : `/${escapeSegment(pair.key.value)}`;
  }
  let indexes = indexOfItemCache.get(document);
  if (indexes === undefined) {
    indexes = new Map();
    let index = 0;
    for (const each of document.blocks) {
      if (each.kind === 'list') index = 0;
      else if (each.kind === 'item') indexes.set(each, index++);
    }
    indexOfItemCache.set(document, indexes);
  }
  const index = indexes.get(block);
  return index === undefined ? '' : `/${escapeSegment(block.list)}/${escapeSegment(ofItem(root, index))}`;
}

function pairOfList(document: Document, list: Sequence): Pair | undefined {
  return document.root.kind === 'mapping' ? document.root.pairs.find(({ value }) => value === list) : undefined;
}
