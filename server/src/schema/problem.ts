import type { ErrorObject } from 'ajv';
import { type Fix, renameKey } from '../document/edit.ts';
import { type Mapping, type Node, type Pair, pairOf, type Scalar, type Span } from '../document/node.ts';
import { holdsPlaceholder } from '../document/placeholder.ts';
import { keysAt, schemaAt } from './lookup.ts';
import { nearest } from './nearest.ts';
import type { Shape } from './shape.ts';
import { typeProblem, valueProblem } from './wrong-value.ts';

/** What the schema can say against a file, without the `schema/` prefix of its findings. */
export const schemaCodes = ['missing-key', 'type', 'unknown-key', 'value'] as const;

/** What the schema says against a file: types, enumerations, unknown and missing keys. */
export interface SchemaProblem {
  readonly code: (typeof schemaCodes)[number];
  readonly message: string;
  readonly at: Span;
  /** The node whose pointer names the place. */
  readonly node: Node;
  readonly fix: Fix | undefined;
}

/** A part of a file that has a validator of its own. */
export interface Part {
  readonly shape: Shape;
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
  const { shape } = part;
  if (error.keyword === 'additionalProperties' && node.kind === 'mapping') {
    return unknownKey(
      unknownKeysOf(node, fullPath, shape),
      String(error.params.additionalProperty),
      shape.keyName(fullPath),
    );
  }
  if (error.keyword === 'required' && node.kind === 'mapping') {
    const missing = String(error.params.missingProperty);
    // A misspelt key is reported as that.
    return unknownKeysOf(node, fullPath, shape).taken.has(missing) ? undefined : missingKey(node, key, missing);
  }
  if (shape.hasPlaceholders && holdsPlaceholder(node)) return undefined;
  const name = nameOf(fullPath);
  const schema = schemaAt(fullPath, shape.schema);
  if (error.keyword === 'type') return typeProblem(node, key ?? node, name, schema, error);
  if (error.keyword === 'enum' || error.keyword === 'const')
    return valueProblem(node, key ?? node, name, schema, error);
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

/** What a path leads to, in words: `smtpPort`, or an item of `servers`. */
function nameOf(path: readonly string[]): string {
  const key = path.findLast((segment) => !/^\d+$/.test(segment)) ?? '';
  return /^\d+$/.test(path.at(-1) ?? '') ? `An item of \`${key}\`` : `\`${key}\``;
}

/** The keys of a mapping that the schema does not know, and which known one each of them means. */
interface UnknownKeys {
  readonly pairs: ReadonlyMap<string, { readonly pair: Pair; readonly meant: string | undefined }>;
  /** Known keys that an unknown one means. Each is offered once: two fixes must not write the same key. */
  readonly taken: ReadonlySet<string>;
}

/** Most unknown keys of one mapping that are looked at. */
const unknownLimit = 100;

const unknownKeys = new WeakMap<Mapping, UnknownKeys>();

function unknownKeysOf(mapping: Mapping, path: readonly string[], { schema }: Shape): UnknownKeys {
  let found = unknownKeys.get(mapping);
  if (found === undefined) {
    const stated = new Set(mapping.pairs.map(({ key }) => String(key.value)));
    const known = keysAt(path, schema);
    const free = known.filter((key) => !stated.has(key));
    const pairs = new Map<string, { pair: Pair; meant: string | undefined }>();
    const taken = new Set<string>();
    for (const pair of mapping.pairs) {
      const name = String(pair.key.value);
      if (known.includes(name)) continue;
      const near = nearest(name, free);
      const meant = near === undefined || taken.has(near) ? undefined : near;
      if (meant !== undefined) taken.add(meant);
      pairs.set(name, { pair, meant });
      if (pairs.size === unknownLimit) break;
    }
    found = { pairs, taken };
    unknownKeys.set(mapping, found);
  }
  return found;
}

function unknownKey({ pairs }: UnknownKeys, name: string, wanted: string): SchemaProblem | undefined {
  const found = pairs.get(name);
  if (found === undefined) return undefined;
  const { pair, meant } = found;
  return {
    code: 'unknown-key',
    message: `\`${name}\` is not ${wanted}${meant === undefined ? '' : `; \`${meant}\` is`}`,
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
