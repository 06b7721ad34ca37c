import { URI, Utils } from 'vscode-uri';
import { rangeBetween } from '../document/places.ts';
import { linksOf } from '../ide/links.ts';
import type { Feature } from './feature.ts';

export const links: Feature = {
  capabilities: { documentLinkProvider: {} },
  serve(connection, fileOf) {
    connection.onDocumentLinks(({ textDocument: { uri } }) => {
      const analysis = fileOf(uri)?.analysis;
      if (analysis?.kind !== 'farmEmail') return [];
      return linksOf(analysis).map(({ at, to }) => ({
        range: rangeBetween(analysis.document, at),
        target: to.kind === 'url' ? to.url : Utils.joinPath(URI.parse(uri), '..', to.path).toString(),
      }));
    });
  },
};
