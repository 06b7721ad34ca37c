import { hostname } from 'node:os';
import type { Analysis } from '../analysis.ts';
import { settingsOf } from '../analysis.ts';
import type { FoundInbox } from '../inbox/find.ts';
import type { Secret } from '../settings/secret.ts';
import type { TestOutcome } from '../smtp/outcome.ts';
import { type Plan, planTestEmail } from '../smtp/plan.ts';
import { visible } from '../text/visible.ts';
import { secretFromEnvironment } from './secrets.ts';

export type Destination =
  | { readonly kind: 'asConfigured' }
  | { readonly kind: 'localInbox'; readonly inbox: FoundInbox };

export type Prepared =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Why nothing can be sent, and what to do. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Plans a test email from this computer for `/farm` or `/webApplications/<index>`. Touches nothing. */
export function prepare(analysis: Analysis, scope: string, destination: Destination): Prepared {
  const settings = settingsOf(analysis, scope);
  if (settings === undefined) {
    return { kind: 'refused', reason: 'These settings are not in the file any more. Choose again what to test.' };
  }
  const route =
    destination.kind === 'asConfigured'
      ? destination
      : { kind: destination.kind, host: destination.inbox.host, port: destination.inbox.port };
  return planTestEmail({
    purpose: 'send',
    settings,
    certificates: analysis.settings.common.certificates,
    route,
    computer: hostname(),
  });
}

/** Why a test email may not go to an address by this route: `testEmail.allowedRecipientDomains` does not list its domain. */
export function recipientRefusal({ settings }: Analysis, destination: Destination, to: string): string | undefined {
  const allowed = settings.common.allowedRecipientDomains?.flatMap(({ value }) => value ?? []);
  // The inbox of this computer delivers to nobody.
  if (allowed === undefined || destination.kind === 'localInbox') return undefined;
  const domain = to.slice(to.lastIndexOf('@') + 1).toLowerCase();
  const isAllowed = allowed
    .map((each) => each.toLowerCase())
    .some((each) => (each.startsWith('*.') ? domain.endsWith(each.slice(1)) : domain === each));
  if (isAllowed) return undefined;
  const list = allowed.length === 0 ? 'no domain' : `only ${visible(allowed.join(', '))}`;
  return `${visible(to)} may not get a test email: testEmail.allowedRecipientDomains allows ${list}.`;
}

/** The password of a plan, where it needs none from the user: read from the environment. */
export function knownPassword({ login }: Plan, environment: NodeJS.ProcessEnv): Secret | undefined {
  return login === undefined || login.password === 'throwaway'
    ? undefined
    : secretFromEnvironment(login.password, environment);
}

/** True where the user has to be asked for the password. */
export function needsPassword(plan: Plan, environment: NodeJS.ProcessEnv): boolean {
  const asked = plan.login !== undefined && plan.login.password !== 'throwaway';
  return asked && knownPassword(plan, environment) === undefined;
}

export interface Order {
  readonly plan: Plan;
  readonly destination: Destination;
  readonly to: string;
  readonly password: Secret | undefined;
  readonly signal: AbortSignal;
  readonly onStep: (step: string) => void;
}

/** Sends one test email as planned. Loads what it needs at the first call. */
export async function send({ plan, destination, to, password, signal, onStep }: Order): Promise<TestOutcome> {
  const [{ sendTestEmail }, { nodeNetwork }] = await Promise.all([
    import('../smtp/attempt.ts'),
    import('../smtp/node-network.ts'),
  ]);
  // The inbox's own authority counts for the route to the inbox and for nothing else.
  const trustedAuthorities = destination.kind === 'localInbox' ? [destination.inbox.authority] : [];
  return sendTestEmail({ plan, to, password, network: nodeNetwork, signal, onStep, trustedAuthorities });
}
