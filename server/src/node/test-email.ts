import { hostname } from 'node:os';
import type { Analysis } from '../analysis.ts';
import { settingsOf } from '../analysis.ts';
import { errorsOf } from '../ide/scope-errors.ts';
import type { FoundInbox } from '../inbox/find.ts';
import type { SecretReference } from '../settings/model.ts';
import type { Secret } from '../settings/secret.ts';
import type { ProbeInput, TestInput } from '../smtp/attempt.ts';
import type { Kerberos } from '../smtp/mechanisms/mechanism.ts';
import type { ClientIdentity } from '../smtp/network.ts';
import type { TestOutcome } from '../smtp/outcome.ts';
import { type Plan, type Purpose, planTestEmail } from '../smtp/plan.ts';
import { visible } from '../text/visible.ts';
import { secretFromEnvironment } from './secrets.ts';

export type Destination =
  | { readonly kind: 'asConfigured' }
  | { readonly kind: 'localInbox'; readonly inbox: FoundInbox };

export type Prepared =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Why nothing can be sent, and what to do. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Rules about what a version of SharePoint does not have: a test with it would show what the farm does not do. */
const unsupported = new Set(['auth-unsupported', 'port-unsupported', 'tls-unsupported']);

/** Plans a test from this computer for `/farm` or `/webApplications/<index>`. Touches nothing. */
export function prepare(
  analysis: Analysis,
  scope: string,
  destination: Destination,
  purpose: Purpose = 'send',
): Prepared {
  const settings = settingsOf(analysis, scope);
  if (settings === undefined) {
    return { kind: 'refused', reason: 'These settings are not in the file any more. Choose again what to test.' };
  }
  const impossible = errorsOf(analysis, scope).find(({ rule }) => unsupported.has(rule));
  if (impossible !== undefined) {
    return { kind: 'refused', reason: `The farm would not send like this. ${impossible.message}.` };
  }
  const route =
    destination.kind === 'asConfigured'
      ? destination
      : { kind: destination.kind, host: destination.inbox.host, port: destination.inbox.port };
  return planTestEmail({
    purpose,
    settings,
    certificates: analysis.settings.common.certificates,
    route,
    computer: hostname(),
  });
}

/**
 * Why a test email may not go to an address by this route: neither the file (`testEmail.allowedRecipientDomains`) nor the
 * user may have limited the domains to others. A subdomain counts only if it is listed, or by `*.contoso.com`.
 *
 * @param userDomains What the user allows on this computer; none of them allows all.
 */
export function recipientRefusal(
  { settings }: Analysis,
  destination: Destination,
  to: string,
  userDomains: readonly string[] = [],
): string | undefined {
  // The inbox of this computer delivers to nobody.
  if (destination.kind === 'localInbox') return undefined;
  const fileDomains = settings.common.allowedRecipientDomains?.flatMap(({ value }) => value ?? []);
  if (fileDomains !== undefined && !isIn(fileDomains, to)) {
    return notAllowed(to, 'testEmail.allowedRecipientDomains', fileDomains);
  }
  if (userDomains.length > 0 && !isIn(userDomains, to)) {
    return notAllowed(to, 'the setting farmEmail.testEmail.allowedRecipientDomains', userDomains);
  }
  return undefined;
}

function isIn(domains: readonly string[], to: string): boolean {
  const domain = to.slice(to.lastIndexOf('@') + 1).toLowerCase();
  return domains
    .map((each) => each.toLowerCase())
    .some((each) => (each.startsWith('*.') ? domain.endsWith(each.slice(1)) : domain === each));
}

function notAllowed(to: string, by: string, domains: readonly string[]): string {
  const list = domains.length === 0 ? 'no domain' : `only ${visible(domains.join(', '))}`;
  return `${visible(to)} may not get a test email: ${by} allows ${list}.`;
}

/** The password of a plan, where the environment holds it and may be asked for it. `allowed`: further names of variables. */
export function knownPassword(
  plan: Plan,
  environment: NodeJS.ProcessEnv,
  allowed: readonly string[] = [],
): Secret | undefined {
  const wanted = wantedPassword(plan);
  return wanted && secretFromEnvironment(wanted, environment, allowed);
}

