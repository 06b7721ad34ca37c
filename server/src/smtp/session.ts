import type { Secret } from '../settings/secret.ts';
import { type LoginAttempt, offeredMechanisms } from './authenticate.ts';
import { type Conversation, command, defaultLimits, type Limits, type ProbeAnswer, within } from './conversation.ts';
import type { Errand } from './errand.ts';
import type { Failure, Reply, StepName } from './failure.ts';
import type { Kerberos, MechanismName } from './mechanisms/mechanism.ts';
import type { ClientIdentity, Network, TlsAnswer } from './network.ts';
import type { Plan } from './plan.ts';
import { redaction } from './redact.ts';
import { replyReader } from './reply.ts';
import { stepsFor } from './steps.ts';
import { type Entry, transcript } from './transcript.ts';

export interface SessionInput {
  readonly plan: Plan;
  readonly errand: Errand;
  /** Present exactly where the plan logs in. */
  readonly password: Secret | undefined;
  readonly network: Network;
  readonly signal: AbortSignal;
  readonly onStep: (step: StepName) => void;
  /** PEM texts of authorities trusted besides those of this computer. */
  readonly authorities: readonly string[];
  /** Present exactly where the plan presents a client certificate. */
  readonly identity: ClientIdentity | undefined;
  readonly kerberos: Kerberos | undefined;
  readonly afterRefusedLogin: 'stop' | 'goOn';
  readonly limits?: Partial<Limits> | undefined;
}

export interface StepRecord {
  readonly name: StepName;
  readonly milliseconds: number;
  readonly ok: boolean;
}

/** What came of a session. Holds no secret, and no text of a server that was not redacted. */
export interface SessionResult {
  /** `unknown`: the message was sent, and no proper answer came; it may have been delivered. */
  readonly outcome: 'accepted' | 'failed' | 'unknown' | 'cancelled';
  readonly steps: readonly StepRecord[];
  /** The step it stopped at, and why; undefined where the mail was accepted. */
  readonly stopped: { readonly step: StepName; readonly failure: Failure } | undefined;
  /** True once the final dot may have left. */
  readonly messageSent: boolean;
  /** The reply that accepted the mail. */
  readonly accepted: Reply | undefined;
  readonly addresses: readonly string[];
  /** The one that was connected to. */
  readonly address: string | undefined;
  readonly tls: TlsAnswer | undefined;
  /** The mechanism tried last. */
  readonly mechanism: MechanismName | undefined;
  /** Every mechanism that was tried, in order. */
  readonly logins: readonly LoginAttempt[];
  /** What the questions of a probe were answered with. */
  readonly probes: readonly ProbeAnswer[];
  readonly offered: Offered;
  /** Keywords of the last EHLO, redacted. */
  readonly capabilities: readonly string[];
  readonly conversation: readonly Entry[];
  readonly milliseconds: number;
}

/** What a server offers, redacted. */
export interface Offered {
  readonly startTls: boolean;
  /** Mechanisms of the EHLO in clear text. */
  readonly beforeTls: readonly string[];
  /** Mechanisms of the EHLO inside TLS; undefined where that was not answered. */
  readonly afterTls: readonly string[] | undefined;
}

/**
 * Carries out a plan over the network, step by step. Never throws for what a server or the network does; a mistake of ours
 * ends the connection as well, and its error is told without the secrets that may stand in it.
 */
export async function runSession(input: SessionInput): Promise<SessionResult> {
  const start = input.network.now();
  const elapsed = () => Math.round(input.network.now() - start);
  const talk = conversationOf(input, start, elapsed);
  try {
    return await carryOut(talk, input, elapsed);
  } catch (error) {
    throw new Error(talk.redaction.redact(error instanceof Error ? error.message : String(error)));
  } finally {
    talk.connection?.destroy();
  }
}

async function carryOut(talk: Conversation, input: SessionInput, elapsed: () => number): Promise<SessionResult> {
  const { plan, network } = input;
  const steps: StepRecord[] = [];
  let stopped: SessionResult['stopped'];

  for (const { name, run } of stepsFor(plan, input.errand, input.password)) {
    talk.step = name;
    input.onStep(name);
    const began = network.now();
    const failure = input.signal.aborted ? { kind: 'cancelled' as const } : await run(talk);
    steps.push({ name, milliseconds: Math.round(network.now() - began), ok: failure === undefined });
    if (!failure) continue;
    stopped = { step: name, failure };
    break;
  }
  const outcome = outcomeOf(stopped?.failure, talk);
  const milliseconds = elapsed();
  if (isInStep(stopped?.failure)) await takeLeave(talk, input.errand);
  const { redact } = talk.redaction;
  const isSecured = steps.some(({ name, ok }) => name === 'EHLO after TLS' && ok);
  return {
    outcome,
    steps,
    stopped,
    messageSent: talk.messageSent,
    accepted: talk.accepted,
    addresses: talk.addresses.map(redact),
    address: talk.connection && redact(talk.connection.address),
    tls: talk.tls,
    mechanism: talk.mechanism,
    logins: talk.logins,
    probes: talk.probes,
    offered: {
      startTls: talk.startTlsOffered,
      beforeTls: talk.offeredInClear.map(redact),
      afterTls: isSecured ? offeredMechanisms(talk.capabilities).map(redact) : undefined,
    },
    capabilities: [...talk.capabilities].map(([name, parameters]) => redact(`${name} ${parameters}`.trim())),
    conversation: talk.transcript.entries,
    milliseconds,
  };
}

function conversationOf(input: SessionInput, start: number, elapsed: () => number): Conversation {
  const limits = { ...defaultLimits, ...input.limits };
  const secrets = redaction([input.password, input.identity?.password].filter((secret) => secret !== undefined));
  return {
    plan: input.plan,
    network: input.network,
    limits,
    signal: input.signal,
    redaction: secrets,
    transcript: transcript(elapsed, secrets.redact),
    authorities: input.authorities,
    identity: input.identity,
    kerberos: input.kerberos,
    afterRefusedLogin: input.afterRefusedLogin,
    deadline: start + limits.session,
    step: 'resolve',
    capabilities: new Map(),
    offeredInClear: [],
    saidHelo: false,
    startTlsOffered: false,
    addresses: [],
    connection: undefined,
    reader: replyReader(),
    tls: undefined,
    mechanism: undefined,
    logins: [],
    probes: [],
    messageSent: false,
    accepted: undefined,
  };
}

function outcomeOf(failure: Failure | undefined, talk: Conversation): SessionResult['outcome'] {
  if (!failure) return 'accepted';
  if (!talk.messageSent) return failure.kind === 'cancelled' ? 'cancelled' : 'failed';
  const isRefusal = failure.kind === 'reply' && failure.reply.code >= 400;
  return isRefusal ? 'failed' : 'unknown';
}

/** True where the server waits for a command, so that a QUIT is in order. */
function isInStep(failure: Failure | undefined): boolean {
  if (!failure) return true;
  if (failure.kind === 'reply') return failure.reply.code !== 421 && failure.reply.code >= 400;
  return ['noStartTls', 'noMechanism', 'loginWithoutTls', 'login'].includes(failure.kind);
}

/** Takes leave; what the server says to that changes nothing. */
async function takeLeave(talk: Conversation, errand: Errand): Promise<void> {
  const isEnvelope = (['RCPT TO', 'outside recipient', 'other sender'] as const).some((step) => step === talk.step);
  const words = errand.kind === 'probe' && isEnvelope ? ['RSET', 'QUIT'] : ['QUIT'];
  for (const word of words) await within(talk, talk.limits.quit, command(talk, word));
}
