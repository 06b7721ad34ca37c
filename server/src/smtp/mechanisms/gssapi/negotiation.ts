import type { LoginFault } from '../mechanism.ts';
import type { Inside } from './inside.ts';
import { mechanismIds, mechListOf, type NegotiationReply, readReply, writeFirst, writeNext } from './spnego.ts';

/** Bytes to send, none for an empty answer; or why there is nothing to send. */
export type NegotiationTurn =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'fault'; readonly fault: LoginFault };

/** SPNEGO, its client's side (RFC 4178). */
export interface Negotiation {
  readonly first: Uint8Array;
  /** The mechanism chosen; until the server has chosen, the first offered. */
  readonly inside: Inside;
  /** True once the server has said that it is through. */
  readonly isEstablished: boolean;
  answer(challenge: Uint8Array): Promise<NegotiationTurn>;
  /** True where the server may accept now: it has been told all, and has proved what it must. */
  mayEnd(): boolean;
}

/** A mechanism that has made its first token. */
export interface Start {
  readonly inside: Inside;
  readonly token: Uint8Array;
}

const kerberosIds: readonly string[] = [mechanismIds.kerberos, mechanismIds.microsoftKerberos];

/** Offers Kerberos, if there is one, and then NTLM, which is begun only if the server chooses it. */
export function negotiation(kerberos: Start | undefined, ntlm: Start): Negotiation {
  const start = kerberos ?? ntlm;
  const mechList = mechListOf([...(kerberos ? [mechanismIds.kerberos] : []), mechanismIds.ntlm]);
  let { inside } = start;
  let isChosen = false;
  let isComplete = false;
  let isEstablished = false;
  /** The choice itself has to be signed: by the server's wish, or since it is not our first one. */
  let needsMic = false;
  let hasMic = false;

  /** What the server chose: `again` where its choice is not the mechanism we began with. */
  const choose = (chosen: string): 'same' | 'again' | LoginFault => {
    const isKerberos = kerberosIds.includes(chosen);
    if (isKerberos && inside.name === 'Kerberos') return 'same';
    if (isKerberos) return 'kerberosOnly';
    if (chosen !== mechanismIds.ntlm) return 'unexpected';
    if (inside.name === 'NTLM') return 'same';
    return isChosen ? 'unexpected' : 'again';
  };

  const goOn = async ({ state, token, mechListMic }: NegotiationReply): Promise<NegotiationTurn> => {
    if (isComplete) {
      if (token && token.length > 0) return fault('unexpected');
      return finish(state, mechListMic);
    }
    if (!token) return fault(state === 'acceptCompleted' ? 'tooEarly' : 'unexpected');
    const step = await inside.step(token);
    if (step.kind === 'fault') return step;
    isComplete = step.complete;
    if (state === 'acceptCompleted') {
      // It accepts what it has not yet been told.
      if (!isComplete || step.token) return fault('tooEarly');
      isEstablished = true;
      return bytes(new Uint8Array());
    }
    return bytes(writeNext(step.token, isComplete ? inside.sign(mechList) : undefined));
  };

  const finish = (state: NegotiationReply['state'], mechListMic: Uint8Array | undefined): NegotiationTurn => {
    if (mechListMic) {
      hasMic = inside.isSigned(mechList, mechListMic);
      if (!hasMic) return fault('tooEarly');
    }
    // The state may be left out once the mechanism is chosen.
    if (state !== 'acceptCompleted' && !(state === undefined && hasMic)) return fault('unexpected');
    if (needsMic && !hasMic) return fault('tooEarly');
    isEstablished = true;
    return bytes(new Uint8Array());
  };

  return {
    first: writeFirst(mechList, start.token),
    get inside() {
      return inside;
    },
    get isEstablished() {
      return isEstablished;
    },
    async answer(challenge) {
      const reply = readReply(challenge);
      if (!reply) return fault('malformed');
      const choice = reply.mechanism === undefined ? 'same' : choose(reply.mechanism);
      if (reply.state === 'reject') return fault(choice === 'kerberosOnly' ? choice : 'spnegoRejected');
      if (choice !== 'same' && choice !== 'again') return fault(choice);
      isChosen = true;
      needsMic ||= choice === 'again' || reply.state === 'requestMic';
      if (choice === 'again') {
        inside = ntlm.inside;
        return bytes(writeNext(ntlm.token, undefined));
      }
      if (needsMic && inside.name === 'Kerberos') return fault('unexpected');
      return goOn(reply);
    },
    mayEnd: () => isComplete && (hasMic || !needsMic),
  };
}

function bytes(content: Uint8Array): NegotiationTurn {
  return { kind: 'bytes', bytes: content };
}

function fault(what: LoginFault): NegotiationTurn {
  return { kind: 'fault', fault: what };
}
