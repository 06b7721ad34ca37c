import type { Answer, Move } from './misbehaving.ts';
import { type AcceptorWish, ntlmAcceptor, type Verdict } from './ntlm-acceptor.ts';

/** How AUTH NTLM and AUTH GSSAPI go on a server; a script takes these. */
export interface LoginScript {
  readonly AUTH: Answer;
  readonly challenged: readonly Answer[];
  /** All that was wrong with what the client said. */
  readonly problems: string[];
  /** What was made of the AUTHENTICATE. */
  verdict(): Verdict | undefined;
}

/** What a client has to say about itself in NTLM, and how the server goes on from there. */
export interface GssapiWish extends AcceptorWish {
  /** The server asks for the choice to be signed. */
  readonly requestMic?: boolean;
  /** The server's own signature of the choice. Default: right. */
  readonly mic?: 'right' | 'wrong' | 'absent';
  /** What comes after AUTHENTICATE. Default: the last word of SPNEGO, and the layer step. */
  readonly afterwards?: 'layer' | 'noLayerStep' | 'yesAtOnce';
  /** The layers on offer. Default: all three, 64 kB. */
  readonly layers?: Uint8Array;
  readonly layerSignature?: 'right' | 'wrong';
}

export const oids = {
  spnego: '2b0601050502',
  kerberos: '2a864886f712010202',
  microsoftKerberos: '2a864882f712010202',
  ntlm: '2b06010401823702020a',
};

const welcome = '235 2.7.0 welcome\r\n';
const no = '535 5.7.8 no\r\n';

export const challenge = (bytes: Uint8Array) => `334 ${Buffer.from(bytes).toString('base64')}\r\n`;
export const bytesOf = (line: string) => Buffer.from(line.replace(/^AUTH \w+ /, ''), 'base64');

/** AUTH NTLM of a server that accepts one user. */
export function ntlmScript(wish: AcceptorWish): LoginScript {
  const ntlm = ntlmAcceptor(wish);
  const problems: string[] = [];
  let verdict: Verdict | undefined;
  return {
    AUTH: (line) => (line.startsWith('AUTH NTLM ') ? challenge(ntlm.challenge(bytesOf(line))) : no),
    challenged: [
      (line) => {
        verdict = ntlm.check(bytesOf(line));
        problems.push(...verdict.problems);
        return verdict.problems.length === 0 ? welcome : no;
      },
    ],
    problems,
    verdict: () => verdict,
  };
}

/** AUTH GSSAPI of a server that accepts one user by NTLM. */
export function gssapiScript(wish: GssapiWish): LoginScript {
  const ntlm = ntlmAcceptor(wish);
  const problems: string[] = [];
  let verdict: Verdict | undefined;
  let mechList: Buffer = Buffer.alloc(0);
  const demand = (isRight: boolean, problem: string) => {
    if (!isRight) problems.push(problem);
  };

  const start: Answer = (line) => {
    if (!line.startsWith('AUTH GSSAPI ')) return no;
    const offer = readOffer(bytesOf(line));
    mechList = offer.mechList;
    demand(offer.mechanisms.at(-1) === oids.ntlm, 'NTLM is not offered');
    const [state, token] = [wish.requestMic ? 3 : 1, ntlm.challenge(offer.token)];
    return challenge(reply({ state, mechanism: oids.ntlm, token }));
  };
  const authenticated: Answer = (line) => {
    const { token, mic: signature } = readResponse(bytesOf(line));
    verdict = ntlm.check(token);
    problems.push(...verdict.problems);
    if (verdict.problems.length > 0) return no;
    demand(verdict.signer.isSigned(mechList, signature), 'wrong mechListMIC');
    verdict.signer.restart();
    if (wish.afterwards === 'yesAtOnce') return welcome;
    if (wish.mic === 'absent') return challenge(reply({ state: 0 }));
    const mic = verdict.signer.sign(mechList);
    verdict.signer.restart();
    return challenge(reply({ state: 0, mic: wish.mic === 'wrong' ? new Uint8Array(16) : mic }));
  };
  const layers: Answer = (line) => {
    demand(line === '', 'something said where nothing was left to say');
    if (wish.afterwards === 'noLayerStep') return welcome;
    const offer = wish.layers ?? Uint8Array.of(7, 1, 0, 0);
    const signature = verdict?.signer.sign(offer) ?? new Uint8Array();
    return challenge(Buffer.concat([wish.layerSignature === 'wrong' ? new Uint8Array(16) : signature, offer]));
  };
  const chosen: Answer = (line): Move => {
    const message = bytesOf(line);
    demand(message.subarray(16).toString('hex') === '01000000', 'not “no layer” for nobody else');
    demand(verdict?.signer.isSigned(message.subarray(16), message.subarray(0, 16)) ?? false, 'wrong signature');
    return problems.length === 0 ? welcome : no;
  };
  return { AUTH: start, challenged: [authenticated, layers, chosen], problems, verdict: () => verdict };
}

