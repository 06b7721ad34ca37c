import type { Document } from './document.ts';
import type { Mapping, Node, Pair, Sequence } from './node.ts';
import { type Offsets, offsetsOf } from './places.ts';

/*
 * A document as it is written, for whoever shows its text: what an alias or a merge key brings stands elsewhere and is left
 * out. Places are those of the whole text, because a top-level list reaches over blocks.
 */

/** The pairs that are written in a mapping. */
export function writtenPairs(mapping: Mapping): readonly Pair[] {
  return mapping.pairs.filter(({ merged }) => !merged);
}

/** The items that are written in a list. */
export function writtenItems(list: Sequence): readonly Node[] {
  return list.items.filter((item) => item.parent === list || item.block.kind === 'item');
}

/** The value of a pair where it is written behind its key. */
export function writtenValue({ key, value }: Pair): Node | undefined {
  // A list whose items are blocks stands where its key stands.
  const isDivided = value.kind === 'sequence' && value.start === key.start;
  return value.block === key.block && (isDivided || value.start >= key.end) ? value : undefined;
}

/** From the key of a pair to the end of what is written for it. */
export function extentOfPair(document: Document, pair: Pair): Offsets {
  const key = offsetsOf(document, pair.key);
  const value = writtenValue(pair);
  return { start: key.start, end: value === undefined ? key.end : Math.max(key.end, extentOf(document, value).end) };
}

/** Where a node is written, with all that is written in it. */
export function extentOf(document: Document, node: Node): Offsets {
  const own = offsetsOf(document, node);
  const last = lastWithin(document, node);
  return last === undefined ? own : { start: own.start, end: Math.max(own.end, last.end) };
}

function lastWithin(document: Document, node: Node): Offsets | undefined {
  if (node.kind === 'scalar') return undefined;
  if (node.kind === 'sequence') {
    const item = writtenItems(node).at(-1);
    return item && extentOf(document, item);
  }
  const pair = writtenPairs(node).at(-1);
  return pair && extentOfPair(document, pair);
}
