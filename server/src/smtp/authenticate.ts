import { type Conversation, expect, receive, unaskedBytes } from './conversation.ts';
import type { Failure } from './failure.ts';
import { type Credentials, mechanisms } from './mechanisms.ts';
import type { RawReply } from './reply.ts';
import { loginLineBytes } from './wire.ts';

/** Challenges one login may take. */
const roundLimit = 10;

/**
 * Logs in with the first of our mechanisms that the server offers, inside TLS only, and stops where it is refused.
 * SharePoint would go on without a login then, which is not what anybody who set one wants to see.
 */
export async function authenticate(talk: Conversation, credentials: Credentials): Promise<Failure | undefined> {
  if (talk.tls?.kind !== 'secured') throw new Error('A login without TLS is refused when the plan is made.');
  const offered = (talk.capabilities.get('AUTH') ?? '').toUpperCase().split(/ +/).filter(Boolean);
  const mechanism = mechanisms.find(({ name }) => offered.includes(name) && talk.plan.login?.mechanisms.includes(name));
  if (!mechanism) {
    return { kind: 'noMechanism', offered: offered.map(talk.redact), offeredBeforeTls: talk.authOfferedBeforeTls };
  }
  talk.mechanism = mechanism.name;
  const { initial, answer } = mechanism.begin(credentials);
  let line = `AUTH ${mechanism.name} ${initial}`;
  let visiblePart = `AUTH ${mechanism.name}`;
  for (let round = 0; round < roundLimit; round++) {
    const unasked = unaskedBytes(talk);
    if (unasked) return unasked;
    talk.transcript.login(visiblePart);
    talk.connection?.write(loginLineBytes(line));
    const reply = expect(talk, await receive(talk), [235, 334]);
    if (!reply.ok) return reply.failure;
    if (reply.value.code === 235) return undefined;
    const challenge = challengeOf(reply.value);
    if (!challenge) return { kind: 'badChallenge', fault: 'notBase64' };
    const next = answer(challenge);
    if (next.kind === 'fault') return { kind: 'badChallenge', fault: next.fault };
    line = next.line;
    visiblePart = '';
  }
  return { kind: 'badChallenge', fault: 'unexpected' };
}

function challengeOf({ lines }: RawReply): Uint8Array | undefined {
  const text = lines[0] ?? '';
  if (lines.length !== 1 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
