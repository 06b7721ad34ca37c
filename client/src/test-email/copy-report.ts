import { env, l10n, window } from 'vscode';
import type { Transcripts } from './transcripts.ts';

/** Milliseconds for which the status bar says so. */
const shownFor = 4_000;

/** The command: puts the report of the transcript in front of the user on the clipboard, as Markdown for a ticket. */
export async function copyReport(transcripts: Transcripts): Promise<void> {
  const verdict = transcripts.active();
  if (verdict === undefined) {
    await window.showInformationMessage(l10n.t('Show the transcript of a test first.'));
    return;
  }
  await env.clipboard.writeText(verdict.result.markdown);
  window.setStatusBarMessage(`$(check) ${l10n.t('The report is on the clipboard, as Markdown.')}`, shownFor);
}
