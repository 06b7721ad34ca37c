import { type Alias, isAlias, isScalar, isSeq, type ParsedNode, type Scalar as YamlScalar } from 'yaml';
import { lastAtOrBelow } from '../text/position.ts';
import { type CommentRange, commentsInYamlTrivia } from './comments.ts';
import { limits } from './limits.ts';
import type { Block, Node, Scalar } from './node.ts';
import { type ParsedYaml, parseYaml } from './parse-yaml.ts';
import { placeholderAtStart } from './placeholder.ts';
import type { RawBlock } from './split.ts';
import { emptyBlock, type MappingBuilder, problemsToShow, type TreeBuilder, treeBuilder } from './tree.ts';
import { addProblems, tooDeep } from './yaml-problems.ts';

/** Reads a block of YAML 1.2 core; whatever the text, there is a tree, and problems where it is not YAML. */
export function readYaml(raw: RawBlock): YamlBlock {
  const block = { ...emptyBlock(raw.kind, raw.text, raw.list), foreignAliases: false };
  if (raw.kind === 'trivia') {
    block.comments = spans(block, commentsInYamlTrivia(raw.text));
    return block;
  }
  const reader: Reader = {
    tree: treeBuilder(block),
    text: raw.text,
    anchors: new Map(),
    placeholders: [],
    placeholderStarts: [],
    unquoted: [],
    aliases: 0,
    foreignAlias: false,
  };
  const { documents, comments } = parse(reader, withoutBlankEnd(raw.text));
  block.comments = spans(block, comments);
  reader.placeholders = comments.filter(({ start, end }) => placeholderAtStart(raw.text.slice(start, end)));
  reader.placeholderStarts = reader.placeholders.map(({ start }) => start);
  block.node = readRoot(reader, raw, documents);
  block.unquotedPlaceholders = reader.unquoted;
  block.problems = problemsToShow(block, reader.tree.problems);
  block.foreignAliases = reader.foreignAlias && raw.kind !== 'whole';
  return block;
}

export interface YamlBlock extends Block {
  /** True where an alias names an anchor of another block: the document is then read whole. */
  readonly foreignAliases: boolean;
}

interface Reader {
  readonly tree: TreeBuilder;
  readonly text: string;
  readonly anchors: Map<string, ParsedNode>;
  /** Comments that are meant as placeholders. */
  placeholders: readonly CommentRange[];
  placeholderStarts: readonly number[];
  /** The values that they belong to. */
  readonly unquoted: Scalar[];
  aliases: number;
  foreignAlias: boolean;
}

function spans(block: Block, ranges: readonly CommentRange[]): Block['comments'] {
  return ranges.length === 0 ? block.comments : ranges.map((range) => ({ block, ...range }));
}

function readRoot(reader: Reader, raw: RawBlock, [first, second]: ParsedYaml['documents']): Node {
  const { tree } = reader;
  const absent = tree.scalar(undefined, null, 'absent', 0, 0);
  if (first === undefined) return absent;
  addProblems(tree, reader.text, [...first.errors, ...first.warnings], reader.placeholders);
  if (second !== undefined) {
    const start = second.range[0];
    tree.problem(
      'second-document',
      'A farm-email file holds one YAML document; this one is not read',
      start,
      start + 3,
    );
  }
  const root = first.contents;
  if (root === null) return absent;
  if (raw.kind === 'item') {
    const item = isSeq(root) ? (root.items[0] as ParsedNode | null | undefined) : undefined;
    const dash = raw.text.indexOf('-') + 1;
    return item ? read(reader, item, undefined, 1) : tree.scalar(undefined, null, 'absent', dash, dash);
  }
  const node = read(reader, root, undefined, 0);
  if ((raw.kind === 'entry' || raw.kind === 'list') && node.kind !== 'mapping' && first.errors.length === 0) {
    tree.problem('key-expected', 'A key and a colon are expected here, as in `farm:`', node.start, node.end);
  }
  return node;
}

/** The library takes its time over blank lines at the end; thousands of them mean nothing. */
function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r\n'.includes(text[end - 1] ?? '')) end--;
  return text.length - end > 1000 ? `${text.slice(0, end)}\n` : text;
}

function parse({ tree }: Reader, text: string): ParsedYaml {
  try {
    return parseYaml(text);
  } catch {
    // The library recurses; text nested deep enough ends its stack.
    tooDeep(tree);
    return { documents: [], comments: [] };
  }
}

function read(reader: Reader, yaml: ParsedNode, parent: Node | undefined, depth: number): Node {
  const { tree } = reader;
  const [start, end] = yaml.range;
  if (isAlias(yaml)) return readAlias(reader, yaml, parent, depth);
  if (yaml.anchor !== undefined) reader.anchors.set(yaml.anchor, yaml);
  if (isScalar(yaml)) {
    return readPlaceholder(reader, yaml, parent) ?? tree.scalar(parent, scalarValue(yaml), styleOf(yaml), start, end);
  }
  if (isSeq(yaml)) {
    const sequence = tree.sequence(parent, yaml.flow === true, start, trimmedEnd(reader.text, start, end));
    if (!tree.mayDescend(depth, start, start + 1)) return sequence.node;
    for (const item of yaml.items) sequence.add(read(reader, item as ParsedNode, sequence.node, depth + 1));
    return sequence.node;
  }
  const mapping = tree.mapping(parent, yaml.flow === true, start, trimmedEnd(reader.text, start, end));
  if (!tree.mayDescend(depth, start, start + 1)) return mapping.node;
  for (const pair of yaml.items) {
    const key = readKey(reader, pair.key, mapping);
    if (key === undefined) continue;
    if (key.value === '<<' && key.style === 'plain' && pair.value !== null) {
      readMerge(reader, pair.value, mapping, depth);
      continue;
    }
    const value =
      pair.value === null
        ? tree.scalar(mapping.node, null, 'absent', key.end, key.end)
        : read(reader, pair.value, mapping.node, depth + 1);
    mapping.add(key, value);
  }
  return mapping.node;
}

