import { toBase64 } from '../base64.ts';
import type { Inside } from './gssapi/inside.ts';
import { startKerberos } from './gssapi/kerberos-inside.ts';
import { negotiation, type Start } from './gssapi/negotiation.ts';
import { ntlmInside } from './gssapi/ntlm-inside.ts';
import type { Credentials, Exchange, LoginContext, LoginFault, Mechanism, NoKerberos, Turn } from './mechanism.ts';

/** The layers of RFC 4752, section 3.3: this one is none. */
const noLayer = 1;

/**
 * AUTH GSSAPI as System.Net.Mail does it: SPNEGO that carries Kerberos, or NTLM where there is no Kerberos; then, unless
 * the server is content with that, the layer step of RFC 4752, section 3.1, without a layer.
 */
export const gssapi: Mechanism = {
  name: 'GSSAPI',
  async begin(credentials, context) {
    const kerberos = await startKerberos(credentials, context);
    if (kerberos.kind === 'fault') return stopped(kerberos.cause, kerberos.fault);
    const ntlm = await startNtlm(credentials, context);
    if (kerberos.kind === 'begun') return exchangeOf(kerberos, ntlm, undefined);
    return exchangeOf(undefined, ntlm, kerberos.cause);
  },
};

async function startNtlm(credentials: Credentials, context: LoginContext): Promise<Start> {
  const inside = ntlmInside(credentials, context);
  const first = await inside.step(undefined);
  return { inside, token: (first.kind === 'token' && first.token) || new Uint8Array() };
}

function exchangeOf(kerberos: Start | undefined, ntlm: Start, noKerberos: NoKerberos | undefined): Exchange {
  const spnego = negotiation(kerberos, ntlm);
  let hasLayer = false;
  return {
    initial: line(spnego.first),
    get inside() {
      return spnego.inside.name;
    },
    noKerberos,
    async answer(challenge) {
      if (hasLayer) return fault('unexpected');
      if (!spnego.isEstablished) {
        const turn = await spnego.answer(challenge);
        return turn.kind === 'fault' ? turn : line(turn.bytes);
      }
      hasLayer = true;
      return layerStep(spnego.inside, challenge);
    },
    end: () => (spnego.mayEnd() ? undefined : 'tooEarly'),
    dispose() {
      kerberos?.inside.wipe();
      ntlm.inside.wipe();
    },
  };
}

/** The server's layers come wrapped; the answer takes none, and names no one to act for. */
async function layerStep(inside: Inside, challenge: Uint8Array): Promise<Turn> {
  const offer = await inside.unwrap(challenge);
  if (offer?.length !== 4 || ((offer[0] ?? 0) & noLayer) === 0) return fault('noLayer');
  const choice = await inside.wrap(Uint8Array.of(noLayer, 0, 0, 0));
  return choice ? line(choice) : fault('noLayer');
}

function stopped(noKerberos: NoKerberos, what: LoginFault): Exchange {
  return {
    initial: fault(what),
    inside: 'Kerberos',
    noKerberos,
    answer: async () => fault(what),
    end: () => what,
    dispose() {},
  };
}

function line(bytes: Uint8Array): Turn {
  return { kind: 'line', line: toBase64(bytes) };
}

function fault(what: LoginFault): Turn {
  return { kind: 'fault', fault: what };
}