/** A NegTokenResp. */
export function reply(parts: {
  readonly state?: number;
  readonly mechanism?: string;
  readonly token?: Uint8Array;
  readonly mic?: Uint8Array;
}): Buffer {
  const { state, mechanism, token, mic } = parts;
  return der(
    0xa1,
    der(
      0x30,
      ...(state === undefined ? [] : [der(0xa0, der(0x0a, Buffer.of(state)))]),
      ...(mechanism === undefined ? [] : [der(0xa1, der(0x06, Buffer.from(mechanism, 'hex')))]),
      ...(token === undefined ? [] : [der(0xa2, der(0x04, token))]),
      ...(mic === undefined ? [] : [der(0xa3, der(0x04, mic))]),
    ),
  );
}

/** What a client's NegTokenInit holds. */
export function readOffer(bytes: Buffer) {
  const [thisMech, init] = values(first(bytes, 0x60));
  if (thisMech?.content.toString('hex') !== oids.spnego) throw new Error('Not SPNEGO.');
  const parts = values(first(init?.content ?? bytes, 0x30));
  const mechList = parts.find(({ tag }) => tag === 0xa0)?.content ?? Buffer.alloc(0);
  const mechanisms = values(first(mechList, 0x30)).map(({ content }) => content.toString('hex'));
  return { mechList, mechanisms, token: octetsIn(parts, 0xa2) };
}

/** What a client's NegTokenResp holds. */
export function readResponse(bytes: Buffer) {
  const parts = values(first(first(bytes, 0xa1), 0x30));
  return { token: octetsIn(parts, 0xa2), mic: octetsIn(parts, 0xa3) };
}

interface Value {
  readonly tag: number;
  readonly content: Buffer;
}

function octetsIn(parts: readonly Value[], tag: number): Buffer {
  const found = parts.find((part) => part.tag === tag);
  return found ? first(found.content, 0x04) : Buffer.alloc(0);
}

function first(bytes: Buffer, tag: number): Buffer {
  const [value] = values(bytes);
  if (value?.tag !== tag) throw new Error(`A value with the tag ${tag} was expected, and came with ${value?.tag}.`);
  return value.content;
}

function values(bytes: Buffer): readonly Value[] {
  const found: Value[] = [];
  for (let at = 0; at < bytes.length; ) {
    const short = bytes.readUInt8(at + 1);
    const count = short < 0x80 ? 0 : short & 0x7f;
    const length = count === 0 ? short : bytes.readUIntBE(at + 2, count);
    const start = at + 2 + count;
    found.push({ tag: bytes.readUInt8(at), content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

function der(tag: number, ...pieces: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(pieces);
  const long = body.length < 0x80 ? [] : body.length < 0x100 ? [body.length] : [body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...(long.length > 0 ? [0x80 | long.length, ...long] : [body.length])), body]);
}
