import { randomUUID } from 'node:crypto';
import { CancellationError, CancellationTokenSource, l10n, ProgressLocation, window } from 'vscode';
import type {
  PlanResult,
  PlanSummary,
  Route,
  SendParams,
  SendResult,
  StartInboxResult,
} from '../../server/src/lsp/protocol.ts';
import { askSecrets, confirm } from './confirm.ts';
import { askOrder, type Order } from './order.ts';
import type { Sends, Verdict } from './sends.ts';
import type { Server } from './server.ts';
import { chooseTarget, type Target, type TargetArgs } from './target.ts';
import type { Transcripts } from './transcripts.ts';
import { isTrusted } from './trust.ts';
import { visible } from './visible.ts';

export interface SendTools {
  readonly server: Server;
  readonly sends: Sends;
  readonly transcripts: Transcripts;
}

/** The command: trust, target, recipient and route, the dialog, passwords, and only then the one request that sends. */
export async function sendTestEmail(tools: SendTools, args: TargetArgs | undefined): Promise<void> {
  if (!(await isTrusted())) return;
  const target = await chooseTarget(tools.server, args);
  if (target === undefined) return;
  if (tools.sends.of(target.document.uri.toString(), target.scope).running !== undefined) {
    await window.showInformationMessage(l10n.t('A test email for {0} is on its way already.', target.scope.title));
    return;
  }
  const approved = await approve(tools.server, target);
  if (approved === undefined) return;
  const verdict = await deliver(tools, target, approved);
  await tell(tools.transcripts, verdict);
}

/** A plan the user has seen and said yes to. */
interface Approved extends Order {
  readonly plan: PlanSummary;
  readonly secrets: SendParams['secrets'];
}

async function approve(server: Server, { document, scope }: Target): Promise<Approved | undefined> {
  const title = l10n.t('Send test email — {0}', visible(scope.title));
  let order: Order | undefined;
  for (;;) {
    const [asConfigured, localInbox] = await Promise.all([
      server.plan(document, scope.scope, 'asConfigured'),
      server.plan(document, scope.scope, 'localInbox'),
    ]);
    order = await askOrder(title, { asConfigured, localInbox }, order);
    if (order === undefined) return undefined;
    // Asked anew: the file may have changed meanwhile, and the plan that is shown is the plan that is sent.
    const result = await planFor(server, { document, scope }, order.route);
    if (result.kind === 'refused') {
      await window.showErrorMessage(result.reason);
      return undefined;
    }
    const { plan } = result;
    const question = l10n.t('Send a test email for {0}?', visible(scope.title));
    const answer = await confirm(question, { plan, to: order.to, unsaved: document.isDirty });
    if (answer === undefined) return undefined;
    if (answer === 'change') continue;
    const secrets = await askSecrets(title, plan.needs);
    return secrets && { ...order, plan, secrets };
  }
}

async function planFor(
  server: Server,
  { document, scope }: Target,
  route: Route,
): Promise<PlanResult | Extract<StartInboxResult, { kind: 'refused' }>> {
  if (route === 'localInbox') {
    const started = await server.startInbox();
    if (started.kind === 'refused') return started;
  }
  return server.plan(document, scope.scope, route);
}

async function deliver({ server, sends }: SendTools, target: Target, approved: Approved): Promise<Verdict> {
  const { document, scope } = target;
  const { plan, to, route, secrets } = approved;
  const source = new CancellationTokenSource();
  const run = sends.begin(document.uri.toString(), scope, () => source.cancel());
  const order = { document, scope: scope.scope, route, digest: plan.digest, to, secrets };
  let verdict: Verdict | undefined;
  try {
    const result = await window.withProgress(
      { location: ProgressLocation.Notification, title: l10n.t('Test email to {0}', to), cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => source.cancel());
        const onStep = (step: string): void => {
          progress.report({ message: visible(step) });
          run.step(step);
        };
        return server.send(order, onStep, source.token).catch((error: unknown) => {
          if (source.token.isCancellationRequested || error instanceof CancellationError) return cancelled();
          throw error;
        });
      },
    );
    verdict = { id: randomUUID(), title: scope.title, at: new Date(), result };
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
function cancelled(): SendResult {
  return {
    outcome: 'cancelled',
    summary: l10n.t('cancelled'),
    explanation: l10n.t('The test email was cancelled.'),
    transcript: '',
    markdown: '',
    stoppedAtLogin: false,
    milliseconds: 0,
  };
}

async function tell(transcripts: Transcripts, verdict: Verdict): Promise<void> {
  const { outcome, explanation, transcript } = verdict.result;
  await transcripts.show(verdict, false);
  const show = l10n.t('Show transcript');
  const buttons = transcript === '' ? [] : [show];
  const answer = await messageFor(outcome)(explanation, ...buttons);
  if (answer === show) await transcripts.show(verdict, true);
}

function messageFor(
  outcome: SendResult['outcome'],
): (message: string, ...items: string[]) => Thenable<string | undefined> {
  if (outcome === 'failed' || outcome === 'refused') return window.showErrorMessage;
  return outcome === 'unknown' ? window.showWarningMessage : window.showInformationMessage;
}
