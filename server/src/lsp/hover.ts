import { MarkupKind } from 'vscode-languageserver-types';
import { offsetAt, rangeOf } from '../document/places.ts';
import { hoverIn } from '../ide/hover.ts';
import type { Feature } from './feature.ts';

export const hover: Feature = {
  capabilities: { hoverProvider: true },
  serve(connection, fileOf) {
    connection.onHover(({ textDocument: { uri }, position }) => {
      const { analysis } = fileOf(uri) ?? {};
      const found = analysis && hoverIn(analysis, offsetAt(analysis.document, position));
      if (analysis === undefined || found === undefined) return null;
      const contents = { kind: MarkupKind.Markdown, value: found.markdown };
      return { contents, range: rangeOf(analysis.document, found.at) };
    });
  },
};
