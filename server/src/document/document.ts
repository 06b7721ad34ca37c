import { type Edit, lastAtOrBelow } from '../text/position.ts';
import { limits } from './limits.ts';
import type { Block, Node, Pair, Scalar, Sequence, SyntaxProblem } from './node.ts';
import { builtInOnly, type Placeholders } from './placeholder.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import { type Format, type RawBlock, split, staysOneBlock } from './split.ts';
import { emptyBlock, fatalProblem } from './tree.ts';

/** A text read into blocks. Immutable: an edit gives another document, which shares the blocks that did not change. */
export interface Document {
  readonly format: Format;
  readonly blocks: readonly Block[];
  /** All entries, as if the text had been read in one go. */
  readonly root: Node;
  readonly problems: readonly SyntaxProblem[];
  /** What it was read with. */
  readonly placeholders: Placeholders;
  /** Where each block starts, as an offset into the whole text. */
  readonly starts: readonly number[];
  /** The line in which each block starts. */
  readonly firstLines: readonly number[];
  /** The character at which each block starts in that line; a block of YAML always starts a line. */
  readonly firstCharacters: readonly number[];
  readonly length: number;
}

/** Reads a text. Never throws: whatever it holds, there is a tree, and problems where it could not be read. */
export function readDocument(format: Format, text: string, placeholders: Placeholders = builtInOnly): Document {
  return (
    refusal(format, text, placeholders) ??
    compose(format, placeholders, readBlocks({ format, placeholders }, text, new Map()))
  );
}

/** The document after an edit. Only the block that the edit touches is read again, unless the edit changes what the blocks are. */
export function editDocument(document: Document, edit: Edit): Document {
  const { format, placeholders, blocks, starts } = document;
  const index = lastAtOrBelow(starts, edit.start);
  const block = blocks[index];
  const start = starts[index] ?? 0;
  if (block !== undefined && edit.end <= start + block.text.length) {
    const text = block.text.slice(0, edit.start - start) + edit.text + block.text.slice(edit.end - start);
    const last = index >= blocks.findLastIndex(({ kind }) => kind !== 'trivia');
    if (mayGrow(document, edit) && staysOneBlock(format, block, text, last)) {
      const replacement = readBlock(document, { kind: block.kind, text, list: block.list });
      if (replacement !== undefined && fatalProblem(replacement.problems) === undefined)
        return withBlock(document, index, replacement);
    }
  }
  const known = new Map(blocks.map((each) => [blockKey(each), each]));
  const whole = textOf(document);
  const text = whole.slice(0, edit.start) + edit.text + whole.slice(edit.end);
  return refusal(format, text, placeholders) ?? compose(format, placeholders, readBlocks(document, text, known));
}

export function textOf(document: Document): string {
  return document.blocks.map((block) => block.text).join('');
}

/** How a text is read. */
type Reading = Pick<Document, 'format' | 'placeholders'>;

/** `known` holds blocks to use again; each can stand in one place only, so what is used is taken out. */
function readBlocks(reading: Reading, text: string, known: Map<string, Block>): readonly Block[] {
  const blocks: Block[] = [];
  let list = '';
  for (const found of split(reading.format, text)) {
    const raw = found.kind === 'item' ? { ...found, list } : found;
    const key = blockKey(raw);
    const block = known.get(key) ?? readBlock(reading, raw);
    if (block === undefined) return [readWhole(reading, text)];
    if (fatalProblem(block.problems) !== undefined) return [unread(text, block.problems)];
    if (block.kind === 'list') list = listKey(block);
    known.delete(key);
    blocks.push(block);
  }
  return blocks;
}

/** What is read of an item depends on the list it belongs to. */
function blockKey({ kind, text, list = '' }: RawBlock): string {
  return `${kind}:${list}:${text}`;
}

function listKey({ node }: Block): string {
  return node?.kind === 'mapping' ? String(node.pairs[0]?.key.value) : '';
}

/** Undefined where the block cannot be understood without the others. */
function readBlock({ format, placeholders }: Reading, raw: RawBlock): Block | undefined {
  if (format !== 'yaml') return Object.assign(readJson(format, raw), { placeholders });
  const block = readYaml(raw);
  return block.foreignAliases ? undefined : Object.assign(block, { placeholders });
}

function readWhole({ format, placeholders }: Reading, text: string): Block {
  const raw: RawBlock = { kind: 'whole', text };
  const block = Object.assign(format === 'yaml' ? readYaml(raw) : readJson(format, raw), { placeholders });
  return fatalProblem(block.problems) === undefined ? block : unread(text, block.problems);
}

