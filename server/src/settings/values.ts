import { type Mapping, type Node, pairOf } from '../document/node.ts';
import { holdsPlaceholder } from '../document/placeholder.ts';
import type { SecretReference, Stated, StatedList } from './model.ts';
import { secretReference } from './secret-reference.ts';

/** Reads a mapping once, however often it is asked for. */
export function once<T>(read: (node: Mapping) => T): (node: Mapping) => T {
  const known = new WeakMap<Mapping, { readonly value: T }>();
  return (node) => {
    let entry = known.get(node);
    if (entry === undefined) {
      entry = { value: read(node) };
      known.set(node, entry);
    }
    return entry.value;
  };
}

/** The mapping under a key. */
export function mappingAt(mapping: Mapping, key: string): Stated<Mapping> | undefined {
  const pair = pairOf(mapping, key);
  return pair?.value.kind === 'mapping' ? { value: pair.value, node: pair.value, key: pair.key } : undefined;
}

export function textAt(mapping: Mapping, key: string): Stated<string> | undefined {
  const pair = pairOf(mapping, key);
  return pair === undefined ? undefined : text(pair.value, pair.key);
}

/** The items of a list; where a placeholder stands for the whole list, one of which nothing is known. */
export function textsAt(mapping: Mapping, key: string): readonly Stated<string>[] | undefined {
  const pair = pairOf(mapping, key);
  if (pair !== undefined && holdsPlaceholder(pair.value))
    return [{ value: undefined, node: pair.value, key: pair.key }];
  return itemsAt(mapping, key)?.flatMap((item) => text(item, undefined) ?? []);
}

/** A list of texts with the key it stands under; undefined where nothing is stated. */
export function listAt(mapping: Mapping, key: string): StatedList | undefined {
  const pair = pairOf(mapping, key);
  if (pair === undefined || isNothing(pair.value)) return undefined;
  const value = textsAt(mapping, key) ?? [];
  const isKnown = pair.value.kind === 'sequence' && value.every((item) => item.value !== undefined);
  return { value, isKnown, node: pair.value, key: pair.key };
}

export function itemsAt(mapping: Mapping, key: string): readonly Node[] | undefined {
  const value = pairOf(mapping, key)?.value;
  return value?.kind === 'sequence' ? value.items : undefined;
}

/**
 * A value of one of the given types. Where another one stands, or a placeholder, the setting is stated, but nothing is
 * known of its value; where nothing stands it is not stated, unless `null` is a value it can have.
 */
export function valueAt<T extends string | number | boolean | null>(
  mapping: Mapping,
  key: string,
  is: (value: unknown) => value is T,
): Stated<T> | undefined {
  const pair = pairOf(mapping, key);
  if (pair === undefined || (isNothing(pair.value) && !is(null))) return undefined;
  return { value: known(pair.value, is), node: pair.value, key: pair.key };
}

function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function known<T>(node: Node, is: (value: unknown) => value is T): T | undefined {
  if (node.kind !== 'scalar' || holdsPlaceholder(node)) return undefined;
  return is(node.value) ? node.value : undefined;
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isInteger = (value: unknown): value is number => Number.isInteger(value);
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
export const isTextOrInteger = (value: unknown): value is string | number => isText(value) || isInteger(value);
export const isTextOrNull = (value: unknown): value is string | null => isText(value) || value === null;

/** A secret's reference; an empty text counts as not stated. */
export function secretAt(mapping: Mapping, key: string): Stated<SecretReference> | undefined {
  const pair = pairOf(mapping, key);
  if (pair === undefined || isNothing(pair.value)) return undefined;
  const { key: stated, value: node } = pair;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return { value: undefined, node, key: stated };
  return node.value === ''
    ? undefined
    : { value: secretReference(node.value, node.block.placeholders), node, key: stated };
}

function text(node: Node, key: Stated<string>['key']): Stated<string> | undefined {
  return isNothing(node) ? undefined : { value: known(node, isText), node, key };
}
