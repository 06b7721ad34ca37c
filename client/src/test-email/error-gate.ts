import { l10n, Range, Selection, TextEditorRevealType, window } from 'vscode';
import type { PlanSummary } from '../../../server/src/lsp/protocol.ts';
import type { Target } from '../target.ts';
import { visible } from '../visible.ts';

/**
 * The gate before a test email whose settings hold errors: SharePoint's mail would fail. The way out is to look at the first
 * of them; whoever wants to see it fail can go on.
 */
export async function passesErrors({ document }: Target, { errors, route }: PlanSummary): Promise<boolean> {
  const [first] = errors;
  if (first === undefined || route === 'localInbox') return true;
  const show = l10n.t('Show the Error');
  const goOn = l10n.t('Test Anyway');
  const message =
    errors.length === 1
      ? l10n.t('An error stands in these settings: {0}.', visible(first.message))
      : l10n.t('{0} errors stand in these settings, the first: {1}.', errors.length, visible(first.message));
  const answer = await window.showWarningMessage(message, show, goOn);
  if (answer === show) {
    const { start, end } = first.range;
    const range = new Range(start.line, start.character, end.line, end.character);
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(range.start, range.end);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  }
  return answer === goOn;
}
