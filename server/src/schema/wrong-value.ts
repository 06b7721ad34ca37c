import type { ErrorObject } from 'ajv';
import { type Fix, replaceScalar } from '../document/edit.ts';
import { type Node, placeOf, type Scalar, type ScalarValue, type Span } from '../document/node.ts';
import { isPlaceholder } from '../document/placeholder.ts';
import type { Schema } from './lookup.ts';
import { nearest } from './nearest.ts';
import type { SchemaProblem } from './problem.ts';

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a mapping of keys',
  null: '`null`',
};

/** A value of another type than its setting has. `name` is the setting's, `fallback` its key. */
export function typeProblem(
  node: Node,
  fallback: Span,
  name: string,
  schema: Schema | undefined,
  error?: ErrorObject,
): SchemaProblem {
  const wanted: unknown = error?.params.type ?? schema?.type;
  const types = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
  const expected = types.map((type) => words[type] ?? type).join(' or ');
  const source = node.block.text.slice(node.start, node.end);
  const isBare = node.kind !== 'scalar' && isPlaceholder(source, node.block.placeholders);
  const fix = isBare ? quoteFix(node) : node.kind === 'scalar' ? typeFix(node, types) : undefined;
  const message = isBare
    ? `${name} holds a placeholder that needs quotes; without them YAML takes it for ${describe(node)}`
    : isEmpty(node)
      ? `${name} is empty; it must be ${expected}`
      : `${name} must be ${expected}, not ${describe(node)}`;
  return { code: 'type', message, at: placeOf(node, fallback), node, fix };
}

function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function describe(node: Node): string {
  if (node.kind === 'mapping') return 'a mapping of keys';
  if (node.kind === 'sequence') return 'a list';
  if (node.value === null) return 'empty';
  if (typeof node.value === 'string') return 'text';
  if (typeof node.value === 'boolean') return '`true` or `false`';
  return Number.isInteger(node.value) ? 'a number' : `${node.value}`;
}

/** The words that YAML 1.1 and people use for true and false are text in YAML 1.2; a number in quotes is text too. */
function typeFix(node: Scalar, types: readonly string[]): Fix | undefined {
  const text = typeof node.value === 'string' ? node.value.trim().toLowerCase() : undefined;
  let value: ScalarValue | undefined;
  if (types.includes('boolean') && text !== undefined) {
    if (['yes', 'on', 'true', '1'].includes(text)) value = true;
    else if (['no', 'off', 'false', '0'].includes(text)) value = false;
  } else if (types.includes('integer') && text !== undefined && /^\d{1,9}$/.test(text)) value = Number(text);
  else if (types.length === 1 && types[0] === 'string' && node.value !== null && text === undefined)
    return quoteFix(node);
  return value === undefined ? undefined : changeFix(node, value);
}

function quoteFix({ block, start, end }: Node): Fix {
  const text = JSON.stringify(block.text.slice(start, end));
  return { title: 'Put it in quotes', kind: 'safe', edits: () => [{ block, start, end, text }] };
}

function changeFix(node: Scalar, value: ScalarValue): Fix {
  return { title: `Change to \`${value}\``, kind: 'safe', edits: (format) => replaceScalar(format, node, value) };
}

/** A value that is none of those its setting may have. */
export function valueProblem(
  node: Node,
  fallback: Span,
  name: string,
  schema: Schema | undefined,
  error: ErrorObject,
): SchemaProblem {
  const allowed: readonly ScalarValue[] = error.params.allowedValues ?? [error.params.allowedValue];
  const texts = [...new Set(allowed.map(String))];
  const shown = node.kind === 'scalar' && node.value !== null ? `\`${node.value}\`` : describe(node);
  const isOtherType = node.kind === 'scalar' && texts.includes(String(node.value));
  const must = mustBe(texts, schema);
  const message = isOtherType
    ? `${name} must be the ${typeof allowed[0]} \`${node.value}\`, not ${describe(node)}`
    : isEmpty(node)
      ? `${name} is empty; it must ${must}`
      : `${name} must ${must}, not ${shown}`;
  return { code: 'value', message, at: placeOf(node, fallback), node, fix: valueFix(node, allowed) };
}

/** Most allowed values that a message lists; where there are more, it says what they are. */
const listed = 12;

function mustBe(texts: readonly string[], schema: Schema | undefined): string {
  if (texts.length === 1) return `be \`${texts[0]}\``;
  if (texts.length <= listed || schema?.title === undefined) return `be one of ${texts.join(', ')}`;
  return `be the ${schema.title.charAt(0).toLowerCase()}${schema.title.slice(1)}`;
}

/** The allowed value that is meant. Of numbers none is: `2010` means neither 2013 nor 2016. */
function valueFix(node: Node, allowed: readonly ScalarValue[]): Fix | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const text = String(node.value);
  const same = allowed.find((value) => String(value) === text);
  if (same !== undefined) return changeFix(node, same);
  const meant = /\d/.test(text) ? undefined : nearest(text, allowed.map(String));
  return meant === undefined ? undefined : changeFix(node, meant);
}
