import { l10n, window } from 'vscode';
import type { Target, TargetArgs } from '../target.ts';
import { visible } from '../visible.ts';
import { afterTest } from './after-test.ts';
import { type Approved, approve } from './approve.ts';
import { attempt } from './attempt.ts';
import { askProbeOrder, type ProbeOrder } from './probe-order.ts';
import { tell } from './tell.ts';
import { readyTarget, type TestTools } from './test-tools.ts';

/**
 * The command: recipient and questions, the dialog, passwords, and only then the one request that probes.
 *
 * @param stopped What a test asked for that stopped because every login was refused. This probe asks for it again and goes
 * on without a login, as SharePoint is likely to do.
 */
export async function probe(tools: TestTools, args: TargetArgs | undefined, stopped?: ProbeOrder): Promise<void> {
  const target = await readyTarget(tools, args, l10n.t('Probe mail server'));
  const approved = target && (await approveProbe(tools, target, stopped));
  if (target === undefined || approved === undefined) return;
  const { document, scope } = target;
  const { order, plan, secrets } = approved;
  const { digest, addresses } = plan;
  const afterRefusedLogin = stopped === undefined ? ('stop' as const) : ('goOn' as const);
  const params = { ...order, document, scope: scope.scope, digest, addresses, secrets, afterRefusedLogin };
  const verdict = await attempt(tools.sends, target, {
    purpose: 'probe',
    title: l10n.t('Probe of {0}', `${visible(plan.host)}:${plan.port}`),
    request: (onStep, token) => tools.server.probe(params, onStep, token),
  });
  const answer = tell(tools.transcripts, verdict);
  await afterTest(tools, verdict, approved, order.to);
  if ((await answer) === 'goOn') await probe(tools, { uri: document.uri.toString(), scope: scope.scope }, order);
}

async function approveProbe(
  tools: TestTools,
  target: Target,
  stopped: ProbeOrder | undefined,
): Promise<(Approved & { readonly order: ProbeOrder }) | undefined> {
  const goesOn = stopped !== undefined;
  const title = l10n.t('Probe mail server — {0}', visible(target.scope.title));
  const question = goesOn
    ? l10n.t('See what SharePoint would do for {0}?', visible(target.scope.title))
    : l10n.t('Probe the mail server for {0}?', visible(target.scope.title));
  let order = stopped;
  for (let isAsked = !goesOn; ; isAsked = true) {
    if (isAsked) order = await chooseOrder(tools, target, title, order);
    if (order === undefined) return undefined;
    const wish = { ...order, goesOn, title, question, route: 'asConfigured', purpose: 'probe' } as const;
    const approved = await approve(tools, target, wish);
    if (approved !== 'change') return approved && { order, ...approved };
  }
}

async function chooseOrder(
  { server, recipients }: TestTools,
  { document, scope }: Target,
  title: string,
  last: ProbeOrder | undefined,
): Promise<ProbeOrder | undefined> {
  const plan = await server.plan(document, scope.scope, { route: 'asConfigured', purpose: 'probe' });
  if (plan.kind === 'plan') return askProbeOrder(title, plan, last, recipients);
  // Whatever is chosen, there is nothing to probe.
  await window.showErrorMessage(plan.reason);
  return undefined;
}
