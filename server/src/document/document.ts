import { type Edit, lastAtOrBelow, type Position } from '../text/position.ts';
import { limits } from './limits.ts';
import { linesOf } from './lines.ts';
import type { Block, Node, Pair, Scalar, Sequence, SyntaxProblem } from './node.ts';
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
