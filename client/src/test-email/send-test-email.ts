import { l10n, window } from 'vscode';
import type { Server } from '../server.ts';
import type { Target, TargetArgs } from '../target.ts';
import { visible } from '../visible.ts';
import { afterTest } from './after-test.ts';
import { type Approved, approve } from './approve.ts';
import { attempt } from './attempt.ts';
import { probe } from './probe.ts';
import { askSendOrder, type SendOrder } from './send-order.ts';
import { tell } from './tell.ts';
import { readyTarget, type TestTools } from './test-tools.ts';

/** The command: recipient and route, the dialog, passwords, and only then the one request that sends. */
export async function sendTestEmail(tools: TestTools, args: TargetArgs | undefined): Promise<void> {
  const target = await readyTarget(tools, args, l10n.t('Send test email'));
  if (target !== undefined) await sendFor(tools, target, undefined);
}

/** The command: the last test email of these settings once more. Its plan is made anew, and shown again before anything is sent. */
export async function sendAgain(tools: TestTools, args: TargetArgs | undefined): Promise<void> {
  const target = await readyTarget(tools, args, l10n.t('Send test email again'));
  if (target === undefined) return;
  const { verdict } = tools.sends.of(target.document.uri.toString(), target.scope);
  await sendFor(tools, target, verdict?.again);
}

/** @param order What was decided before; without it the user is asked. */
async function sendFor(tools: TestTools, target: Target, order: SendOrder | undefined): Promise<void> {
  const approved = await approveSend(tools, target, order);
  if (approved === undefined) return;
  const { document, scope } = target;
  const { to, route, plan, secrets } = approved;
  const params = { document, scope: scope.scope, route, digest: plan.digest, addresses: plan.addresses, to, secrets };
  const verdict = await attempt(tools.sends, target, {
    purpose: 'send',
    title: l10n.t('Test email to {0}', visible(to)),
    again: { to, route },
    request: (onStep, token) => tools.server.send(params, onStep, token),
  });
  const answer = tell(tools.transcripts, verdict);
  await afterTest(tools, verdict, approved, to);
  // What SharePoint would do is asked, never sent.
  if ((await answer) === 'goOn') await probe(tools, { uri: document.uri.toString(), scope: scope.scope }, { to });
}

async function approveSend(
  tools: TestTools,
  target: Target,
  decided: SendOrder | undefined,
): Promise<(Approved & SendOrder) | undefined> {
  const { server, recipients } = tools;
  const { document, scope } = target;
  const title = l10n.t('Send test email — {0}', visible(scope.title));
  const question = l10n.t('Send a test email for {0}?', visible(scope.title));
  let order = decided;
  for (let isAsked = decided === undefined; ; isAsked = true) {
    if (isAsked) {
      const [asConfigured, localInbox] = await Promise.all([
        server.plan(document, scope.scope, { route: 'asConfigured', purpose: 'send' }),
        server.plan(document, scope.scope, { route: 'localInbox', purpose: 'send' }),
      ]);
      order = await askSendOrder(title, { asConfigured, localInbox }, order, recipients);
    }
    if (order === undefined) return undefined;
    if (order.route === 'localInbox' && !(await isInboxRunning(server))) return undefined;
    const approved = await approve(tools, target, { ...order, title, question, purpose: 'send' });
    if (approved !== 'change') return approved && { ...order, ...approved };
  }
}

async function isInboxRunning(server: Server): Promise<boolean> {
  const started = await server.startInbox();
  if (started.kind === 'refused') await window.showErrorMessage(started.reason);
  return started.kind === 'running';
}
