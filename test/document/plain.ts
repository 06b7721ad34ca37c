import { type Document, textOf } from '../../server/src/document/document.ts';
import type { Node } from '../../server/src/document/node.ts';
import { offsetsOf } from '../../server/src/document/places.ts';

/** The data of a node, as `JSON.parse` would give it. */
export function dataOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(dataOf);
  return Object.fromEntries(node.pairs.map(({ key, value }) => [String(key.value), dataOf(value)]));
}

/** Every scalar with the text it covers: shows that a place is right. */
export function scalarsOf(document: Document): readonly string[] {
  const text = textOf(document);
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'scalar') {
      const { start, end } = offsetsOf(document, node);
      found.push(`${start}-${end} ${text.slice(start, end)} = ${JSON.stringify(node.value)}`);
    } else if (node.kind === 'sequence') node.items.forEach(visit);
    else
      for (const pair of node.pairs) {
        visit(pair.key);
        visit(pair.value);
      }
  };
  visit(document.root);
  return found;
}

export function problemsOf(document: Document): readonly string[] {
  return document.problems
    .map((problem) => {
      const { start, end } = offsetsOf(document, problem);
      return `${start}-${end} ${problem.code}`;
    })
    .sort();
}

/** Every comment with its place, and every value that holds an unquoted placeholder. */
export function commentsOf(document: Document): readonly string[] {
  const text = textOf(document);
  return document.blocks.flatMap(({ comments, unquotedPlaceholders }) =>
    [...comments, ...unquotedPlaceholders].map((span) => {
      const { start, end } = offsetsOf(document, span);
      return `${start}-${end} ${text.slice(start, end)}`;
    }),
  );
}
