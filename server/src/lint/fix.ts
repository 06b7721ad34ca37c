import { addPairs, type BlockEdit, type Fix, removePair, replaceScalar } from '../document/edit.ts';
import { type Mapping, pairOf, type ScalarValue } from '../document/node.ts';
import type { Format } from '../document/split.ts';
import { statedOf, type Target } from './rule.ts';

type RuleFix = Pick<Fix, 'title' | 'edits'>;

const none: readonly BlockEdit[] = [];

/** Writes another value in place of a written one. */
export function setValue(title: string, at: Target, value: ScalarValue): RuleFix {
  const node = statedOf(at)?.node;
  return { title, edits: (format) => (node?.kind === 'scalar' ? replaceScalar(format, node, value) : none) };
}

/** Writes a value under `key` beside a written one: in the same mapping. A value that already stands there is kept. */
export function addBeside(title: string, at: Target, key: string, value: ScalarValue): RuleFix {
  const mapping = statedOf(at)?.node.parent;
  return { title, edits: (format) => (mapping?.kind === 'mapping' ? addOrFill(format, mapping, key, value) : none) };
}

function addOrFill(format: Format, mapping: Mapping, key: string, value: ScalarValue): readonly BlockEdit[] {
  const pair = pairOf(mapping, key);
  if (pair === undefined || pair.merged) return addPairs(format, mapping, [[key, value]]);
  if (pair.value.kind !== 'scalar' || (pair.value.value !== null && pair.value.value !== '')) return none;
  return replaceScalar(format, pair.value, value);
}

/** Takes a written setting out of the file. */
export function removeSetting(title: string, at: Target): RuleFix {
  const stated = statedOf(at);
  const mapping = stated?.node.parent;
  return {
    title,
    edits: (format) => {
      if (mapping?.kind !== 'mapping') return none;
      const pair = mapping.pairs.find(({ value }) => value === stated?.node);
      return pair === undefined ? none : removePair(format, mapping, pair);
    },
  };
}
