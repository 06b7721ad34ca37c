import {
  type Node as JsonNode,
  type ParseError,
  type ParseOptions,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { commentsInJson } from './comments.ts';
import { limits } from './limits.ts';
import type { Block, Node } from './node.ts';
import type { Format, RawBlock } from './split.ts';
import { emptyBlock, problemsToShow, type TreeBuilder, treeBuilder } from './tree.ts';

/** What a block needs around it to be JSON on its own. */
const frames: Record<RawBlock['kind'], readonly [string, string]> = {
  entry: ['{', '}'],
  list: ['{', ']}'],
  item: ['[', ']'],
  whole: ['', ''],
  trivia: ['', ''],
};

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not JSON: text needs double quotes',
  InvalidNumberFormat: 'This is not a number as JSON writes it',
  PropertyNameExpected: 'A key in double quotes is expected here',
  ValueExpected: 'A value is expected here',
  ColonExpected: 'A colon is expected here',
  CommaExpected: 'A comma is missing before this',
  CloseBraceExpected: 'A closing brace `}` is missing',
  CloseBracketExpected: 'A closing bracket `]` is missing',
  EndOfFileExpected: 'Nothing may follow the end of the JSON value',
  InvalidCommentToken: 'Comments are not allowed in a .json file; name it .jsonc to keep them',
  UnexpectedEndOfComment: 'The comment is not closed',
  UnexpectedEndOfString: 'The closing quote is missing',
  InvalidUnicode: 'This is not a valid Unicode escape',
  InvalidEscapeCharacter: 'A backslash must be written twice, or start a JSON escape such as \\n',
  InvalidCharacter: 'This control character must be written as an escape',
};

/** Reads a block of JSON; whatever the text, there is a tree, and problems where it is not JSON. */
export function readJson(format: Format, raw: RawBlock): Block {
  const block = emptyBlock(raw.kind, raw.text, raw.list);
  if (format === 'jsonc') block.comments = commentsInJson(raw.text).map((range) => ({ block, ...range }));
  if (raw.kind === 'trivia') return block;
  const tree = treeBuilder(block);
  const [before, after] = frames[raw.kind];
  const shift = before.length + (raw.kind === 'whole' && raw.text.startsWith('\uFEFF') ? -1 : 0);
  const text = before + (shift < before.length ? raw.text.slice(1) : raw.text) + after;
  const errors: ParseError[] = [];
  const root = parse(tree, text, errors, {
    disallowComments: format === 'json',
    allowTrailingComma: true,
    allowEmptyContent: true,
  });
  for (const error of errors) {
    const start = Math.min(Math.max(error.offset - shift, 0), raw.text.length);
    const end = Math.min(Math.max(error.offset + error.length - shift, start), raw.text.length);
    const name = printParseErrorCode(error.error);
    const code = name.replace(/(?<=.)[A-Z]/g, (capital) => `-${capital}`).toLowerCase();
    tree.problem(code, messages[name] ?? name, start === end ? Math.max(start - 1, 0) : start, end);
  }
  const data = raw.kind === 'item' ? root?.children?.[0] : root;
  block.node =
    data === undefined ? tree.scalar(undefined, null, 'absent', 0, 0) : read(tree, data, undefined, shift, 1);
  if (format === 'json') strictCommas(tree, text, shift, raw.kind);
  block.problems = problemsToShow(block, tree.problems);
  return block;
}

function parse(tree: TreeBuilder, text: string, errors: ParseError[], options: ParseOptions): JsonNode | undefined {
  try {
    return parseTree(text, errors, options);
  } catch {
    // The library recurses; text nested deep enough ends its stack.
    tree.problem('too-large', `The file is nested more than ${limits.depth} deep and is not read`, 0, 1);
    return undefined;
  }
}

function read(tree: TreeBuilder, json: JsonNode, parent: Node | undefined, shift: number, depth: number): Node {
  const start = json.offset - shift;
  const end = start + json.length;
  const children = json.children ?? [];
  if (json.type === 'object') {
    const mapping = tree.mapping(parent, true, start, end);
    if (!tree.mayDescend(depth, start, end)) return mapping.node;
    for (const property of children) {
      const [name, value] = property.children ?? [];
      if (name === undefined) continue;
      const keyStart = name.offset - shift;
      const key = tree.scalar(mapping.node, String(name.value), 'double', keyStart, keyStart + name.length);
      const child =
        value === undefined
          ? tree.scalar(mapping.node, null, 'absent', keyStart + name.length, keyStart + name.length)
          : read(tree, value, mapping.node, shift, depth + 1);
      mapping.add(key, child);
    }
    return mapping.node;
  }
  if (json.type === 'array') {
    const sequence = tree.sequence(parent, true, start, end);
    if (!tree.mayDescend(depth, start, end)) return sequence.node;
    for (const child of children) sequence.add(read(tree, child, sequence.node, shift, depth + 1));
    return sequence.node;
  }
  const value: unknown = json.value;
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return tree.scalar(parent, scalar, json.type === 'string' ? 'double' : 'plain', start, end);
}

/** Strict JSON allows no comma before a closing bracket; the comma that ends a block stands before its frame. */
function strictCommas(tree: TreeBuilder, text: string, shift: number, kind: RawBlock['kind']): void {
  if (kind === 'list') return;
  const frame = kind === 'whole' ? text.length : text.length - 1;
  for (const match of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|,(?=\s*[}\]])/g)) {
    const start = match.index - shift;
    if (match[0] !== ',' || /^,\s*$/.test(text.slice(match.index, frame))) continue;
    tree.problem('trailing-comma', 'No comma may stand before a closing bracket in a .json file', start, start + 1);
  }
}
