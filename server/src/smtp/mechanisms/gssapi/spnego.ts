import { type Der, octetsOf, oidOf, readDer } from '../../../certificates/der.ts';
import { octets, oid, sequence, tagged, value } from '../../../certificates/write-der.ts';

/** SPNEGO, the negotiation that .NET speaks inside AUTH GSSAPI (RFC 4178, section 4.2). */

export const mechanismIds = {
  kerberos: '1.2.840.113554.1.2.2',
  /** The same, as Windows 2000 wrote it by mistake and Windows still does. */
  microsoftKerberos: '1.2.840.48018.1.2.2',
  ntlm: '1.3.6.1.4.1.311.2.2.10',
} as const;

const spnego = '1.3.6.1.5.5.2';
/** [APPLICATION 0], the frame of a first GSS-API token (RFC 2743, section 3.1). */
const firstToken = 0x60;
const enumerated = 0x0a;
/** NegTokenResp is the choice with this tag. */
const response = 0xa1;

const states = ['acceptCompleted', 'acceptIncomplete', 'reject', 'requestMic'] as const;

export type NegotiationState = (typeof states)[number];

/** What a server says in a negotiation. */
export interface NegotiationReply {
  readonly state: NegotiationState | undefined;
  /** In dotted form. */
  readonly mechanism: string | undefined;
  readonly token: Uint8Array | undefined;
  readonly mechListMic: Uint8Array | undefined;
}

/** The mechanisms offered, in order: what a mechListMIC is made over. */
export function mechListOf(mechanisms: readonly string[]): Uint8Array {
  return sequence(...mechanisms.map(oid));
}

/** NegTokenInit: the mechanisms offered, and the first token of the first of them. */
export function writeFirst(mechList: Uint8Array, token: Uint8Array): Uint8Array {
  return value(firstToken, oid(spnego), tagged(0, sequence(tagged(0, mechList), tagged(2, octets(token)))));
}

/** NegTokenResp of a client that goes on. */
export function writeNext(token: Uint8Array | undefined, mechListMic: Uint8Array | undefined): Uint8Array {
  const state = value(enumerated, Uint8Array.of(states.indexOf('acceptIncomplete')));
  return tagged(
    1,
    sequence(
      tagged(0, state),
      ...(token ? [tagged(2, octets(token))] : []),
      ...(mechListMic ? [tagged(3, octets(mechListMic))] : []),
    ),
  );
}

/** Reads a server's NegTokenResp; undefined for anything else. */
export function readReply(bytes: Uint8Array): NegotiationReply | undefined {
  const whole = readDer(bytes);
  if (whole?.tag !== response || whole.raw.length !== bytes.length) return undefined;
  const parts = whole.children[0]?.children ?? [];
  const part = (number: number): Der | undefined => parts.find(({ tag }) => tag === (0xa0 | number))?.children[0];
  const state = part(0);
  return {
    state: state?.tag === enumerated ? states[state.content[0] ?? states.length] : undefined,
    mechanism: oidOf(part(1)),
    token: octetsOf(part(2)),
    mechListMic: octetsOf(part(3)),
  };
}