/** True where the user has to be asked for the password. */
export function needsPassword(plan: Plan, environment: NodeJS.ProcessEnv, allowed: readonly string[] = []): boolean {
  return wantedPassword(plan) !== undefined && knownPassword(plan, environment, allowed) === undefined;
}

/** Where the password of a plan is to come from; undefined where no password is sent. */
export function wantedPassword({ login, tls }: Plan): SecretReference | undefined {
  return login === undefined || login.password === 'throwaway' || !tls ? undefined : login.password;
}

export interface Order {
  readonly plan: Plan;
  readonly destination: Destination;
  readonly to: string;
  readonly password: Secret | undefined;
  /** Present exactly where the plan has a client certificate. It is wiped when the test is over. */
  readonly identity?: ClientIdentity | undefined;
  /** PEM texts of authorities the user trusts besides those of this computer. They do not count for the inbox. */
  readonly authorities?: readonly string[] | undefined;
  /** The only addresses that are connected to, perhaps none; those of the host where this is not given. They do not count for the inbox. */
  readonly addresses?: readonly string[] | undefined;
  readonly afterRefusedLogin?: 'stop' | 'goOn' | undefined;
  /** Longest time of the whole test, in milliseconds. */
  readonly timeout?: number | undefined;
  /** Columns the sentences of the report are broken at; not broken where none are given. */
  readonly columns?: number | undefined;
  readonly signal: AbortSignal;
  readonly onStep: (step: string) => void;
}

export interface ProbeOrder
  extends Order,
    Pick<ProbeInput, 'toNote' | 'outsideRecipient' | 'otherSender' | 'comparePorts'> {}

/** Sends one test email as planned. Loads what it needs at the first call. */
export async function send(order: Order): Promise<TestOutcome> {
  return carryOut(order, ({ sendTestEmail }, input) => sendTestEmail(input));
}

/** Goes through the same steps up to RCPT TO and delivers nothing. The plan must be one for a probe. */
export async function probe(order: ProbeOrder): Promise<TestOutcome> {
  const { toNote, outsideRecipient, otherSender, comparePorts } = order;
  const questions = { toNote, outsideRecipient, otherSender, comparePorts };
  return carryOut(order, ({ probeServer }, input) => probeServer({ ...input, ...questions }));
}

/** The addresses a plan's host leads to, as a test would find them; empty where there are none. */
export async function addressesOf({ host }: Plan): Promise<readonly string[]> {
  const { nodeNetwork } = await import('../smtp/node-network.ts');
  const answer = await nodeNetwork.resolve(host);
  return answer.kind === 'addresses' ? answer.addresses : [];
}

type Attempt = typeof import('../smtp/attempt.ts');

async function carryOut(
  { plan, destination, to, password, identity, authorities = [], addresses, timeout, ...order }: Order,
  test: (attempt: Attempt, input: TestInput) => Promise<TestOutcome>,
): Promise<TestOutcome> {
  const { afterRefusedLogin, columns, signal, onStep } = order;
  try {
    const [attempt, { nodeNetwork }] = await Promise.all([
      import('../smtp/attempt.ts'),
      import('../smtp/node-network.ts'),
    ]);
    const known =
      destination.kind === 'asConfigured' && addresses ? { kind: 'addresses' as const, addresses } : undefined;
    const network = known ? { ...nodeNetwork, resolve: async () => known } : nodeNetwork;
    // The inbox's own authority counts for the route to the inbox and for nothing else.
    const trustedAuthorities = destination.kind === 'localInbox' ? [destination.inbox.authority] : authorities;
    const limits = timeout === undefined ? undefined : { session: timeout };
    const kerberos = await kerberosOfThisComputer(plan);
    const input = { plan, to, password, identity, kerberos, network, signal, onStep, trustedAuthorities };
    return await test(attempt, { ...input, afterRefusedLogin, columns, limits });
  } finally {
    identity?.wipe();
  }
}

/** Undefined where this computer has none to use, or the plan has no use for it. */
async function kerberosOfThisComputer({ login, route }: Plan): Promise<Kerberos | undefined> {
  if (!login || route === 'localInbox') return undefined;
  const { nodeKerberos } = await import('../smtp/node-kerberos.ts');
  return nodeKerberos();
}
