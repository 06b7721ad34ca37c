import { fromBase64 } from './base64.ts';
import { type Conversation, expect, receive, unaskedBytes, within } from './conversation.ts';
import type { Failure } from './failure.ts';
import type { Credentials, Exchange, LoginContext, LoginFault, MechanismName, Turn } from './mechanisms/mechanism.ts';
import { mechanismOf, sharePointOrder } from './mechanisms/order.ts';
import type { RawReply } from './reply.ts';
import { loginLineBytes } from './wire.ts';

/** Challenges one login may take. */
const roundLimit = 10;

/** One mechanism that was tried. */
export interface LoginAttempt {
  readonly mechanism: MechanismName;
  readonly inside: Exchange['inside'];
  readonly noKerberos?: Exchange['noKerberos'];
  /** Undefined where the server said yes. */
  readonly failure: Failure | undefined;
}

/**
 * Logs in as System.Net.Mail does: with each mechanism SharePoint would take, until one is accepted; inside TLS only.
 * SharePoint then goes on without a login; we stop, unless the user wants to see that.
 */
export async function authenticate(talk: Conversation, credentials: Credentials): Promise<Failure | undefined> {
  const offered = offeredMechanisms(talk.capabilities);
  const shown = offered.map(talk.redaction.redact);
  const order = sharePointOrder(offered).filter((name) => talk.plan.login?.mechanisms.includes(name));
  // After HELO System.Net.Mail takes LOGIN for granted.
  const choice = talk.saidHelo ? 'LOGIN' : order[0];
  if (talk.tls?.kind !== 'secured') return { kind: 'loginWithoutTls', offered: shown, choice };
  let refusal: Failure = { kind: 'noMechanism', offered: shown, offeredBeforeTls: talk.offeredInClear.length > 0 };
  for (const name of order) {
    talk.mechanism = name;
    const attempt = await logIn(talk, name, credentials);
    talk.logins.push(attempt);
    const { failure } = attempt;
    if (!failure || !isRefusal(failure)) return failure;
    refusal = failure;
  }
  if (talk.afterRefusedLogin === 'stop') return refusal;
  talk.transcript.note('No login was accepted. Going on without one, as SharePoint is likely to do.');
  return undefined;
}

/** What follows AUTH in an EHLO reply, in capitals. */
export function offeredMechanisms(capabilities: ReadonlyMap<string, string>): readonly string[] {
  const words = (capabilities.get('AUTH') ?? '').toUpperCase().split(/ +/).filter(Boolean);
  return [...new Set(words)];
}

/** A no after which the server still listens. */
function isRefusal(failure: Failure): boolean {
  return failure.kind === 'reply' && failure.reply.code >= 400 && failure.reply.code !== 421;
}

async function logIn(talk: Conversation, mechanism: MechanismName, credentials: Credentials): Promise<LoginAttempt> {
  const { begin } = await mechanismOf(mechanism);
  const begun = await within(talk, talk.limits.reply, begin(credentials, contextOf(talk)));
  if (!begun.ok) return { mechanism, inside: undefined, failure: begun.failure };
  const exchange = begun.value;
  try {
    const failure = await converse(talk, mechanism, exchange);
    return { mechanism, inside: exchange.inside, noKerberos: exchange.noKerberos, failure };
  } finally {
    exchange.dispose();
  }
}

function contextOf({ plan, tls, network, kerberos, transcript }: Conversation): LoginContext {
  return {
    host: plan.host,
    serverEndPoint: tls?.kind === 'secured' ? tls.serverEndPoint : undefined,
    clientName: plan.clientName,
    date: network.date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    kerberos,
    note: (text) => transcript.note(text),
  };
}

async function converse(talk: Conversation, name: MechanismName, exchange: Exchange): Promise<Failure | undefined> {
  const stop = (fault: LoginFault): Failure => ({ kind: 'login', mechanism: name, fault });
  let turn: Turn = exchange.initial;
  if (turn.kind === 'fault') return stop(turn.fault);
  let visiblePart = `AUTH ${name}`;
  for (let round = 0; round < roundLimit; round++) {
    const unasked = say(talk, visiblePart, turn.line);
    if (unasked) return unasked;
    const reply = expect(talk, await receive(talk), [235, 334]);
    if (!reply.ok) return reply.failure;
    if (reply.value.code === 235) {
      const fault = exchange.end();
      return fault && stop(fault);
    }
    const challenge = challengeOf(reply.value);
    const next = challenge
      ? await within(talk, talk.limits.reply, exchange.answer(challenge))
      : { ok: true as const, value: { kind: 'fault' as const, fault: 'notBase64' as const } };
    if (!next.ok) return next.failure;
    turn = next.value;
    if (turn.kind === 'fault') return (await callOff(talk)) ?? stop(turn.fault);
    visiblePart = '';
  }
  return (await callOff(talk)) ?? stop('unexpected');
}

/** Sends one line of a login. A server that sends it back finds it redacted. */
function say(talk: Conversation, visiblePart: string, line: string): Failure | undefined {
  const unasked = unaskedBytes(talk);
  if (unasked) return unasked;
  talk.redaction.hide(line);
  if (line === '') talk.transcript.emptyLogin();
  else talk.transcript.login(visiblePart);
  talk.connection?.write(loginLineBytes(`${visiblePart} ${line}`.trim()));
  return undefined;
}

/** Cancels a login half-way (RFC 4954, section 4): the server answers with 501. */
async function callOff(talk: Conversation): Promise<Failure | undefined> {
  const unasked = unaskedBytes(talk);
  if (unasked) return unasked;
  talk.transcript.command('*');
  talk.connection?.write(loginLineBytes('*'));
  const reply = await receive(talk);
  return reply.ok || reply.failure.kind !== 'cancelled' ? undefined : reply.failure;
}

function challengeOf({ lines }: RawReply): Uint8Array | undefined {
  return lines.length === 1 ? fromBase64(lines[0] ?? '') : undefined;
}
