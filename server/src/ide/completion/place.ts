import { type Document, editDocument, textOf } from '../../document/document.ts';
import type { Node, Pair, Scalar, ScalarValue, Sequence } from '../../document/node.ts';
import { pathAt } from '../../document/places.ts';
import { writtenPairs } from '../../document/written-pairs.ts';
import { schemaPath } from '../schema-path.ts';
import { type Slot, slotAt } from './slot.ts';

/** Where the cursor stands in the tree that the text would be with a word there. */
export interface Place {
  /** A key, a value (of a key or an item of `list`), or a new item where the line is still blank. */
  readonly kind: 'key' | 'value' | 'newItem';
  /** Of the mapping, of the value, of the item: as `schemaAt` takes it. */
  readonly path: readonly string[];
  /** The other keys of the mapping that a key is to go to. */
  readonly taken: ReadonlySet<ScalarValue>;
  readonly list: Sequence | undefined;
  /** True where brackets are around it. */
  readonly flow: boolean;
  readonly slot: Slot;
}

/** Stands for the word under the cursor while the tree is asked where that is. */
const cursor = 'farmEmailCursor';

/**
 * The places the cursor may be at, read by the reader itself: a word is put there, as a key and as a value, and the block
 * is read once more each time. So anchors, merge keys, flow style and half-typed lines are what they are everywhere else.
 */
export function placesAt(document: Document, offset: number): readonly Place[] {
  const slot = slotAt(document.format, textOf(document), offset);
  const tries = wordings(document, slot).map(([kind, text]) => {
    const edited = editDocument(document, { start: slot.start, end: slot.end, text });
    const at = slot.start + text.indexOf(cursor);
    return { kind, place: placeIn(edited, at, kind, slot), problems: edited.problems.length };
  });
  const least = Math.min(...tries.map(({ problems }) => problems));
  return tries.flatMap(({ place, problems }) => (place === undefined || problems > least ? [] : [place]));
}

function wordings({ format }: Document, slot: Slot): readonly (readonly [Place['kind'], string])[] {
  const { lead, quote, hasColon, isBlankLine } = slot;
  const word = format === 'yaml' ? `${lead}${quote}${cursor}${quote}` : `${lead}"${cursor}"`;
  const comma = slot.needsComma ? ',' : '';
  if (hasColon) return [['key', word]];
  return [
    ['key', `${word}: 0${comma}`],
    ['value', `${word}${comma}`],
    ...(isBlankLine && format === 'yaml' ? [['newItem', `- ${cursor}`] as const] : []),
  ];
}

function placeIn(document: Document, at: number, kind: Place['kind'], slot: Slot): Place | undefined {
  const path = pathAt(document, at);
  const node = path.at(-1);
  if (node === undefined || !('kind' in node) || node.kind !== 'scalar' || node.value !== cursor) return undefined;
  const holder = path.at(-2);
  const pair = holder !== undefined && 'key' in holder ? holder : undefined;
  const isKey = pair?.key === node;
  if (isKey !== (kind === 'key')) return undefined;
  const outer = path.slice(0, -1);
  const flow = isInFlow(node);
  // A value on a line of its own is none, but in brackets or as an item.
  const isItem = holder !== undefined ? isSequence(holder) : node.block.kind === 'item';
  if (kind === 'value' && slot.isFirst && !flow && !isItem) return undefined;
  if (kind === 'newItem' && !isItem) return undefined;
  const keys = schemaPath(isKey ? outer.slice(0, -1) : path);
  return {
    kind,
    path: keys,
    taken: isKey ? keysBeside(document, node) : new Set(),
    list: isItem ? listOf(document, node) : undefined,
    flow,
    slot,
  };
}

function isSequence(part: Node | Pair): boolean {
  return 'kind' in part && part.kind === 'sequence';
}

/** Each top-level entry is a mapping of its own block; its neighbours stand in the root. */
function keysBeside({ root }: Document, key: Scalar): ReadonlySet<ScalarValue> {
  const { parent, block } = key;
  const isTopLevel = parent?.parent === undefined && (block.kind === 'entry' || block.kind === 'list');
  const mapping = isTopLevel ? root : parent;
  // What a merge key brings may be overridden.
  const pairs = mapping?.kind === 'mapping' ? writtenPairs(mapping) : [];
  return new Set(pairs.map((pair) => pair.key.value).filter((each) => each !== cursor));
}

/** The list that an item belongs to; that of an item that is a block is found by its key. */
function listOf({ root }: Document, item: Node): Sequence | undefined {
  if (item.parent?.kind === 'sequence') return item.parent;
  if (item.block.kind !== 'item' || root.kind !== 'mapping') return undefined;
  const list = root.pairs.find(({ key }) => key.value === item.block.list)?.value;
  return list?.kind === 'sequence' ? list : undefined;
}

function isInFlow(node: Node): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (at.flow) return true;
  }
  return false;
}
