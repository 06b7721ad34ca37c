import { analyse } from '../analysis.ts';
import { effectiveText } from '../ide/effective.ts';
import { scopesOf } from '../ide/scopes.ts';
import type { Feature } from './feature.ts';
import { type EffectiveParams, type EffectiveResult, effectiveRequest } from './protocol.ts';

export const effective: Feature = {
  capabilities: {},
  serve(connection, fileOf) {
    connection.onRequest<EffectiveResult, void>(
      effectiveRequest,
      ({ uri, webApplication, text }: EffectiveParams): EffectiveResult => {
        const open = fileOf(uri)?.analysis;
        if (open?.kind !== 'farmEmail') return { kind: 'refused', reason: 'The file is not open.' };
        const analysis = text === undefined ? open : analyse(open.document.format, text, open.surroundings);
        const scope = scopesOf(analysis).find(({ pointer, url }) =>
          webApplication === undefined ? pointer === '/farm' : url === webApplication,
        );
        const effectiveSettings = scope && effectiveText(analysis, scope.pointer);
        if (scope === undefined || effectiveSettings === undefined) {
          return { kind: 'refused', reason: reasonOf(webApplication) };
        }
        return { kind: 'effective', title: scope.title, text: effectiveSettings };
      },
    );
  },
};

function reasonOf(webApplication: string | undefined): string {
  return webApplication === undefined
    ? 'This version of the file has no outgoing email settings of the farm.'
    : `This version of the file has no web application with the URL ${webApplication}.`;
}
