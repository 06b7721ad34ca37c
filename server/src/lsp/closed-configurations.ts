import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { diagnosticsOf } from './convert.ts';
import type { FoundConfiguration } from './platform.ts';

/** Shows what is wrong with configurations that are in force but not open: nobody would notice it otherwise. */
export interface ClosedConfigurations {
  /** Shows those of `inUse` that are not open, and takes back what was shown before. */
  show(inUse: readonly FoundConfiguration[]): void;
  /** Takes back what was shown of one that is open now: it is shown as any open file is. */
  forget(uri: string): void;
}

export function closedConfigurations(connection: Connection, isOpen: (uri: string) => boolean): ClosedConfigurations {
  /** By the URI as `vscode-uri` writes it: editors write the same one in several ways. */
  const shown = new Map<string, FoundConfiguration['read']>();

  function takeBack(uri: string): void {
    if (shown.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  return {
    show(inUse) {
      const wrong = inUse.filter(({ uri, read }) => read.findings.length > 0 && !isOpen(uri));
      const wanted = new Map(wrong.map(({ uri, read }) => [uri, read]));
      for (const uri of [...shown.keys()]) if (!wanted.has(uri)) takeBack(uri);
      for (const [uri, analysis] of wanted) {
        if (shown.get(uri) === analysis) continue;
        shown.set(uri, analysis);
        void connection.sendDiagnostics({ uri, diagnostics: diagnosticsOf({ uri, analysis }) });
      }
    },
    forget: (uri) => takeBack(URI.parse(uri).toString()),
  };
}
