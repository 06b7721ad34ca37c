import type { LoginAttempt } from './authenticate.ts';
import { done, type Failure, failed, type Reply, type StepName, type Tried } from './failure.ts';
import type { Kerberos, MechanismName } from './mechanisms/mechanism.ts';
import type { ClientIdentity, Connection, Incoming, Network, TlsAnswer } from './network.ts';
import { otherServiceOf } from './other-service.ts';
import type { Plan } from './plan.ts';
import type { Redaction } from './redact.ts';
import { enhancedCodeOf, type RawReply, type ReplyReader, replyReader } from './reply.ts';
import type { Transcript } from './transcript.ts';
import { commandBytes } from './wire.ts';

/** How long a session waits, in milliseconds of wall-clock time. */
export interface Limits {
  /** Finding the address; also, each on its own, all attempts to connect. */
  readonly connect: number;
  /** From a command to its complete reply, and for the TLS handshake. */
  readonly reply: number;
  /** The parting QUIT. */
  readonly quit: number;
  readonly session: number;
}

export const defaultLimits: Limits = { connect: 10_000, reply: 15_000, quit: 2_000, session: 60_000 };

/** A session under way: what the steps share. */
export interface Conversation {
  readonly plan: Plan;
  readonly network: Network;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly redaction: Redaction;
  readonly transcript: Transcript;
  readonly authorities: readonly string[];
  readonly identity: ClientIdentity | undefined;
  readonly kerberos: Kerberos | undefined;
  /** What becomes of the mail when every login was refused; SharePoint goes on. */
  readonly afterRefusedLogin: 'stop' | 'goOn';
  /** On the network's clock, in milliseconds. */
  readonly deadline: number;
  step: StepName;
  /** What the server can do, as its last EHLO said: keywords in capitals, each with its parameters. */
  capabilities: ReadonlyMap<string, string>;
  /** Mechanisms offered in clear text. For the report: nothing is decided by it once TLS is on. */
  offeredInClear: readonly string[];
  /** True where the server does not know EHLO. */
  saidHelo: boolean;
  /** Whether STARTTLS was offered in clear text. */
  startTlsOffered: boolean;
  /** As they came: to be redacted where they are shown. */
  addresses: readonly string[];
  connection: Connection | undefined;
  reader: ReplyReader;
  tls: TlsAnswer | undefined;
  /** The mechanism tried last. */
  mechanism: MechanismName | undefined;
  readonly logins: LoginAttempt[];
  readonly probes: ProbeAnswer[];
  /** True once the final dot may have left: from here on only the server knows whether the mail was taken. */
  messageSent: boolean;
  /** The reply that accepted the message. */
  accepted: Reply | undefined;
}

/** What a server says to a question that delivers nothing. */
export interface ProbeAnswer {
  readonly question: 'outsideRecipient' | 'otherSender';
  readonly address: string;
  /** `later`: a temporary refusal, which tells nothing. */
  readonly verdict: 'accepted' | 'refused' | 'later';
  readonly at: 'MAIL FROM' | 'RCPT TO';
  readonly reply: Reply;
}

/** Waits for `work`, but not beyond its limit, the session's, or a cancel. What fails here ends the session, which destroys the connection. */
export async function within<T>(talk: Conversation, milliseconds: number, work: Promise<T>): Promise<Tried<T>> {
  const { network, signal, limits } = talk;
  const left = talk.deadline - network.now();
  const isSession = left <= milliseconds;
  const wait = Math.max(0, isSession ? left : milliseconds);
  let stop = () => {};
  const interruption = new Promise<Tried<T>>((settle) => {
    const cancel = () => settle(failed({ kind: 'cancelled' }));
    const callOff = network.after(wait, () =>
      settle(
        failed({
          kind: 'timeout',
          limit: isSession ? 'session' : 'step',
          milliseconds: isSession ? limits.session : milliseconds,
        }),
      ),
    );
    signal.addEventListener('abort', cancel, { once: true });
    stop = () => {
      callOff();
      signal.removeEventListener('abort', cancel);
    };
    if (signal.aborted) cancel();
  });
  const result = await Promise.race([interruption, work.then(done)]);
  stop();
  return result;
}

/** Sends one command and waits for its reply. What arrived before the command was sent is answer to nothing: stop. */
export async function command(talk: Conversation, text: string): Promise<Tried<RawReply>> {
  const unasked = unaskedBytes(talk);
  if (unasked) return failed(unasked);
  talk.transcript.command(text);
  talk.connection?.write(commandBytes(text));
  return receive(talk);
}

/** The failure of having received what nobody asked for; undefined where nothing is left unread. */
export function unaskedBytes(talk: Conversation): Failure | undefined {
  if (!talk.reader.hasUnread() && !talk.connection?.hasUnread()) return undefined;
  talk.transcript.note('The server sent more than was asked for; not read.');
  return { kind: 'injected' };
}

/** The next complete reply, written down. */
export function receive(talk: Conversation, milliseconds: number = talk.limits.reply): Promise<Tried<RawReply>> {
  const limit = talk.network.now() + milliseconds;
  const readOn = async (): Promise<Tried<RawReply>> => {
    const event = talk.reader.next();
    if (event?.kind === 'reply') {
      talk.transcript.reply(event.reply);
      return done(event.reply);
    }
    if (event) {
      if (event.line !== '') talk.transcript.serverLine(event.line);
      const service = talk.step === 'greeting' ? otherServiceOf(new TextEncoder().encode(event.line)) : undefined;
      return failed(service ? { kind: 'notSmtp', service } : { kind: 'malformed', fault: event.fault });
    }
    if (!talk.connection) return failed({ kind: 'closed' });
    const incoming = await within(talk, Math.max(0, limit - talk.network.now()), talk.connection.read());
    if (!incoming.ok) {
      const { failure } = incoming;
      return failed(failure.kind === 'timeout' && failure.limit === 'step' ? { ...failure, milliseconds } : failure);
    }
    if (incoming.value.kind !== 'bytes') return failed(endOf(talk, incoming.value));
    talk.reader.push(incoming.value.bytes);
    return readOn();
  };
  return readOn();
}

/** Why there will be no more bytes. */
function endOf(talk: Conversation, incoming: Exclude<Incoming, { kind: 'bytes' }>): Failure {
  const unfinished = talk.reader.unfinished();
  const service = talk.step === 'greeting' ? otherServiceOf(unfinished) : undefined;
  if (service) return { kind: 'notSmtp', service };
  if (unfinished.length > 0) talk.transcript.note('The server’s last line had no end; not shown.');
  return incoming;
}

/** A reply whose text may be shown. */
export function shown(talk: Conversation, raw: RawReply): Reply {
  const text = raw.code === 334 ? '' : raw.lines.map(talk.redaction.redact).join(' ').trim().slice(0, 1_000);
  return { code: raw.code, enhanced: enhancedCodeOf(raw), text };
}

/** The reply if it has one of these codes and no other. */
export function expect(talk: Conversation, tried: Tried<RawReply>, codes: readonly number[]): Tried<RawReply> {
  if (!tried.ok || codes.includes(tried.value.code)) return tried;
  return failed({ kind: 'reply', reply: shown(talk, tried.value) });
}

/** Forgets what was read so far: what came in clear text counts for nothing once TLS is on. */
export function startAnew(talk: Conversation): void {
  talk.reader = replyReader();
  talk.capabilities = new Map();
}