/** A text that is not read has one problem that says why, and no data. */
function unread(text: string, [problem]: readonly SyntaxProblem[]): Block {
  const block = emptyBlock('whole', text);
  block.node = { kind: 'scalar', value: null, style: 'absent', block, start: 0, end: 0, parent: undefined };
  if (problem !== undefined) block.problems = [{ ...problem, block, start: 0, end: Math.min(1, text.length) }];
  return block;
}

/** The document with one block replaced by one of the same kind. What lies behind it only moves. */
function withBlock(document: Document, index: number, block: Block): Document {
  const { format, placeholders, root } = document;
  const old = document.blocks[index];
  const blocks = document.blocks.with(index, block);
  // Blocks of JSON may share a line; problems may belong to several blocks. Both are rare enough to start afresh.
  const isSimple = format === 'yaml' && document.problems.length === 0 && block.problems.length === 0;
  const replaced = isSimple && old !== undefined ? replaceInRoot(document, index, old, block) : undefined;
  if (old === undefined || replaced === undefined || root.kind !== 'mapping')
    return compose(format, placeholders, blocks);
  return {
    ...document,
    blocks,
    root: { ...root, pairs: replaced, block: root.block === old ? block : root.block },
    starts: shifted(document.starts, index, block.text.length - old.text.length),
    firstLines: shifted(document.firstLines, index, block.lines.length - old.lines.length),
    length: document.length + block.text.length - old.text.length,
  };
}

function shifted(values: readonly number[], after: number, by: number): readonly number[] {
  if (by === 0) return values;
  const moved = values.slice();
  for (let i = after + 1; i < moved.length; i++) moved[i] = (moved[i] ?? 0) + by;
  return moved;
}

/** The pairs of the root with a block's own exchanged; undefined where that is not one for one. */
function replaceInRoot(
  { blocks, root }: Document,
  index: number,
  old: Block,
  block: Block,
): readonly Pair[] | undefined {
  if (root.kind !== 'mapping' || block.node === undefined) return undefined;
  const { node } = block;
  let list = index;
  if (block.kind === 'item') while (list >= 0 && blocks[list]?.kind === 'item') list--;
  const holder = blocks[list];
  const at = root.pairs.findIndex(({ key }) => key.block === holder);
  const pair = root.pairs[at];
  if (pair === undefined) return undefined;
  if (block.kind === 'item') {
    const { value } = pair;
    if (holder?.kind !== 'list' || value.kind !== 'sequence') return undefined;
    return root.pairs.with(at, { ...pair, value: { ...value, items: value.items.with(index - list - 1, node) } });
  }
  const [own, ...others] = node.kind === 'mapping' ? node.pairs : [];
  const isSameKey = own?.key.value === pair.key.value && holder === old && others.length === 0;
  return own !== undefined && isSameKey ? root.pairs.with(at, own) : undefined;
}

function mayGrow(document: Document, edit: Edit): boolean {
  return document.length + edit.text.length <= limits.length && !edit.text.includes('\0');
}

/** A text that is not even divided into blocks. */
function refusal(format: Format, text: string, placeholders: Placeholders): Document | undefined {
  const block = emptyBlock('whole', '');
  const problem = (code: string, message: string): SyntaxProblem => ({ code, message, block, start: 0, end: 1 });
  const megabytes = limits.length / 1024 / 1024;
  if (text.length > limits.length) {
    return compose(format, placeholders, [
      unread(text, [problem('too-large', `The file is larger than ${megabytes} MB and is not read`)]),
    ]);
  }
  if (!text.includes('\0')) return undefined;
  const message = 'The file is not UTF-8 (it looks like UTF-16); save it as UTF-8';
  return compose(format, placeholders, [unread(text, [problem('encoding', message)])]);
}

function compose(format: Format, placeholders: Placeholders, blocks: readonly Block[]): Document {
  const starts: number[] = [];
  const firstLines: number[] = [];
  const firstCharacters: number[] = [];
  const problems: SyntaxProblem[] = [];
  let offset = 0;
  let line = 0;
  let character = 0;
  for (const block of blocks) {
    starts.push(offset);
    firstLines.push(line);
    firstCharacters.push(character);
    offset += block.text.length;
    const lastLine = block.lines.length - 1;
    line += lastLine;
    character = (lastLine === 0 ? character : 0) + block.text.length - (block.lines[lastLine] ?? 0);
    if (block.problems.length > 0) problems.push(...block.problems);
  }
  const root = composeRoot(blocks, problems);
  return { format, placeholders, blocks, root, problems, starts, firstLines, firstCharacters, length: offset };
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
        if (problems.length < 100)
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