/**
 * A value that holds an unquoted `#{…}`: for YAML it is a comment, and the value empty or cut off. It is read as it is
 * meant, since what another tool makes of it is unknown either way.
 */
function readPlaceholder(reader: Reader, yaml: YamlScalar.Parsed, parent: Node | undefined): Scalar | undefined {
  const { tree, text, placeholders, placeholderStarts } = reader;
  if (placeholders.length === 0) return undefined;
  const [start, end] = yaml.range;
  const near = lastAtOrBelow(placeholderStarts, end);
  const after = placeholders[(placeholderStarts[near] ?? 0) < end ? near + 1 : near];
  if (after === undefined || after.start - end > 100 || !/^[ \t]*$/.test(text.slice(end, after.start)))
    return undefined;
  const isCutOff = yaml.type === 'PLAIN' && typeof yaml.value === 'string' && !text.slice(start, end).includes('\n');
  if (!isCutOff && styleOf(yaml) !== 'absent') return undefined;
  const from = isCutOff ? start : after.start;
  const rest = text.slice(after.start, after.end).replaceAll(/#\{[^{}]*\}/g, '');
  if (parent !== undefined && parent.kind !== 'scalar' && parent.flow && /[[\]{},]/.test(rest)) return undefined;
  const scalar = tree.scalar(parent, text.slice(from, after.end), 'plain', from, after.end);
  reader.unquoted.push(scalar);
  return scalar;
}

function readKey(reader: Reader, key: ParsedNode | null, mapping: MappingBuilder): Scalar | undefined {
  const { tree } = reader;
  if (key === null) return undefined;
  const [start, end] = key.range;
  if (isScalar(key)) {
    if (key.anchor !== undefined) reader.anchors.set(key.anchor, key);
    return tree.scalar(mapping.node, key.source ?? String(key.value), styleOf(key), start, end);
  }
  const isTemplate = reader.text.startsWith('{{', start - 1);
  const message = isTemplate
    ? 'A placeholder in braces needs quotes: without them it is a mapping'
    : 'A key must be text';
  tree.problem('key-not-text', message, start, Math.max(end, start + 1));
  return undefined;
}

/**
 * An alias stands for the anchor's value. A scalar stands where the alias does, so that it can be changed there alone;
 * what a mapping or list holds stands at the anchor.
 */
function readAlias(reader: Reader, alias: Alias.Parsed, parent: Node | undefined, depth: number): Node {
  const { tree } = reader;
  const [start, end] = alias.range;
  const target = reader.anchors.get(alias.source);
  reader.aliases++;
  if (target !== undefined && reader.aliases <= limits.aliases && tree.mayDescend(depth, start, end)) {
    return isScalar(target)
      ? tree.scalar(parent, scalarValue(target), 'plain', start, end)
      : read(reader, target, parent, depth);
  }
  if (target === undefined) {
    reader.foreignAlias = true;
    tree.problem('unknown-alias', `No anchor \`&${alias.source}\` stands above this alias`, start, end);
  } else if (reader.aliases === limits.aliases + 1) {
    tree.problem('too-many-aliases', `The file uses more than ${limits.aliases} aliases and is not read`, start, end);
  }
  return tree.scalar(parent, null, 'absent', start, end);
}

function readMerge(reader: Reader, value: ParsedNode, mapping: MappingBuilder, depth: number): void {
  const sources = isSeq(value) ? (value.items as ParsedNode[]) : [value];
  for (const source of sources) {
    const node = read(reader, source, mapping.node, depth + 1);
    if (node.kind === 'mapping') for (const pair of node.pairs) mapping.merge({ ...pair, merged: true });
    else if (!isAlias(source)) {
      reader.tree.problem('merge-not-mapping', 'Only a mapping can be merged with `<<`', node.start, node.end);
    }
  }
}

function scalarValue(scalar: YamlScalar): Scalar['value'] {
  const value: unknown = scalar.value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'bigint' ? Number(value) : null;
}

function styleOf(scalar: YamlScalar.Parsed | YamlScalar): Scalar['style'] {
  if (scalar.type === 'QUOTE_DOUBLE') return 'double';
  if (scalar.type === 'QUOTE_SINGLE') return 'single';
  if (scalar.type === 'BLOCK_FOLDED' || scalar.type === 'BLOCK_LITERAL') return 'block';
  return scalar.source === '' ? 'absent' : 'plain';
}

/** A block collection ends for the library after its trailing blank lines and comments; for people with its last value. */
function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}
