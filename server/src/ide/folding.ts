import type { Document } from '../document/document.ts';
import type { Node } from '../document/node.ts';
import { type Offsets, rangeBetween, rangeOf } from '../document/places.ts';
import { extentOf, extentOfPair, writtenItems, writtenPairs, writtenValue } from '../document/written-pairs.ts';

/** Lines, counted from 0, that can be folded into the first of them. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind: 'comment' | 'region';
}

/** What can be folded, in no order. */
export function foldsOf(document: Document): readonly Fold[] {
  const folds = [...commentFolds(document)];
  const fold = (at: Offsets, isBracketed: boolean): void => {
    const { start, end } = rangeBetween(document, at);
    // A closing bracket on a line of its own stays in sight; a block scalar ends where the next line starts.
    const last = end.line - (isBracketed || end.character === 0 ? 1 : 0);
    if (last > start.line) folds.push({ start: start.line, end: last, kind: 'region' });
  };
  const visit = (node: Node | undefined): void => {
    if (node?.kind === 'mapping') {
      for (const pair of writtenPairs(node)) {
        const value = writtenValue(pair);
        fold(extentOfPair(document, pair), isFlow(value));
        visit(value);
      }
    } else if (node?.kind === 'sequence') {
      for (const item of writtenItems(node)) {
        fold(extentOf(document, item), isFlow(item));
        visit(item);
      }
    }
  };
  visit(document.root);
  return folds;
}

function isFlow(node: Node | undefined): boolean {
  return node !== undefined && node.kind !== 'scalar' && node.flow;
}

/** Comments on lines of their own, one below the other. */
function commentFolds(document: Document): readonly Fold[] {
  const folds: Fold[] = [];
  let first = -1;
  let last = -1;
  const close = (): void => {
    if (last > first) folds.push({ start: first, end: last, kind: 'comment' });
  };
  for (const block of document.blocks) {
    for (const comment of block.comments) {
      const { start, end } = rangeOf(document, comment);
      const lineStart = comment.start - start.character;
      const isAlone = lineStart < 0 || /^\s*$/.test(block.text.slice(lineStart, comment.start));
      if (!isAlone) continue;
      if (start.line !== last + 1 || first < 0) {
        close();
        first = start.line;
      }
      last = end.line;
    }
  }
  close();
  return folds;
}
