import type { Analysis } from '../../analysis.ts';
import type { ScalarValue } from '../../document/node.ts';
import { scalarText } from '../../document/written.ts';
import type { ConfigurationFile } from '../../lint/configuration-file.ts';
import { type Schema, schemaAt } from '../../schema/lookup.ts';
import { ruleCompletion } from './comments.ts';
import type { Completion } from './completion.ts';
import { fragmentsOfList } from './fragments.ts';
import { distinct, pieceOf, quotedAs, schemaOf } from './keys.ts';
import { type Piece, pieceWriter, type Style } from './piece.ts';
import type { Place } from './place.ts';
import { type Suggestion, suggestions, usedHere } from './suggestions.ts';

/** What may stand as a value: what this file or SharePoint suggests, then what the schema lists. */
export function valuesAt(analysis: Analysis | ConfigurationFile, place: Place, style: Style): readonly Completion[] {
  const { path, slot } = place;
  const values = likely(analysis, place).map((each) => valueCompletion(each, place, style, slot.lead));
  const piece = newMapping(analysis, path);
  return piece === undefined ? values : [...values, mappingCompletion(analysis, piece, place, style)];
}

/** An item for a list that waits for one, on a line that is still blank. */
export function newItemsAt(analysis: Analysis | ConfigurationFile, place: Place, style: Style): readonly Completion[] {
  const { path, slot } = place;
  const root = schemaOf(analysis);
  const values = likely(analysis, place).map((each) => valueCompletion(each, place, style, '- '));
  const schema = schemaAt(path, root);
  if (schema?.properties === undefined) return values;
  const writer = pieceWriter(style);
  const text = `- ${writer.item(pieceOf(analysis, path), style.column)}`;
  const label = `- ${schema.title?.toLowerCase() ?? 'item'}`;
  const item: Completion = {
    label,
    kind: 'fragment',
    detail: schema.title,
    documentation: schema.description,
    filter: label,
    edit: { start: slot.start, end: slot.end, text },
    isSnippet: style.snippets,
  };
  return [...values, item, ...fragmentsOfList(analysis, path, slot, style)];
}

function likely(analysis: Analysis | ConfigurationFile, { path, list, slot }: Place): readonly Suggestion[] {
  const root = schemaOf(analysis);
  const schema = schemaAt(path, root);
  if (schema === undefined) return [];
  const known = analysis.kind === 'farmEmail' ? suggestions(analysis, path) : [];
  // The word under the cursor is a value of this file, too.
  const own = known.filter(({ value, detail }) => detail !== usedHere || value !== slot.text);
  const listed = [
    ...enumerated(schema),
    ...enumerated(schema.then),
    ...switches(schema),
    ...exampleItems(schema, list),
  ];
  const taken = new Set(list?.items.map((item) => (item.kind === 'scalar' ? item.value : undefined)));
  const all = [...own, ...listed.filter(({ value }) => !own.some((each) => each.value === value))];
  return all.filter(({ value }) => !taken.has(value));
}

function enumerated(schema: Schema | undefined): readonly Suggestion[] {
  const { enum: allowed = [], markdownEnumDescriptions = [] } = schema ?? {};
  return distinct(allowed).map((value) => {
    const documentation = markdownEnumDescriptions[allowed.indexOf(value)];
    return documentation === undefined ? { value } : { value, documentation };
  });
}

function switches({ type, default: otherwise }: Schema): readonly Suggestion[] {
  if (type !== 'boolean') return [];
  return [true, false].map((value) => (value === otherwise ? { value, detail: 'the built-in default' } : { value }));
}

/** Items that the schema gives as examples, where it gives several. */
function exampleItems({ examples = [] }: Schema, list: Place['list']): readonly Suggestion[] {
  if (list === undefined) return [];
  return examples.flatMap((value) => (typeof value === 'string' ? [{ value }] : []));
}

function valueCompletion(
  { value, detail, documentation }: Suggestion,
  { slot, path }: Place,
  style: Style,
  lead: string,
): Completion {
  const text = lead + valueText(value, slot.quote, style) + (slot.needsComma ? ',' : '');
  const edit = { start: slot.start, end: slot.end, text };
  const label = String(value);
  if (path.includes('rules') && typeof value === 'string')
    return { ...ruleCompletion(value, edit, detail), filter: text };
  const filter = style.format === 'yaml' ? quotedAs(slot, style, label) : text;
  return { label, kind: 'value', detail, documentation, filter, edit, isSnippet: false };
}

/** In the quotes under the cursor where it is a text; without them where it would become one. */
function valueText(value: ScalarValue, quote: Place['slot']['quote'], { format, flow }: Style): string {
  const style = quote === '"' ? 'double' : quote === "'" ? 'single' : 'plain';
  return scalarText(format, value, style, flow);
}

/** A mapping that may stand where a word may, such as the login under `authentication`, or in a list of mappings. */
function newMapping(analysis: Analysis | ConfigurationFile, path: readonly string[]): Piece | undefined {
  const schema = schemaAt(path, schemaOf(analysis));
  const isObject = schema?.type === 'object' || schema?.else !== undefined || schema?.properties !== undefined;
  if (!isObject) return undefined;
  const piece = pieceOf(analysis, path);
  return piece.kind === 'mapping' ? piece : undefined;
}

function mappingCompletion(
  analysis: Analysis | ConfigurationFile,
  piece: Piece,
  { path, slot, list, flow }: Place,
  style: Style,
): Completion {
  const schema = schemaAt(path, schemaOf(analysis));
  const isItem = list !== undefined;
  const label =
    isItem || piece.kind !== 'mapping' ? (schema?.title ?? 'item') : piece.entries.map(([key]) => key).join(', ');
  const writer = pieceWriter(style);
  // Behind a key of block style the mapping begins on the next line, one level deeper than the key.
  const isBehind = !isItem && !flow && style.format === 'yaml';
  const text = isBehind
    ? writer.behindColon(piece, columnOfKey(slot.column, path))
    : slot.lead + writer.item(piece, style.column);
  return {
    label,
    kind: 'fragment',
    detail: schema?.title,
    documentation: schema?.description,
    filter: quotedAs(slot, style, label),
    edit: { start: slot.start, end: slot.end, text },
    isSnippet: style.snippets,
  };
}

/** The column of the key that a value stands behind on its line. */
function columnOfKey(column: number, path: readonly string[]): number {
  return Math.max(0, column - `${path.at(-1) ?? ''}: `.length);
}
