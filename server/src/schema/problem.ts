import type { ErrorObject } from 'ajv';
import { type Fix, renameKey, replaceScalar } from '../document/edit.ts';
import {
  type Mapping,
  type Node,
  type Pair,
  pairOf,
  type Scalar,
  type ScalarValue,
  type Span,
} from '../document/node.ts';
import { holdsPlaceholder } from '../document/placeholder.ts';
import { keysAt, schemaAt } from './lookup.ts';
import { nearest } from './nearest.ts';

/** What the schema says against a file: types, enumerations, unknown and missing keys. */
export interface SchemaProblem {
  /** Without the `schema/` prefix. */
  readonly code: 'unknown-key' | 'missing-key' | 'type' | 'value';
  readonly message: string;
  readonly at: Span;
  /** The node whose pointer names the place. */
  readonly node: Node;
  readonly fix: Fix | undefined;
}

/** A part of a file that has a validator of its own. */
export interface Part {
  readonly validator: string;
  readonly path: readonly string[];
  readonly node: Node;
  readonly key: Scalar | undefined;
}

/** What an error of ajv means for people, and where it stands; undefined where a placeholder may make it right. */
export function problemOf(part: Part, error: ErrorObject): SchemaProblem | undefined {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  const place = follow(part, path);
  if (place === undefined) return undefined;
  const { node, key } = place;
  const fullPath = [...part.path, ...path];
  if (error.keyword === 'additionalProperties' && node.kind === 'mapping') {
    return unknownKey(node, String(error.params.additionalProperty), fullPath);
  }
  if (error.keyword === 'required' && node.kind === 'mapping') {
    return missingKey(node, key, String(error.params.missingProperty));
  }
  if (node.kind === 'scalar' && holdsPlaceholder(node.value)) return undefined;
  const name = `\`${fullPath.findLast((segment) => !/^\d+$/.test(segment)) ?? ''}\``;
  if (error.keyword === 'type') return typeProblem(node, key ?? node, name, schemaAt(fullPath), error);
  if (error.keyword === 'enum' || error.keyword === 'const') return valueProblem(node, key ?? node, name, error);
  return undefined;
}

function follow(part: Part, path: readonly string[]): { node: Node; key: Scalar | undefined } | undefined {
  let { node, key }: { node: Node; key: Scalar | undefined } = part;
  for (const segment of path) {
    let next: Node | undefined;
    if (node.kind === 'sequence') {
      next = node.items[Number(segment)];
      key = undefined;
    } else if (node.kind === 'mapping') {
      const pair = pairOf(node, segment);
      next = pair?.value;
      key = pair?.key;
    }
    if (next === undefined) return undefined;
    node = next;
  }
  return { node, key };
}

function unknownKey(mapping: Mapping, name: string, path: readonly string[]): SchemaProblem | undefined {
  const pair = mapping.pairs.find(({ key }) => String(key.value) === name);
  if (pair === undefined) return undefined;
  const free = keysAt(path).filter((key) => pairOf(mapping, key) === undefined);
  const meant = nearest(name, free);
  const holder = path.findLast((segment) => !/^\d+$/.test(segment));
  const where = holder === undefined ? 'farm-email files' : `\`${holder}\``;
  return {
    code: 'unknown-key',
    message: `\`${name}\` is not a setting of ${where}${meant === undefined ? '' : `; \`${meant}\` is`}`,
    at: pair.key,
    node: pair.value,
    fix: meant === undefined ? undefined : renameFix(pair, meant),
  };
}

function renameFix({ key }: Pair, name: string): Fix {
  return { title: `Change to \`${name}\``, kind: 'safe', edits: (format) => renameKey(format, key, name) };
}

/** What is absent is reported on the name of the thing that lacks it: its `name`, the key it stands under, or its first key. */
function missingKey(mapping: Mapping, key: Scalar | undefined, missing: string): SchemaProblem {
  const name = pairOf(mapping, 'name')?.value;
  const at = key ?? (name?.kind === 'scalar' && name.style !== 'absent' ? name : mapping.pairs[0]?.key) ?? mapping;
  return {
    code: 'missing-key',
    message: `\`${missing}\` is missing here and is required`,
    at,
    node: mapping,
    fix: undefined,
  };
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a mapping of keys',
  null: '`null`',
};

export function typeProblem(
  node: Node,
  fallback: Span,
  name: string,
  schema: { readonly type?: string | readonly string[] } | undefined,
  error: ErrorObject | undefined,
): SchemaProblem {
  const wanted: unknown = error?.params.type ?? schema?.type;
  const types = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
  const expected = types.map((type) => words[type] ?? type).join(' or ');
  return {
    code: 'type',
    message: `${name} must be ${expected}, not ${describe(node)}`,
    at: placeOf(node, fallback),
    node,
    fix: node.kind === 'scalar' ? typeFix(node, types) : undefined,
  };
}

function describe(node: Node): string {
  if (node.kind === 'mapping') return 'a mapping of keys';
  if (node.kind === 'sequence') return 'a list';
  if (node.value === null) return 'empty';
  if (typeof node.value === 'string') return 'text';
  return typeof node.value === 'number' ? 'a number' : '`true` or `false`';
}

/** The words that YAML 1.1 and people use for true and false are text in YAML 1.2; a number in quotes is text too. */
function typeFix(node: Scalar, types: readonly string[]): Fix | undefined {
  const text = typeof node.value === 'string' ? node.value.trim().toLowerCase() : undefined;
  let value: ScalarValue | undefined;
  if (types.includes('boolean') && text !== undefined) {
    if (['yes', 'on', 'true', '1'].includes(text)) value = true;
    else if (['no', 'off', 'false', '0'].includes(text)) value = false;
  } else if (types.includes('integer') && text !== undefined && /^\d{1,9}$/.test(text)) value = Number(text);
  else if (types.includes('string') && (typeof node.value === 'number' || typeof node.value === 'boolean')) {
    const quoted = node.block.text.slice(node.start, node.end);
    return {
      title: 'Put it in quotes',
      kind: 'safe',
      edits: () => [{ block: node.block, start: node.start, end: node.end, text: `"${quoted}"` }],
    };
  }
  if (value === undefined) return undefined;
  const plain: Scalar = { ...node, style: 'plain' };
  return { title: `Change to \`${value}\``, kind: 'safe', edits: (format) => replaceScalar(format, plain, value) };
}

function valueProblem(node: Node, fallback: Span, name: string, error: ErrorObject): SchemaProblem {
  const allowed: readonly ScalarValue[] = error.params.allowedValues ?? [error.params.allowedValue];
  const texts = [...new Set(allowed.map(String))];
  const shown = node.kind === 'scalar' && node.value !== null ? `\`${node.value}\`` : describe(node);
  const message =
    texts.length === 1
      ? `${name} must be \`${texts[0]}\`, not ${shown}`
      : `${name} must be one of ${texts.join(', ')}, not ${shown}`;
  const meant = node.kind === 'scalar' && node.value !== null ? nearest(String(node.value), texts) : undefined;
  const fix: Fix | undefined =
    meant === undefined || node.kind !== 'scalar'
      ? undefined
      : { title: `Change to \`${meant}\``, kind: 'safe', edits: (format) => replaceScalar(format, node, meant) };
  return { code: 'value', message, at: placeOf(node, fallback), node, fix };
}

/** A scalar is underlined itself; of a mapping, a list or nothing at all, the key is. */
function placeOf(node: Node, key: Span): Span {
  return node.kind === 'scalar' && node.style !== 'absent' ? node : key;
}
