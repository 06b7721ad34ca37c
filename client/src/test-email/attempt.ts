import {
  CancellationError,
  type CancellationToken,
  CancellationTokenSource,
  l10n,
  ProgressLocation,
  window,
} from 'vscode';
import type { Purpose, SendResult } from '../../../server/src/lsp/protocol.ts';
import type { Target } from '../target.ts';
import { visible } from '../visible.ts';
import type { Sends, Verdict } from './sends.ts';

export interface Attempt {
  readonly purpose: Purpose;
  /** Of the notification that shows the steps. */
  readonly title: string;
  /** See `Verdict`. */
  readonly again?: Verdict['again'];
  readonly request: (onStep: (step: string) => void, token: CancellationToken) => Promise<SendResult>;
}

/** Runs a test email or a probe, with its steps and a way to cancel in a notification and in the lens; leaves its verdict. */
export async function attempt(
  sends: Sends,
  target: Target,
  { purpose, title, again, request }: Attempt,
): Promise<Verdict> {
  const { document, scope } = target;
  const source = new CancellationTokenSource();
  const run = sends.begin(document.uri.toString(), scope, purpose, () => source.cancel());
  let verdict: Verdict | undefined;
  try {
    const result = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => source.cancel());
        const onStep = (step: string): void => {
          progress.report({ message: visible(step) });
          run.step(step);
        };
        return request(onStep, source.token).catch((error: unknown) => {
          if (source.token.isCancellationRequested || error instanceof CancellationError) return cancelled(purpose);
          throw error;
        });
      },
    );
    verdict = { id: crypto.randomUUID(), purpose, title: scope.title, at: new Date(), result, ...(again && { again }) };
    return verdict;
  } finally {
    run.end(isWorthKeeping(verdict) ? verdict : undefined);
    source.dispose();
  }
}

/** Where nothing was tried, the verdict before it still says more. */
function isWorthKeeping(verdict: Verdict | undefined): boolean {
  if (verdict === undefined) return false;
  const { outcome, transcript } = verdict.result;
  return transcript !== '' || (outcome !== 'cancelled' && outcome !== 'refused');
}

/** For a server that answers a cancelled request with an error. */
function cancelled(purpose: Purpose): SendResult {
  return {
    outcome: 'cancelled',
    summary: l10n.t('cancelled'),
    explanation: purpose === 'send' ? l10n.t('The test email was cancelled.') : l10n.t('The probe was cancelled.'),
    transcript: '',
    markdown: '',
    stoppedAtLogin: false,
    milliseconds: 0,
  };
}
