import type { Analysis } from '../../analysis.ts';
import type { ScalarValue } from '../../document/node.ts';
import { scalarText } from '../../document/written.ts';
import type { ConfigurationFile } from '../../lint/configuration-file.ts';
import { configurationShape } from '../../schema/configuration.ts';
import { farmEmailSchema, keysAt, objectAt, type Schema, schemaAt } from '../../schema/lookup.ts';
import type { Completion } from './completion.ts';
import { fragmentsAt } from './fragments.ts';
import { list, mapping, type Piece, pieceWriter, type Style, stop } from './piece.ts';
import type { Place } from './place.ts';
import type { Slot } from './slot.ts';
import { suggestions } from './suggestions.ts';

/** The keys that may be added to a mapping: those it does not have, in the schema's order. */
export function keysAtPlace(
  analysis: Analysis | ConfigurationFile,
  { path, taken, slot }: Place,
  style: Style,
): readonly Completion[] {
  const root = schemaOf(analysis);
  const keys = keysAt(path, root).filter((key) => !taken.has(key));
  // At the root of a file `$schema` is the last thing anybody looks for.
  const ordered = [...keys.filter((key) => !key.startsWith('$')), ...keys.filter((key) => key.startsWith('$'))];
  const required = new Set(objectAt(path, root)?.required ?? []);
  const found = ordered.map((key): Completion => {
    const at = [...path, key];
    const schema = schemaAt(at, root);
    const isRule = analysis.kind === 'configuration' && path.length === 1 && path[0] === 'rules';
    return {
      label: key,
      kind: isRule ? 'rule' : 'key',
      detail: required.has(key) ? `${schema?.title ?? ''} (required)` : schema?.title,
      documentation: documentationOf(schema),
      filter: quotedAs(slot, style, key),
      edit: { start: slot.start, end: slot.end, text: entryText(analysis, at, slot, style) },
      isSnippet: style.snippets && !slot.hasColon,
    };
  });
  if (slot.hasColon) return found;
  const fragments = fragmentsAt(analysis, path, taken, slot, style);
  // In an empty file the whole of it is likelier than its first key.
  return path.length === 0 ? [...fragments, ...found] : [...found, ...fragments];
}

/** The schema of a file. */
export function schemaOf({ kind }: Analysis | ConfigurationFile): Schema {
  return kind === 'configuration' ? configurationShape.schema : farmEmailSchema;
}

export function documentationOf(schema: Schema | undefined): string | undefined {
  if (schema?.description === undefined) return undefined;
  const otherwise = schema.default === undefined ? '' : `\n\nWhere it is absent: \`${String(schema.default)}\``;
  return schema.description + otherwise;
}

/** How a word is written in the quotes under the cursor; in JSON all text is quoted. */
export function quotedAs({ quote, lead }: Slot, { format }: Style, word: string): string {
  if (format !== 'yaml') return JSON.stringify(word);
  return `${lead}${quote}${word}`;
}

function entryText(analysis: Analysis | ConfigurationFile, path: readonly string[], slot: Slot, style: Style): string {
  const key = path.at(-1) ?? '';
  const quoting = slot.quote === '"' ? 'double' : slot.quote === "'" ? 'single' : 'plain';
  const written = scalarText(style.format, key, quoting, style.flow);
  if (slot.hasColon) return slot.lead + written;
  const writer = pieceWriter(style);
  const escaped = style.snippets ? written.replace(/[\\$}]/g, '\\$&') : written;
  const value = writer.behindColon(pieceOf(analysis, path), style.column);
  return `${slot.lead}${escaped}:${value}${slot.needsComma ? ',' : ''}`;
}

/** What a new value of a key begins with: its required keys, or a stop with what is likely. */
export function pieceOf(analysis: Analysis | ConfigurationFile, path: readonly string[]): Piece {
  const root = schemaOf(analysis);
  const schema = schemaAt(path, root);
  const known = analysis.kind === 'farmEmail' ? suggestions(analysis, path) : [];
  const values = known.map(({ value }) => value).slice(0, 8);
  if (values.length > 0) return stop(...values);
  if (schema?.enum !== undefined) return stop(...distinct(schema.enum).slice(0, 8));
  if (schema?.type === 'boolean') return schema.default === true ? stop(true, false) : stop(...inOrder(schema));
  if (schema?.items !== undefined) return list(pieceOf(analysis, [...path, '0']));
  const object = objectAt(path, root);
  if (object?.properties !== undefined && schema?.type !== 'string') {
    return objectPiece(analysis, path, object, schema?.examples?.find(isObject));
  }
  return schema?.type === 'integer' ? { kind: 'stop', values: [], isText: false } : stop();
}

/** True first: whoever writes a switch down mostly wants it on. */
function inOrder({ examples }: Schema): readonly boolean[] {
  return examples?.[0] === false ? [false, true] : [true, false];
}

/** The keys that a new mapping must have; where it need have none, those of the schema's example. */
function objectPiece(
  analysis: Analysis | ConfigurationFile,
  path: readonly string[],
  { required = [], properties = {} }: Schema,
  example: Readonly<Record<string, unknown>> = {},
): Piece {
  const usual = Object.keys(example);
  const keys = required.length > 0 ? required : usual.length > 0 ? usual : Object.keys(properties).slice(0, 1);
  return mapping(
    Object.fromEntries(
      keys.map((key) => {
        const word = example[key];
        // A word may stand where a mapping may, too: `authentication: anonymous`.
        const isWord = typeof word === 'string' && properties[key]?.else !== undefined;
        return [key, isWord ? stop(word) : pieceOf(analysis, [...path, key])];
      }),
    ),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number and the text of its digits mean the same; the first of them counts. */
export function distinct(values: readonly ScalarValue[]): readonly ScalarValue[] {
  return values.filter((value, i) => values.findIndex((each) => String(each) === String(value)) === i);
}
