import { l10n, type QuickPickItem, window } from 'vscode';
import { activeFarmEmailFile, type TargetArgs } from '../target.ts';
import { verdictTitle } from './lens-titles.ts';
import type { Sends, Verdict } from './sends.ts';
import type { Transcripts } from './transcripts.ts';

/** The command: the transcript of the lens that was clicked; from the palette that of the last test, or a choice. */
export async function showTranscript(
  sends: Sends,
  transcripts: Transcripts,
  args: TargetArgs | undefined,
): Promise<void> {
  const uri = args?.uri ?? activeFarmEmailFile()?.uri.toString();
  const verdicts = uri === undefined ? [] : sends.verdicts(uri, args?.scope);
  const verdict = verdicts.length > 1 ? await pick(verdicts) : verdicts[0];
  if (verdict !== undefined) await transcripts.show(verdict, true);
  else if (verdicts.length === 0) {
    await window.showInformationMessage(l10n.t('Nothing was tested from this file since it was opened.'));
  }
}

async function pick(verdicts: readonly Verdict[]): Promise<Verdict | undefined> {
  const items = verdicts.map((verdict): QuickPickItem & { verdict: Verdict } => ({
    label: verdict.title,
    description: verdictTitle(verdict.result, verdict.at),
    detail: verdict.purpose === 'send' ? l10n.t('Test email') : l10n.t('Probe'),
    verdict,
  }));
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('Which test?') });
  return picked?.verdict;
}
