import { FoldingRangeKind, type SelectionRange } from 'vscode-languageserver-types';
import { offsetAt, rangeBetween } from '../document/places.ts';
import { foldsOf } from '../ide/folding.ts';
import { selectionsAt } from '../ide/selection.ts';
import type { Feature } from './feature.ts';

export const folding: Feature = {
  capabilities: { foldingRangeProvider: true },
  serve(connection, fileOf) {
    connection.onFoldingRanges(({ textDocument: { uri } }) => {
      const file = fileOf(uri);
      if (file === undefined) return [];
      return foldsOf(file.analysis.document).map(({ start, end, kind }) => ({
        startLine: start,
        endLine: end,
        kind: kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
      }));
    });
  },
};

export const selection: Feature = {
  capabilities: { selectionRangeProvider: true },
  serve(connection, fileOf) {
    connection.onSelectionRanges(({ textDocument: { uri }, positions }) => {
      const document = fileOf(uri)?.analysis.document;
      if (document === undefined) return null;
      return positions.map((position): SelectionRange => {
        const ranges = selectionsAt(document, offsetAt(document, position)).map((each) => rangeBetween(document, each));
        const outer = ranges.reduceRight<SelectionRange | undefined>(
          (parent, range) => (parent === undefined ? { range } : { range, parent }),
          undefined,
        );
        return outer ?? { range: { start: position, end: position } };
      });
    });
  },
};
