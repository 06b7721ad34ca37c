import { rangeOf } from '../document/places.ts';
import { scopesOf } from '../ide/scopes.ts';
import type { Feature } from './feature.ts';
import { type ScopesParams, type ScopesResult, scopesRequest } from './protocol.ts';

/** The places of a file that have settings of their own: what lenses stand above, and what commands ask for. */
export const scopes: Feature = {
  capabilities: {},
  serve(connection, fileOf) {
    connection.onRequest<ScopesResult, void>(scopesRequest, ({ uri }: ScopesParams): ScopesResult => {
      const analysis = fileOf(uri)?.analysis;
      if (analysis?.kind !== 'farmEmail') return [];
      const { document } = analysis;
      return scopesOf(analysis).map(({ pointer, title, url, at, extent }) => ({
        scope: pointer,
        title,
        ...(url === undefined ? {} : { url }),
        range: rangeOf(document, at),
        extent: rangeOf(document, extent),
      }));
    });
  },
};
