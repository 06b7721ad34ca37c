import { l10n, window } from 'vscode';
import { type Approved, approve } from './approve.ts';
import { attempt } from './attempt.ts';
import { probe } from './probe.ts';
import { askSendOrder, type SendOrder } from './send-order.ts';
import type { Server } from './server.ts';
import type { Target, TargetArgs } from './target.ts';
import { tell } from './tell.ts';
import { readyTarget, type TestTools } from './test-tools.ts';
import { visible } from './visible.ts';

/** The command: recipient and route, the dialog, passwords, and only then the one request that sends. */
export async function sendTestEmail(tools: TestTools, args: TargetArgs | undefined): Promise<void> {
  const target = await readyTarget(tools, args, l10n.t('Send test email'));
  const approved = target && (await approveSend(tools.server, target));
  if (target === undefined || approved === undefined) return;
  const { document, scope } = target;
  const { to, route, plan, secrets } = approved;
  const order = { document, scope: scope.scope, route, digest: plan.digest, addresses: plan.addresses, to, secrets };
  const verdict = await attempt(tools.sends, target, {
    purpose: 'send',
    title: l10n.t('Test email to {0}', visible(to)),
    request: (onStep, token) => tools.server.send(order, onStep, token),
  });
  const answer = await tell(tools.transcripts, verdict);
  // What SharePoint would do is asked, never sent.
  if (answer === 'goOn') await probe(tools, { uri: document.uri.toString(), scope: scope.scope }, { to });
}

async function approveSend(server: Server, target: Target): Promise<(Approved & SendOrder) | undefined> {
  const { document, scope } = target;
  const title = l10n.t('Send test email — {0}', visible(scope.title));
  const question = l10n.t('Send a test email for {0}?', visible(scope.title));
  let order: SendOrder | undefined;
  for (;;) {
    const [asConfigured, localInbox] = await Promise.all([
      server.plan(document, scope.scope, { route: 'asConfigured', purpose: 'send' }),
      server.plan(document, scope.scope, { route: 'localInbox', purpose: 'send' }),
    ]);
    order = await askSendOrder(title, { asConfigured, localInbox }, order);
    if (order === undefined) return undefined;
    if (order.route === 'localInbox' && !(await isInboxRunning(server))) return undefined;
    const approved = await approve(server, target, { ...order, title, question, purpose: 'send' });
    if (approved !== 'change') return approved && { ...order, ...approved };
  }
}

async function isInboxRunning(server: Server): Promise<boolean> {
  const started = await server.startInbox();
  if (started.kind === 'refused') await window.showErrorMessage(started.reason);
  return started.kind === 'running';
}
