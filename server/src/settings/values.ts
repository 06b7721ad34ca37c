import { type Mapping, type Node, pairOf } from '../document/node.ts';
import { holdsPlaceholder } from '../document/placeholder.ts';
import type { SecretReference, Stated } from './model.ts';
import { secretReference } from './secret-reference.ts';

/** The mapping under a key. */
export function mappingAt(mapping: Mapping, key: string): Stated<Mapping> | undefined {
  const pair = pairOf(mapping, key);
  return pair?.value.kind === 'mapping' ? { value: pair.value, node: pair.value, key: pair.key } : undefined;
}

export function textAt(mapping: Mapping, key: string): Stated<string> | undefined {
  const pair = pairOf(mapping, key);
  return pair === undefined ? undefined : text(pair.value, pair.key);
}

export function textsAt(mapping: Mapping, key: string): readonly Stated<string>[] | undefined {
  return itemsAt(mapping, key)?.flatMap((item) => text(item, undefined) ?? []);
}

export function itemsAt(mapping: Mapping, key: string): readonly Node[] | undefined {
  const value = pairOf(mapping, key)?.value;
  return value?.kind === 'sequence' ? value.items : undefined;
}

/** A value of one of the given types; a placeholder may stand for any of them. */
export function valueAt<T extends string | number | boolean | null>(
  mapping: Mapping,
  key: string,
  is: (value: unknown) => value is T,
): Stated<T> | undefined {
  const pair = pairOf(mapping, key);
  if (pair?.value.kind !== 'scalar' || pair.value.style === 'absent') return undefined;
  const { value } = pair.value;
  if (holdsPlaceholder(value)) return { value: undefined, node: pair.value, key: pair.key };
  return is(value) ? { value, node: pair.value, key: pair.key } : undefined;
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
export const isTextOrNumber = (value: unknown): value is string | number => isText(value) || isNumber(value);
export const isTextOrNull = (value: unknown): value is string | null => isText(value) || value === null;

/** A secret's reference; an empty text counts as absent. */
export function secretAt(mapping: Mapping, key: string): Stated<SecretReference> | undefined {
  const pair = pairOf(mapping, key);
  if (pair?.value.kind !== 'scalar' || typeof pair.value.value !== 'string' || pair.value.value === '')
    return undefined;
  return { value: secretReference(pair.value.value), node: pair.value, key: pair.key };
}

function text(node: Node, key: Stated<string>['key']): Stated<string> | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  return { value: holdsPlaceholder(node.value) ? undefined : node.value, node, key };
}
