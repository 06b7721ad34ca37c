import { MarkupKind } from 'vscode-languageserver-types';
import { offsetAt, positionAt } from '../document/places.ts';
import { inlayHintsOf } from '../ide/inlay-hints.ts';
import type { Feature } from './feature.ts';

/** Whether hints are wanted is the editor's to know: in VS Code by a setting of ours, elsewhere by the editor's own. */
export const inlayHints: Feature = {
  capabilities: { inlayHintProvider: true },
  serve(connection, fileOf) {
    connection.languages.inlayHint.on(({ textDocument: { uri }, range }) => {
      const analysis = fileOf(uri)?.analysis;
      if (analysis?.kind !== 'farmEmail') return [];
      const { document } = analysis;
      const [start, end] = [offsetAt(document, range.start), offsetAt(document, range.end)];
      return inlayHintsOf(analysis, start, end).map(({ at, text, tooltip }) => ({
        position: positionAt(document, at),
        label: text,
        tooltip: { kind: MarkupKind.Markdown, value: tooltip },
        paddingLeft: true,
      }));
    });
  },
};
