import { addPair, type BlockEdit, type Fix, removePair, replaceScalar } from '../document/edit.ts';
import type { Node, ScalarValue } from '../document/node.ts';
import type { Target } from './rule.ts';

type RuleFix = Pick<Fix, 'title' | 'edits'>;

const none: readonly BlockEdit[] = [];

/** Writes another value in place of a written one. */
export function setValue(title: string, at: Target, value: ScalarValue): RuleFix {
  const node = writtenAt(at)?.node;
  return { title, edits: (format) => (node?.kind === 'scalar' ? replaceScalar(format, node, value) : none) };
}

/** Writes a value under `key` beside a written one: in the same mapping. */
export function addBeside(title: string, at: Target, key: string, value: ScalarValue): RuleFix {
  const mapping = writtenAt(at)?.node.parent;
  return { title, edits: (format) => (mapping?.kind === 'mapping' ? addPair(format, mapping, key, value) : none) };
}

/** Takes a written setting out of the file. */
export function removeSetting(title: string, at: Target): RuleFix {
  const stated = writtenAt(at);
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

function writtenAt(at: Target): { readonly node: Node } | undefined {
  return 'origin' in at ? at.stated : at;
}
