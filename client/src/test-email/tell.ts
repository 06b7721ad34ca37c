import { l10n, window } from 'vscode';
import type { SendResult } from '../../../server/src/lsp/protocol.ts';
import type { Verdict } from './sends.ts';
import type { Transcripts } from './transcripts.ts';

/** Shows what came of a test: the transcript beside, and one message. `goOn`: the user wants to see what SharePoint would do. */
export async function tell(transcripts: Transcripts, verdict: Verdict): Promise<'goOn' | undefined> {
  const { outcome, explanation, transcript, stoppedAtLogin } = verdict.result;
  await transcripts.show(verdict, false);
  const show = l10n.t('Show transcript');
  const goOn = l10n.t('See what SharePoint would do');
  const buttons = [...(transcript === '' ? [] : [show]), ...(stoppedAtLogin ? [goOn] : [])];
  const answer = await messageFor(outcome)(explanation, ...buttons);
  if (answer === show) await transcripts.show(verdict, true);
  return answer === goOn ? 'goOn' : undefined;
}

function messageFor(
  outcome: SendResult['outcome'],
): (message: string, ...items: string[]) => Thenable<string | undefined> {
  if (outcome === 'failed' || outcome === 'refused') return window.showErrorMessage;
  return outcome === 'unknown' ? window.showWarningMessage : window.showInformationMessage;
}
