import { type Edit, lastAtOrBelow, lineStartsOf, type Position, type Range } from '../text/position.ts';
import { limits } from './limits.ts';
import type { Block, Mapping, Node, Pair, Scalar, Sequence, Span, SyntaxProblem } from './node.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import { type Format, type RawBlock, split, staysOneBlock } from './split.ts';
import { emptyBlock } from './tree.ts';

/** A text read into blocks. Immutable: an edit gives another document, which shares the blocks that did not change. */
export interface Document {
  readonly format: Format;
  readonly blocks: readonly Block[];
  /** All entries, as if the text had been read in one go. */
  readonly root: Node;
  readonly problems: readonly SyntaxProblem[];
  /** Where each block starts, as an offset into the whole text. */
  readonly starts: readonly number[];
  /** Where each block starts, in lines and characters. */
  readonly positions: readonly Position[];
  readonly length: number;
}

/** Reads a text. Never throws: whatever it holds, there is a tree, and problems where it could not be read. */
export function readDocument(format: Format, text: string): Document {
  return refusal(format, text) ?? compose(format, readBlocks(format, text, new Map()));
}

/** The document after an edit. Only the block that the edit touches is read again, unless the edit changes what the blocks are. */
export function editDocument(document: Document, edit: Edit): Document {
  const { format, blocks, starts } = document;
  const index = lastAtOrBelow(starts, edit.start);
  const block = blocks[index];
  const start = starts[index] ?? 0;
  if (block !== undefined && edit.end <= start + block.text.length) {
    const text = block.text.slice(0, edit.start - start) + edit.text + block.text.slice(edit.end - start);
    const last = blocks.slice(index + 1).every((later) => later.kind === 'trivia');
    if (mayGrow(document, edit) && staysOneBlock(format, block, text, last)) {
      const replacement = readBlock(format, { kind: block.kind, text });
      if (replacement !== undefined) return compose(format, blocks.with(index, replacement));
    }
  }
  const known = new Map(blocks.map((each) => [blockKey(each), each]));
  const whole = textOf(document);
  const text = whole.slice(0, edit.start) + edit.text + whole.slice(edit.end);
  return refusal(format, text) ?? compose(format, readBlocks(format, text, known));
}

export function textOf(document: Document): string {
  return document.blocks.map((block) => block.text).join('');
}

/** `known` holds blocks to use again; each can stand in one place only, so what is used is taken out. */
function readBlocks(format: Format, text: string, known: Map<string, Block>): readonly Block[] {
  const blocks: Block[] = [];
  for (const raw of split(format, text)) {
    const key = blockKey(raw);
    const block = known.get(key) ?? readBlock(format, raw);
    if (block === undefined) return [readWhole(format, text)];
    known.delete(key);
    blocks.push(block);
  }
  return blocks;
}

function blockKey(raw: RawBlock): string {
  return `${raw.kind}:${raw.text}`;
}

/** Undefined where the block cannot be understood without the others. */
function readBlock(format: Format, raw: RawBlock): Block | undefined {
  if (format !== 'yaml') return readJson(format, raw);
  const block = readYaml(raw);
  return block.foreignAliases ? undefined : block;
}

function readWhole(format: Format, text: string): Block {
  const raw: RawBlock = { kind: 'whole', text };
  return format === 'yaml' ? readYaml(raw) : readJson(format, raw);
}

function mayGrow(document: Document, edit: Edit): boolean {
  return document.length + edit.text.length <= limits.length && !edit.text.includes('\0');
}

/** A text that is not read at all has one problem that says why. */
function refusal(format: Format, text: string): Document | undefined {
  let code: string;
  let message: string;
  if (text.length > limits.length) {
    code = 'too-large';
    message = `The file is larger than ${limits.length / 1024 / 1024} MB and is not read`;
  } else if (text.includes('\0')) {
    code = 'encoding';
    message = 'The file is not UTF-8 (it looks like UTF-16); save it as UTF-8';
  } else return undefined;
  const block = emptyBlock('whole', text);
  block.node = { kind: 'scalar', value: null, style: 'absent', block, start: 0, end: 0, parent: undefined };
  block.problems = [{ code, message, block, start: 0, end: 1 }];
  return compose(format, [block]);
}

function compose(format: Format, blocks: readonly Block[]): Document {
  const starts: number[] = [];
  const positions: Position[] = [];
  let offset = 0;
  let line = 0;
  let character = 0;
  for (const block of blocks) {
    starts.push(offset);
    positions.push({ line, character });
    offset += block.text.length;
    const lines = linesOf(block);
    const lastLine = lines.length - 1;
    line += lastLine;
    character = (lastLine === 0 ? character : 0) + block.text.length - (lines[lastLine] ?? 0);
  }
  const problems: SyntaxProblem[] = [];
  for (const block of blocks) if (block.problems.length > 0) problems.push(...block.problems);
  const root = composeRoot(blocks, problems);
  return { format, blocks, root, problems, starts, positions, length: offset };
}

