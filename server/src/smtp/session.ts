import type { Secret } from '../settings/secret.ts';
import { type Conversation, command, defaultLimits, type Limits, within } from './conversation.ts';
import type { Failure, Reply, StepName } from './failure.ts';
import type { Network, TlsAnswer } from './network.ts';
import type { Plan } from './plan.ts';
import { redactor } from './redact.ts';
import { replyReader } from './reply.ts';
import { stepsFor } from './steps.ts';
import { type Entry, transcript } from './transcript.ts';

export interface SessionInput {
  readonly plan: Plan;
  /** A mailbox that `isMailbox` accepts. */
  readonly to: string;
  /** The message as composed; line ends and dots are seen to here. */
  readonly message: Uint8Array;
  /** Present exactly where the plan logs in. */
  readonly password: Secret | undefined;
  readonly network: Network;
  readonly signal: AbortSignal;
  readonly onStep: (step: StepName) => void;
  /** PEM texts of authorities trusted besides those of this computer. */
  readonly authorities: readonly string[];
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
  readonly tls: TlsAnswer | undefined;
  /** The mechanism tried or used to log in. */
  readonly mechanism: string | undefined;
  /** Keywords of the last EHLO, redacted. */
  readonly capabilities: readonly string[];
  readonly conversation: readonly Entry[];
  readonly milliseconds: number;
}

/** Carries out a plan over the network, step by step. Never throws for what a server or the network does. */
export async function runSession(input: SessionInput): Promise<SessionResult> {
  const { plan, network } = input;
  const start = network.now();
  const elapsed = () => Math.round(network.now() - start);
  const talk = conversationOf(input, start, elapsed);
  const steps: StepRecord[] = [];
  let stopped: SessionResult['stopped'];

  for (const { name, run } of stepsFor(plan, input.message, input.password)) {
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
  if (isInStep(stopped?.failure)) await quit(talk);
  talk.connection?.destroy();
  return {
    outcome,
    steps,
    stopped,
    messageSent: talk.messageSent,
    accepted: talk.accepted,
    addresses: talk.addresses,
    tls: talk.tls,
    mechanism: talk.mechanism,
    capabilities: [...talk.capabilities].map(([name, parameters]) => talk.redact(`${name} ${parameters}`.trim())),
    conversation: talk.transcript.entries,
    milliseconds,
  };
}

function conversationOf(input: SessionInput, start: number, elapsed: () => number): Conversation {
  const limits = { ...defaultLimits, ...input.limits };
  const redact = redactor(input.password ? [input.password] : []);
  return {
    plan: input.plan,
    to: input.to,
    network: input.network,
    limits,
    signal: input.signal,
    redact,
    transcript: transcript(elapsed, redact),
    authorities: input.authorities,
    deadline: start + limits.session,
    step: 'resolve',
    capabilities: new Map(),
    authOfferedBeforeTls: false,
    addresses: [],
    connection: undefined,
    reader: replyReader(),
    tls: undefined,
    mechanism: undefined,
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
  return failure.kind === 'noStartTls' || failure.kind === 'noMechanism';
}

/** Takes leave; what the server says to that changes nothing. */
async function quit(talk: Conversation): Promise<void> {
  await within(talk, talk.limits.quit, command(talk, 'QUIT'));
}
