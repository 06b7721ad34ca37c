import { lastAtOrBelow, lineStartsOf } from '../text/position.ts';
import { limits } from './limits.ts';
import type { Block, Mapping, Node, Pair, Scalar, ScalarValue, Sequence, SyntaxProblem } from './node.ts';
import { builtInOnly } from './placeholder.ts';

type Building<T> = { -readonly [K in keyof T]: T[K] };

/** What both readers build with: nodes of one block, its problems, and the limits. */
export interface TreeBuilder {
  readonly problems: SyntaxProblem[];
  problem(code: string, message: string, start: number, end: number): void;
  scalar(parent: Node | undefined, value: ScalarValue, style: Scalar['style'], start: number, end: number): Scalar;
  mapping(parent: Node | undefined, flow: boolean, start: number, end: number): MappingBuilder;
  sequence(parent: Node | undefined, flow: boolean, start: number, end: number): SequenceBuilder;
  /** False, with a problem, where a node at this depth is not to be read any more. */
  mayDescend(depth: number, start: number, end: number): boolean;
}

export interface MappingBuilder {
  readonly node: Mapping;
  /** Adds a pair; a key that is there already becomes a problem instead. */
  add(key: Scalar, value: Node): void;
  /** Adds a pair of a merge key, unless the key is stated. */
  merge(pair: Pair): void;
}

export interface SequenceBuilder {
  readonly node: Sequence;
  add(item: Node): void;
}

export function treeBuilder(block: Block): TreeBuilder {
  const problems: SyntaxProblem[] = [];
  let nodes = 0;
  let stopped = false;

  const asParent = (parent: Node | undefined): Mapping | Sequence | undefined =>
    parent === undefined || parent.kind === 'scalar' ? undefined : parent;

  const builder: TreeBuilder = {
    problems,
    problem: (code, message, start, end) => problems.push({ code, message, block, start, end }),
    scalar(parent, value, style, start, end) {
      nodes++;
      return { kind: 'scalar', value, style, block, start, end, parent: asParent(parent) };
    },
    mapping(parent, flow, start, end) {
      nodes++;
      const pairs: Pair[] = [];
      const keys = new Map<ScalarValue, Pair>();
      const node: Mapping = { kind: 'mapping', pairs, flow, block, start, end, parent: asParent(parent) };
      return {
        node,
        add(key, value) {
          const earlier = keys.get(key.value);
          if (earlier !== undefined && !earlier.merged) {
            builder.problem(
              'duplicate-key',
              `\`${key.value}\` stands here twice; only one of the two can count`,
              key.start,
              key.end,
            );
            return;
          }
          const pair: Pair = { key, value, merged: false };
          if (earlier !== undefined) pairs.splice(pairs.indexOf(earlier), 1);
          keys.set(key.value, pair);
          pairs.push(pair);
        },
        merge(pair) {
          if (keys.has(pair.key.value)) return;
          keys.set(pair.key.value, pair);
          pairs.push(pair);
        },
      };
    },
    sequence(parent, flow, start, end) {
      nodes++;
      const items: Node[] = [];
      const node: Sequence = { kind: 'sequence', items, flow, block, start, end, parent: asParent(parent) };
      return { node, add: (item) => items.push(item) };
    },
    mayDescend(depth, start, end) {
      if (stopped) return false;
      if (depth <= limits.depth && nodes < limits.nodes) return true;
      stopped = true;
      const what =
        depth > limits.depth ? `nested more than ${limits.depth} deep` : `of more than ${limits.nodes} values`;
      builder.problem('too-large', `What follows is not read: the file is ${what}`, start, end);
      return false;
    },
  };
  return builder;
}

/** Codes of problems that end the reading of a file: they stand alone. */
const fatal: readonly string[] = ['too-large', 'too-many-aliases'];

export function fatalProblem(problems: readonly SyntaxProblem[]): SyntaxProblem | undefined {
  return problems.find(({ code }) => fatal.includes(code));
}

/** The problems to show: a fatal one alone, else the first of each line, at most 100. */
export function problemsToShow({ lines }: Block, problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  const ending = fatalProblem(problems);
  if (ending !== undefined) return [ending];
  const firsts = new Map<number, SyntaxProblem>();
  for (const problem of [...problems].sort((a, b) => a.start - b.start)) {
    const line = lastAtOrBelow(lines, problem.start);
    if (!firsts.has(line)) firsts.set(line, problem);
  }
  return [...firsts.values()].slice(0, 100);
}

/** A block whose text, root and problems are filled in by its reader. */
export function emptyBlock(kind: Block['kind'], text: string, list = ''): Building<Block> {
  const lines = lineStartsOf(text);
  const node = undefined;
  return {
    kind,
    text,
    list,
    lines,
    node,
    problems: [],
    placeholders: builtInOnly,
    comments: [],
    unquotedPlaceholders: [],
  };
}