function composeRoot(blocks: readonly Block[], problems: SyntaxProblem[]): Node {
  const first = blocks.find((block) => block.node !== undefined);
  if (first?.kind === 'whole' && first.node !== undefined) return first.node;
  const block = first ?? blocks[0] ?? emptyBlock('whole', '');
  if (first === undefined && blocks.every((trivia) => !trivia.text.includes('{'))) {
    return { kind: 'scalar', value: null, style: 'absent', block, start: 0, end: 0, parent: undefined };
  }
  const pairs: Pair[] = [];
  const keys = new Set<Scalar['value']>();
  let items: Node[] | undefined;
  for (const { kind, node } of blocks) {
    if (node === undefined) continue;
    if (kind === 'item') {
      items?.push(node);
      continue;
    }
    items = undefined;
    if (node.kind !== 'mapping') continue;
    for (const pair of node.pairs) {
      if (keys.has(pair.key.value)) {
        problems.push({
          code: 'duplicate-key',
          message: `\`${pair.key.value}\` stands here twice; only one of the two can count`,
          block: pair.key.block,
          start: pair.key.start,
          end: pair.key.end,
        });
        if (kind === 'list') items = [];
        continue;
      }
      keys.add(pair.key.value);
      if (kind === 'list') items = [];
      pairs.push(items === undefined ? pair : { ...pair, value: listOf(pair.key, items) });
    }
  }
  return { kind: 'mapping', pairs, flow: false, block, start: 0, end: 0, parent: undefined };
}

/** A list whose items are blocks of their own; it stands where its key stands. */
function listOf(key: Scalar, items: readonly Node[]): Sequence {
  return { kind: 'sequence', items, flow: false, block: key.block, start: key.start, end: key.end, parent: undefined };
}

const lineCache = new WeakMap<Block, readonly number[]>();

function linesOf(block: Block): readonly number[] {
  let lines = lineCache.get(block);
  if (lines === undefined) {
    lines = lineStartsOf(block.text);
    lineCache.set(block, lines);
  }
  return lines;
}

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
  const base = document.positions[indexOfBlock(document, span.block)] ?? { line: 0, character: 0 };
  return { start: placeIn(base, span.block, span.start), end: placeIn(base, span.block, span.end) };
}

function placeIn(base: Position, block: Block, offset: number): Position {
  const lines = linesOf(block);
  const line = lastAtOrBelow(lines, offset);
  const character = offset - (lines[line] ?? 0) + (line === 0 ? base.character : 0);
  return { line: base.line + line, character };
}

/** The offset into the whole text at which a span starts, and the one at which it ends. */
export function offsetsOf(document: Document, span: Span): { readonly start: number; readonly end: number } {
  const base = document.starts[indexOfBlock(document, span.block)] ?? 0;
  return { start: base + span.start, end: base + span.end };
}

/** The offset of a position; beyond the end of a line it is the end of that line, beyond the text the end of the text. */
export function offsetAt(document: Document, position: Position): number {
  const { blocks, positions, starts } = document;
  let low = 0;
  for (let high = blocks.length; high - low > 1; ) {
    const middle = (low + high) >>> 1;
    const at = positions[middle] ?? position;
    if (at.line < position.line || (at.line === position.line && at.character <= position.character)) low = middle;
    else high = middle;
  }
  const block = blocks[low];
  const base = positions[low];
  if (block === undefined || base === undefined) return 0;
  const lines = linesOf(block);
  const line = position.line - base.line;
  const lineStart = lines[line];
  if (lineStart === undefined) return (starts[low] ?? 0) + block.text.length;
  const next = lines[line + 1];
  const lineEnd =
    next === undefined ? block.text.length : next - (block.text.slice(lineStart, next).endsWith('\r\n') ? 2 : 1);
  const character = position.character - (line === 0 ? base.character : 0);
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
      const pair = parent.pairs.find(({ key, value }) => holds(key, block, local) || holds(value, block, local));
      if (pair === undefined) break;
      path.push(pair);
      node = holds(pair.key, block, local) ? pair.key : pair.value;
    }
  }
  return path;
}

function holds(node: Node, block: Block | undefined, offset: number): boolean {
  return node.block === block && node.start <= offset && offset <= node.end;
}

/** JSON pointer (RFC 6901) of a node, a key standing for its value. */
export function pointerOf(document: Document, node: Node): string {
  let pointer = '';
  let at: Node = node;
  while (at.parent !== undefined) {
    pointer = segmentOf(at.parent, at) + pointer;
    at = at.parent;
  }
  return prefixOf(document, at) + pointer;
}

/** Empty for the source of a merge key: its pairs count as the parent's. */
function segmentOf(parent: Mapping | Sequence, node: Node): string {
  if (parent.kind === 'sequence') return `/${parent.items.indexOf(node)}`;
  const pair = parent.pairs.find(({ key, value }) => key === node || value === node);
  return pair === undefined ? '' : `/${escapeSegment(pair.key)}`;
}

function escapeSegment(key: Scalar): string {
  return String(key.value).replaceAll('~', '~0').replaceAll('/', '~1');
}

const prefixCache = new WeakMap<Document, Map<Block, string>>();

function prefixOf(document: Document, root: Node): string {
  const { block } = root;
  if (block.kind !== 'item') {
    // A list of item blocks has no parent; it is found by its key.
    const pair = root.kind === 'sequence' && block.kind === 'list' ? pairOfList(document, root) : undefined;
    return pair === undefined ? '' : `/${escapeSegment(pair.key)}`;
  }
  let prefixes = prefixCache.get(document);
  if (prefixes === undefined) {
    prefixes = new Map();
    let list = '';
    let index = 0;
    for (const each of document.blocks) {
      const key = each.kind === 'list' && each.node?.kind === 'mapping' ? each.node.pairs[0]?.key : undefined;
      if (key !== undefined) {
        list = escapeSegment(key);
        index = 0;
      } else if (each.kind === 'item') prefixes.set(each, `/${list}/${index++}`);
    }
    prefixCache.set(document, prefixes);
  }
  return prefixes.get(block) ?? '';
}

function pairOfList(document: Document, list: Sequence): Pair | undefined {
  return document.root.kind === 'mapping' ? document.root.pairs.find(({ value }) => value === list) : undefined;
}
