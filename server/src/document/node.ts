/**
 * The node tree that YAML and JSON are read into. Offsets count UTF-16 code units from the start of the node's block,
 * so a block that an edit did not touch keeps its nodes; only `Document` knows absolute places.
 */

import type { Placeholders } from './placeholder.ts';

/** A run of the text that is read on its own: a top-level entry, one item of a top-level list, or what stands between. */
export interface Block {
  readonly text: string;
  /** The offsets at which its lines start; the first is 0. */
  readonly lines: readonly number[];
  /** What it holds: `entry` a top-level key with its value, `list` the key of a list whose items are blocks of their own, `item` one of those, `whole` a document that cannot be divided, `trivia` text without data. */
  readonly kind: 'entry' | 'list' | 'item' | 'whole' | 'trivia';
  /** The key of the list that an item belongs to; empty for every other kind. */
  readonly list: string;
  /** The root of what it holds: for `entry` and `list` a mapping with one pair, for `item` the item. */
  readonly node: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** Its comments in file order, each with its mark; one between slash and star may span lines. */
  readonly comments: readonly Span[];
  /** Values of YAML that hold an unquoted `#{…}`: read as they are meant, though YAML takes that for a comment. */
  readonly unquotedPlaceholders: readonly Scalar[];
  /** What counts as a placeholder in it besides the built-in forms. */
  readonly placeholders: Placeholders;
}

/** A place in the text, relative to a block. `end` is exclusive. */
export interface Span {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
}

export type ScalarValue = string | number | boolean | null;

interface NodeBase extends Span {
  /** The mapping or sequence that holds this node; undefined at the root of a block. */
  readonly parent: Mapping | Sequence | undefined;
}

export interface Scalar extends NodeBase {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  /** How it is written; `absent` where nothing is written at all, as after `key:`. */
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'absent';
}

export interface Pair {
  readonly key: Scalar;
  readonly value: Node;
  /** True where the pair comes from a merge key (`<<`) and stands elsewhere. */
  readonly merged: boolean;
}

export interface Mapping extends NodeBase {
  readonly kind: 'mapping';
  /** In file order, duplicates left out (each is a syntax problem). */
  readonly pairs: readonly Pair[];
  readonly flow: boolean;
}

export interface Sequence extends NodeBase {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
  readonly flow: boolean;
}

export type Node = Scalar | Mapping | Sequence;

export interface SyntaxProblem extends Span {
  /** Without the `syntax/` prefix, for example `duplicate-key`. */
  readonly code: string;
  readonly message: string;
}

/** What is underlined of a value: a scalar itself; of a mapping, a list or nothing at all, the key where there is one. */
export function placeOf(node: Node, key: Span | undefined): Span {
  return (node.kind === 'scalar' && node.style !== 'absent') || key === undefined ? node : key;
}

/** The pair of `mapping` whose key is `key`. */
export function pairOf(mapping: Mapping, key: string): Pair | undefined {
  return mapping.pairs.find((pair) => pair.key.value === key);
}
