import { type Analysis, analyse } from '../analysis.ts';
import { appendToList } from '../document/append.ts';
import { textOf } from '../document/document.ts';
import { addPairs, type BlockEdit, replaceScalar } from '../document/edit.ts';
import { type Mapping, type Node, pairOf } from '../document/node.ts';
import { isPlaceholder } from '../document/placeholder.ts';
import { offsetsOf } from '../document/places.ts';
import type { Format } from '../document/split.ts';
import { type Entry, isList, isScalar, type Written, writtenText } from '../document/written.ts';
import { mailServerNamed } from '../settings/mail-servers.ts';
import type { Learned } from '../smtp/learned.ts';
import { applyEdits, type Edit } from '../text/position.ts';

/**
 * The edits that write into `mailServers` what a test showed of a server: a new entry, or the values of the one there is.
 * None where that stands there already, or the file is not plain enough to be edited.
 */
export function recordServer(analysis: Analysis, learned: Learned): readonly Edit[] {
  const { document, surroundings } = analysis;
  const edits = editsFor(analysis, learned);
  if (edits.length === 0) return [];
  const text = applyEdits(textOf(document), edits);
  const after = analyse(document.format, text, surroundings);
  const isRecorded = editsFor(after, learned).length === 0 && mailServerNamed(learned.host, after.settings.common);
  return isRecorded && after.document.problems.length <= document.problems.length ? edits : [];
}

function editsFor({ document, settings }: Analysis, learned: Learned): readonly Edit[] {
  const entries = entriesOf(learned);
  if (entries.length === 0) return [];
  const known = mailServerNamed(learned.host, settings.common);
  if (known === undefined) {
    const added = appendToList(document, 'mailServers', [['host', learned.host], ...entries]);
    return added === undefined ? [] : [added];
  }
  const edits = stateIn(document.format, known.node, entries);
  return edits.map((edit) => ({ ...offsetsOf(document, edit), text: edit.text })).sort((a, b) => a.start - b.start);
}

function entriesOf(learned: Learned): readonly Entry[] {
  const { startTls, authMechanisms, anonymousAccess, relayAllowed, clientCertificates, impersonation } = learned;
  const entries: readonly (readonly [string, Written | undefined])[] = [
    ['startTls', startTls],
    ['authMechanisms', authMechanisms],
    ['anonymousAccess', anonymousAccess],
    ['relay', relayAllowed === undefined ? undefined : { allowed: relayAllowed }],
    ['clientCertificates', clientCertificates],
    ['impersonation', impersonation],
  ];
  return entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}

/** Writes values into a mapping; what else it holds stays. */
function stateIn(format: Format, mapping: Mapping, entries: readonly Entry[]): readonly BlockEdit[] {
  const changed = entries.flatMap(([key, value]) => {
    const pair = pairOf(mapping, key);
    return pair === undefined ? [] : changeOf(format, pair.value, value);
  });
  const missing = entries.filter(([key]) => pairOf(mapping, key) === undefined);
  return [...changed, ...addPairs(format, mapping, missing)];
}

/** None for the same value, for a placeholder, and for a value of another shape. */
function changeOf(format: Format, node: Node, value: Written): readonly BlockEdit[] {
  if (node.kind === 'mapping')
    return isScalar(value) || isList(value) ? [] : stateIn(format, node, Object.entries(value));
  if (node.kind === 'sequence')
    return isList(value) && !isSameList(node.items, value) ? [listEdit(format, node, value)] : [];
  const isTakenOver = typeof node.value === 'string' && isPlaceholder(node.value, node.block.placeholders);
  return isScalar(value) && value !== node.value && !isTakenOver ? replaceScalar(format, node, value) : [];
}

function isSameList(items: readonly Node[], value: readonly unknown[]): boolean {
  const known = items.map((item) => (item.kind === 'scalar' ? item.value : undefined));
  return known.length === value.length && value.every((each, i) => each === known[i]);
}

function listEdit(format: Format, { block, start, end }: Node, value: Written): BlockEdit {
  const written = block.text.slice(start, end).trimEnd().length;
  return { block, start, end: start + written, text: writtenText(format, value, true) };
}
