import type { Connection } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { FoundConfiguration } from '../node/configuration-files.ts';
import { diagnosticsOf } from './convert.ts';

/** Shows what is wrong with configurations that are in force but not open: nobody would notice it otherwise. */
export interface ClosedConfigurations {
  /** Shows those of `inUse` that are not open, and takes back what was shown before. */
  show(inUse: readonly FoundConfiguration[]): void;
  /** Takes back what was shown of one that is open now: it is shown as any open file is. */
  forget(uri: string): void;
}

export function closedConfigurations(connection: Connection, isOpen: (file: string) => boolean): ClosedConfigurations {
  /** By path: editors write the same URI in several ways. */
  const shown = new Map<string, FoundConfiguration['read']>();

  function takeBack(file: string): void {
    const uri = URI.file(file).toString();
    if (shown.delete(file)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  return {
    show(inUse) {
      const wrong = inUse.filter(({ file, read }) => read.findings.length > 0 && !isOpen(file));
      const wanted = new Map(wrong.map(({ file, read }) => [file, read]));
      for (const file of [...shown.keys()]) if (!wanted.has(file)) takeBack(file);
      for (const [file, analysis] of wanted) {
        if (shown.get(file) === analysis) continue;
        shown.set(file, analysis);
        const uri = URI.file(file).toString();
        void connection.sendDiagnostics({ uri, diagnostics: diagnosticsOf({ uri, analysis }) });
      }
    },
    forget: (uri) => takeBack(URI.parse(uri).fsPath),
  };
}
