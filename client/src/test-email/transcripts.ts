import { type ExtensionContext, l10n, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Verdict } from './sends.ts';
import { transcriptName } from './transcript-name.ts';

const scheme = 'farm-email-transcript';

/** Read-only documents, in memory only: nothing of a transcript is written to disk unless the user saves it. */
export interface Transcripts {
  /** @param focus False where the document opens by itself: the cursor stays where the user types. */
  show(verdict: Verdict, focus: boolean): Promise<void>;
  /** The one whose transcript is in front of the user. */
  active(): Verdict | undefined;
}

export function createTranscripts(context: ExtensionContext): Transcripts {
  const open = new Map<string, Verdict>();
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ query }) =>
        open.get(query)?.result.transcript ?? l10n.t('This transcript is no longer kept.'),
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) open.delete(uri.query);
    }),
  );
  return {
    async show(verdict, focus) {
      const { result } = verdict;
      if (result.transcript === '') {
        // Nothing was tried, so there is no conversation to show.
        if (focus) await window.showInformationMessage(result.explanation);
        return;
      }
      open.set(verdict.id, verdict);
      const uri = Uri.from({ scheme, path: `/${transcriptName(verdict)}`, query: verdict.id });
      await window.showTextDocument(await workspace.openTextDocument(uri), {
        // The column that already shows one, so that a second test opens no third column.
        viewColumn:
          window.visibleTextEditors.find(({ document }) => document.uri.scheme === scheme)?.viewColumn ??
          ViewColumn.Beside,
        preserveFocus: !focus,
        preview: true,
      });
    },
    active() {
      const uri = window.activeTextEditor?.document.uri;
      return uri?.scheme === scheme ? open.get(uri.query) : undefined;
    },
  };
}
