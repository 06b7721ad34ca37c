import type { Document } from '../document/document.ts';
import type { Scalar } from '../document/node.ts';
import { pointerOf } from '../document/places.ts';
import { schemaAt } from '../schema/lookup.ts';
import type { UnquotedPlaceholder } from './model.ts';

/** What the reader found of them, in file order. */
export function unquotedPlaceholders(document: Document): readonly UnquotedPlaceholder[] {
  const found: UnquotedPlaceholder[] = [];
  for (const block of document.blocks) {
    for (const node of block.unquotedPlaceholders) found.push(unquotedPlaceholder(document, node));
  }
  return found;
}

function unquotedPlaceholder(document: Document, node: Scalar): UnquotedPlaceholder {
  const { parent } = node;
  const pair = parent?.kind === 'mapping' ? parent.pairs.find(({ value }) => value === node) : undefined;
  const type = schemaAt(pointerOf(document, node).split('/').slice(1))?.type ?? 'string';
  const text = String(node.value);
  return {
    value: undefined,
    node,
    key: pair?.key,
    text,
    isCutOff: !text.startsWith('#'),
    isText: typeof type === 'string' ? type === 'string' : type.includes('string'),
  };
}
