import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { Document } from '../document/document.ts';
import { rangeBetween } from '../document/places.ts';
import { type OutlineSymbol, symbolsOf } from '../ide/symbols.ts';
import type { Feature } from './feature.ts';

const kinds: Readonly<Record<OutlineSymbol['kind'], SymbolKind>> = {
  mapping: SymbolKind.Object,
  list: SymbolKind.Array,
  text: SymbolKind.String,
  number: SymbolKind.Number,
  boolean: SymbolKind.Boolean,
  none: SymbolKind.Null,
};

export const symbols: Feature = {
  capabilities: { documentSymbolProvider: { label: 'Farm Email' } },
  serve(connection, fileOf) {
    connection.onDocumentSymbol(({ textDocument: { uri } }) => {
      const document = fileOf(uri)?.analysis.document;
      return document === undefined ? [] : symbolsOf(document).map((each) => convert(document, each));
    });
  },
};

function convert(document: Document, { name, detail, kind, extent, at, children }: OutlineSymbol): DocumentSymbol {
  return {
    name,
    detail,
    kind: kinds[kind],
    range: rangeBetween(document, extent),
    selectionRange: rangeBetween(document, at),
    children: children.map((each) => convert(document, each)),
  };
}
