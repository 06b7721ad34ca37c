import type { Document } from '../document/document.ts';
import { type Node, type Pair, pairOf, type Scalar } from '../document/node.ts';
import { type Offsets, offsetsOf } from '../document/places.ts';
import { extentOf, extentOfPair, writtenItems, writtenPairs, writtenValue } from '../document/written-pairs.ts';
import { secretKeys, secretReference } from '../settings/secret-reference.ts';
import { visible } from '../text/visible.ts';

/** A line of the outline. */
export interface OutlineSymbol {
  readonly name: string;
  /** A value, or what tells this item from others; may be empty. */
  readonly detail: string;
  readonly kind: 'mapping' | 'list' | 'text' | 'number' | 'boolean' | 'none';
  /** All of it; that of its children lies within. */
  readonly extent: Offsets;
  /** Its name in the text. */
  readonly at: Offsets;
  readonly children: readonly OutlineSymbol[];
}

/** What items of lists are called by, in this order. */
const names = ['name', 'url', 'host'];

/** The outline of a document. */
export function symbolsOf(document: Document): readonly OutlineSymbol[] {
  return childrenOf(document, document.root);
}

function childrenOf(document: Document, node: Node | undefined): readonly OutlineSymbol[] {
  if (node?.kind === 'mapping') return writtenPairs(node).map((pair) => ofPair(document, pair));
  if (node?.kind !== 'sequence') return [];
  return writtenItems(node).map((item, index) => ofItem(document, item, index));
}

function ofPair(document: Document, pair: Pair): OutlineSymbol {
  const value = writtenValue(pair);
  const key = String(pair.key.value);
  return {
    name: nameable(key),
    detail: value?.kind === 'scalar' ? detailOf(document, key, value) : '',
    kind: kindOf(value),
    extent: extentOfPair(document, pair),
    at: offsetsOf(document, pair.key),
    children: childrenOf(document, value),
  };
}

function ofItem(document: Document, item: Node, index: number): OutlineSymbol {
  const titles = item.kind === 'mapping' ? titlesOf(item) : [];
  const [title, second] = titles;
  const extent = extentOf(document, item);
  const children = childrenOf(document, item);
  const isScalar = item.kind === 'scalar';
  return {
    name: nameable(isScalar ? String(item.value) : title === undefined ? String(index + 1) : String(title.value)),
    detail: second === undefined ? '' : visible(String(second.value)),
    kind: kindOf(item),
    extent,
    at:
      title === undefined
        ? { start: extent.start, end: isScalar ? extent.end : extent.start }
        : offsetsOf(document, title),
    children,
  };
}

/** The values that an item is called by: of a web application its name and its URL, of a mail server its host and kind. */
function titlesOf(item: Node): readonly Scalar[] {
  if (item.kind !== 'mapping') return [];
  return [...names, 'kind'].flatMap((name) => {
    const pair = pairOf(item, name);
    const value = pair === undefined || pair.merged ? undefined : writtenValue(pair);
    return value?.kind === 'scalar' && value.value !== null ? [value] : [];
  });
}

/** A secret shows as its reference alone. */
function detailOf({ placeholders }: Document, key: string, { value }: Scalar): string {
  if (value === null) return '';
  const isLiteral = secretKeys.includes(key) && secretReference(String(value), placeholders).kind === 'literal';
  return isLiteral ? '' : visible(String(value));
}

function kindOf(node: Node | undefined): OutlineSymbol['kind'] {
  if (node === undefined) return 'none';
  if (node.kind !== 'scalar') return node.kind === 'mapping' ? 'mapping' : 'list';
  const { value } = node;
  return typeof value === 'number'
    ? 'number'
    : typeof value === 'boolean'
      ? 'boolean'
      : value === null
        ? 'none'
        : 'text';
}

/** LSP wants a name for every symbol. */
function nameable(text: string): string {
  const shown = visible(text).trim();
  return shown === '' ? '(empty)' : shown;
}
