import { isMailbox } from '../settings/addresses.ts';
import { Secret } from '../settings/secret.ts';
import { visible } from '../text/visible.ts';
import { defaultLimits, type Limits } from './conversation.ts';
import { deliver } from './deliver.ts';
import type { Errand } from './errand.ts';
import { explain } from './explain.ts';
import type { StepName } from './failure.ts';
import type { Kerberos } from './mechanisms/mechanism.ts';
import { testMessage } from './message.ts';
import type { ClientIdentity, Network } from './network.ts';
import { observationsOf, type Tested } from './observations.ts';
import { refused, type TestOutcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import { comparedPorts, type PortFacts, portFactsOf } from './ports.ts';
import { reportJson } from './report/json.ts';
import { renderMarkdown } from './report/markdown.ts';
import { explanationText, type Reported, reportOf } from './report/report.ts';
import { renderText } from './report/text.ts';
import { runSession, type SessionResult } from './session.ts';
import { summaryOf } from './summary.ts';

export interface TestInput {
  readonly plan: Plan;
  /** The one recipient; of a test email from the user, never from a file. */
  readonly to: string;
  /** Why this recipient, where the user did not name it: goes on after the address and a comma. */
  readonly toNote?: string | undefined;
  /** Needed exactly where `needsPassword(plan)`. */
  readonly password?: Secret | undefined;
  /** Needed exactly where the plan has a client certificate. */
  readonly identity?: ClientIdentity | undefined;
  readonly kerberos?: Kerberos | undefined;
  readonly network: Network;
  /** Aborting it destroys the connection, at whatever step. */
  readonly signal: AbortSignal;
  readonly onStep?: ((step: StepName) => void) | undefined;
  /** PEM texts of authorities trusted besides those of this computer. Must come from the user or the inbox, never from a file of the workspace. */
  readonly trustedAuthorities?: readonly string[] | undefined;
  /** `goOn` shows what SharePoint does when every login was refused: it sends without one. `stop` where not given. */
  readonly afterRefusedLogin?: 'stop' | 'goOn' | undefined;
  /** Columns the sentences of the report are broken at; not broken where it is shown in a view that does so itself. */
  readonly columns?: number | undefined;
  /** Shorter waits than `defaultLimits`, in milliseconds. */
  readonly limits?: Partial<Limits> | undefined;
}

export interface ProbeInput extends TestInput {
  /** A recipient elsewhere: does the server relay? */
  readonly outsideRecipient?: string | undefined;
  /** Another user as the sender: may SharePoint send in the name of users? */
  readonly otherSender?: string | undefined;
  /** Looks at ports 25 and 587 as well. */
  readonly comparePorts?: boolean | undefined;
}

/** Longest password, in characters. */
const passwordLimit = 2_000;

/** True where a plan can be carried out only with a password from outside. */
export function needsPassword({ login, tls }: Plan): boolean {
  return login !== undefined && login.password !== 'throwaway' && tls;
}

/**
 * Sends one test email as planned and tells what came of it. Whatever the network or the server does is in the result;
 * what cannot be tried at all is `refused`.
 */
export async function sendTestEmail(input: TestInput): Promise<TestOutcome> {
  const { plan, to, network } = input;
  if (plan.purpose !== 'send') throw new Error('A plan for a probe sends nothing.');
  const refusal = refusalOf(input);
  if (refusal) return refused(refusal);
  const date = network.date();
  const message = await testMessage(plan, to, date);
  const session = (composed: Uint8Array) => sessionOf(input, { kind: 'send', to, message: composed });
  const result = await deliver({ plan, to, message, date, session });
  return outcomeOf({ plan, to, date, result, message, ports: [] }, input.columns);
}

/** Goes through the same steps up to RCPT TO, asks what was asked for, and delivers nothing. */
export async function probeServer(asked: ProbeInput): Promise<TestOutcome> {
  const network = resolvingOnce(asked.network);
  const input = { ...asked, network };
  const { plan, to, toNote, outsideRecipient, otherSender } = input;
  const refusal = refusalOf(input) ?? addressRefusal(outsideRecipient) ?? addressRefusal(otherSender);
  if (refusal) return refused(refusal);
  const date = network.date();
  const result = await sessionOf(input, { kind: 'probe', to, outsideRecipient, otherSender });
  const ports = input.comparePorts ? await lookAtPorts(input, result) : [];
  return outcomeOf({ plan, to, toNote, date, result, message: undefined, ports }, input.columns);
}

/** A name server that answers otherwise the second time leads no part of a test elsewhere. */
function resolvingOnce(network: Network): Network {
  const answers = new Map<string, ReturnType<Network['resolve']>>();
  const resolve = (host: string) => {
    const answer = answers.get(host) ?? network.resolve(host);
    answers.set(host, answer);
    return answer;
  };
  return { ...network, resolve };
}

/** What the compared ports offer; the one that was just probed is not asked again. */
async function lookAtPorts(input: ProbeInput, result: SessionResult): Promise<readonly PortFacts[]> {
  const facts: PortFacts[] = [];
  const { plan, network } = input;
  // The limit of a session is that of the whole probe.
  const end = network.now() + (input.limits?.session ?? defaultLimits.session) - result.milliseconds;
  const look = (port: number) => {
    const limits = { ...input.limits, session: Math.max(1, Math.round(end - network.now())) };
    return sessionOf({ ...input, limits, plan: { ...plan, port } }, { kind: 'look' });
  };
  for (const port of comparedPorts) {
    if (input.signal.aborted) break;
    facts.push(portFactsOf({ ...plan, port }, port === plan.port ? result : await look(port)));
  }
  return facts;
}

function sessionOf(input: TestInput, errand: Errand): Promise<SessionResult> {
  const { plan } = input;
  return runSession({
    plan,
    errand,
    password: passwordOf(input),
    network: input.network,
    signal: input.signal,
    onStep: input.onStep ?? (() => {}),
    authorities: input.trustedAuthorities ?? [],
    identity: input.identity,
    kerberos: input.kerberos,
    afterRefusedLogin: input.afterRefusedLogin ?? 'stop',
    limits: input.limits,
  });
}

/** A made-up one for the inbox; and where the login stops before it, for want of TLS, any will do. */
function passwordOf({ plan, password }: TestInput): Secret | undefined {
  if (!plan.login) return undefined;
  return needsPassword(plan) ? password : new Secret(crypto.randomUUID());
}

function outcomeOf(tested: Tested, columns: number | undefined): TestOutcome {
  const { plan, date, result, ports } = tested;
  const details = result.stopped && explain({ ...result, ...result.stopped, plan, date });
  const reported: Reported = { ...tested, explanation: details, observations: observationsOf(tested) };
  const report = reportOf(reported);
  return {
    outcome: result.outcome,
    summary: summaryOf(result),
    explanation: explanationText(reported),
    report: renderText(report, columns),
    markdown: renderMarkdown(report),
    json: reportJson(reported),
    milliseconds: result.milliseconds,
    session: result,
    details,
    observations: reported.observations,
    ports,
  };
}

function refusalOf({ plan, to, password, identity }: TestInput): string | undefined {
  const address = addressRefusal(to);
  if (address) return address;
  if (plan.clientCertificate && !identity)
    return `The certificate ${visible(plan.clientCertificate.name)} was not read.`;
  if (!plan.login || !needsPassword(plan)) return undefined;
  const length = password?.length ?? 0;
  if (length === 0) return `The password of ${plan.login.userName} is needed to log in at ${plan.host}.`;
  return length > passwordLimit ? `The password is longer than ${passwordLimit} characters.` : undefined;
}

function addressRefusal(address: string | undefined): string | undefined {
  if (address === undefined || isMailbox(address)) return undefined;
  return `“${visible(address)}” is not one plain address such as me@contoso.com.`;
}
