import type { ErrorObject } from 'ajv';
import type { Document } from '../document/document.ts';
import { type Fix, renameKey, replaceScalar } from '../document/edit.ts';
import type { Block, Mapping, Node, Pair, Scalar, ScalarValue, Span } from '../document/node.ts';
import { pairOf } from '../document/node.ts';
import { holdsPlaceholder } from '../document/placeholder.ts';
import { pointerOf } from '../document/places.ts';
import { keysAt, schemaAt } from './lookup.ts';
import { nearest } from './nearest.ts';
import * as validators from './validators.generated.mjs';

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

type Part = {
  readonly validator: string;
  readonly path: readonly string[];
  readonly node: Node;
  readonly key: Scalar | undefined;
};

const cache = new WeakMap<Block, readonly SchemaProblem[]>();

/** Everything the schema finds in a document. A block that did not change is not validated again. */
export function validate(document: Document): readonly SchemaProblem[] {
  const { root } = document;
  if (root.kind !== 'mapping') {
    if (document.problems.length > 0) return [];
    return [typeProblem(root, root, 'The file', schemaAt([]), undefined)];
  }
  const problems = check({ validator: 'root', path: [], node: root, key: undefined }, shallow);
  for (const block of document.blocks) {
    if (block.node === undefined) continue;
    let found = cache.get(block);
    if (found === undefined) {
      found = partsOf(document, block).flatMap((part) => check(part, toData));
      cache.set(block, found);
    }
    problems.push(...found);
  }
  return problems;
}

/** The parts of a block that have a validator of their own. */
function partsOf(document: Document, block: Block): readonly Part[] {
  const { node, kind } = block;
  if (node === undefined) return [];
  if (kind === 'item') {
    const list = pointerOf(document, node).split('/')[1] ?? '';
    return [{ validator: `item_${list}`, path: [list, '0'], node, key: undefined }];
  }
  if (node.kind !== 'mapping') return [];
  return node.pairs.map(({ key, value }) => {
    const name = String(key.value);
    const validator = `${kind === 'list' ? 'list' : 'entry'}_${name.replace('$', '')}`;
    const empty: Node = { ...value, kind: 'sequence', items: [], flow: false, parent: undefined };
    return { validator, path: [name], node: kind === 'list' ? empty : value, key };
  });
}

function check(part: Part, data: (node: Node) => unknown): SchemaProblem[] {
  const validator = (validators as Readonly<Record<string, unknown>>)[part.validator];
  if (typeof validator !== 'function') return [];
  const run = validator as ((data: unknown) => boolean) & { errors?: ErrorObject[] | null };
  if (run(data(part.node))) return [];
  return (run.errors ?? []).flatMap((error) => {
    const problem = problemOf(part, error);
    return problem === undefined ? [] : [problem];
  });
}

/** A node as plain data. Maps have no prototype: a key such as `__proto__` is a key like any other. */
function toData(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(toData);
  const data: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.pairs) data[String(key.value)] = toData(value);
  return data;
}

function shallow(node: Node): unknown {
  const data: Record<string, unknown> = Object.create(null);
  if (node.kind === 'mapping') for (const { key } of node.pairs) data[String(key.value)] = true;
  return data;
}

function problemOf(part: Part, error: ErrorObject): SchemaProblem | undefined {
  const path = error.instancePath.split('/').slice(1).map(unescapeSegment);
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

function unescapeSegment(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
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

function typeProblem(
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
