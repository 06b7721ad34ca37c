import {
  type Alias,
  isAlias,
  isScalar,
  isSeq,
  type ParsedNode,
  parseAllDocuments,
  type YAMLError,
  type Scalar as YamlScalar,
} from 'yaml';
import { limits } from './limits.ts';
import type { Block, Node, Scalar } from './node.ts';
import type { RawBlock } from './split.ts';
import { emptyBlock, type MappingBuilder, problemsToShow, type TreeBuilder, treeBuilder } from './tree.ts';

/** Reads a block of YAML 1.2 core; whatever the text, there is a tree, and problems where it is not YAML. */
export function readYaml(raw: RawBlock): YamlBlock {
  const block = { ...emptyBlock(raw.kind, raw.text, raw.list), foreignAliases: false };
  if (raw.kind === 'trivia') return block;
  const reader: Reader = {
    tree: treeBuilder(block),
    text: raw.text,
    anchors: new Map(),
    aliases: 0,
    foreignAlias: false,
  };
  block.node = readRoot(reader, raw);
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
  aliases: number;
  foreignAlias: boolean;
}

function readRoot(reader: Reader, raw: RawBlock): Node {
  const { tree } = reader;
  const absent = tree.scalar(undefined, null, 'absent', 0, 0);
  const [first, second] = parse(reader, withoutBlankEnd(raw.text));
  if (first === undefined) return absent;
  for (const error of [...first.errors, ...first.warnings]) addProblem(reader, error);
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

function parse(reader: Reader, text: string): ReturnType<typeof parseAllDocuments<ParsedNode>> | [] {
  try {
    return parseAllDocuments<ParsedNode>(text, {
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      stringKeys: false,
    });
  } catch {
    // The library recurses; text nested deep enough ends its stack.
    tooDeep(reader.tree);
    return [];
  }
}

function read(reader: Reader, yaml: ParsedNode, parent: Node | undefined, depth: number): Node {
  const { tree } = reader;
  const [start, end] = yaml.range;
  if (isAlias(yaml)) return readAlias(reader, yaml, parent, depth);
  if (yaml.anchor !== undefined) reader.anchors.set(yaml.anchor, yaml);
  if (isScalar(yaml)) return tree.scalar(parent, scalarValue(yaml), styleOf(yaml), start, end);
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

/** What the library's errors mean for people, the first that fits; its own words are for those who know YAML's grammar. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/followed by map values/, 'A colon is missing after this key'],
  [/Missing closing/, 'The closing quote is missing'],
  [/Tabs are not allowed/, 'YAML allows no tabs for indentation; use spaces'],
  [/Flow (?:map|sequence) in block collection|expected (?:\]|\})/i, 'The closing bracket is missing'],
  [/Missing , (?:or : )?between/, 'A comma is missing before this'],
  [/Missing space after :/, 'A space is missing after the colon'],
  [
    /same column|sufficiently indented|at node end|Sequence item without|must not be less indented/,
    'The indentation does not match the lines above',
  ],
  [
    /Nested mappings are not allowed/,
    'Indented too far, or a second colon on this line: a value with a colon needs quotes',
  ],
  [/Implicit keys need to be on a single line/, 'This is no key: a colon with a space behind it is missing'],
  [/Plain value cannot start with/, 'A value that starts with this character needs quotes'],
  [/Invalid escape/, 'A backslash in double quotes starts an escape; use single quotes, or write it twice'],
  [/[Tt]ag/, 'Tags such as `!name` are not used in farm-email files'],
  [/Comments must be separated/, 'A blank is missing before the comment'],
];

function addProblem({ tree, text }: Reader, error: YAMLError): void {
  const start = Math.min(error.pos[0], Math.max(text.length - 1, 0));
  const rest = text.slice(start, error.pos[1]).search(/[\r\n]/);
  const end = Math.min(rest > 0 ? start + rest : error.pos[1], text.length);
  const code = error.code.toLowerCase().replaceAll('_', '-');
  const meaning = meanings.find(([pattern]) => pattern.test(error.message))?.[1];
  const isRecursion = error.code === 'RESOURCE_EXHAUSTION';
  if (isRecursion) tooDeep(tree);
  else
    tree.problem(
      code,
      meaning ?? 'This cannot be read as YAML here',
      start,
      Math.max(end, Math.min(start + 1, text.length)),
    );
}

function tooDeep(tree: TreeBuilder): void {
  tree.problem('too-large', `The file is nested more than ${limits.depth} deep and is not read`, 0, 1);
}
