import { createHash, createHmac, randomBytes } from 'node:crypto';
// Node's OpenSSL has neither; their own tests hold them against the RFCs.
import { md4 } from '../../server/src/smtp/mechanisms/ntlm/digests.ts';
import { type Rc4, rc4 } from '../../server/src/smtp/mechanisms/ntlm/rc4.ts';

/** How a challenge differs from a decent one. */
export interface ChallengeWish {
  /** Flags that are not set. */
  readonly without?: number;
  readonly targetInfo?: Uint8Array;
  readonly targetInfoOffset?: number;
  readonly targetInfoLength?: number;
  readonly targetNameOffset?: number;
  readonly type?: number;
  readonly signature?: string;
  readonly nonce?: Uint8Array;
}

const decentFlags = 0xe28a_8215;
export const serverTime = Uint8Array.from(Buffer.from('00c0a5d7b9f1dc01', 'hex'));

export function pair(id: number, value: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(id, 0);
  header.writeUInt16LE(value.length, 2);
  return Buffer.concat([header, value]);
}

export function targetInfoOf(pairs: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([...pairs, pair(0, new Uint8Array())]);
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

export const usualPairs = [
  pair(2, utf16('CONTOSO')),
  pair(1, utf16('MAIL')),
  pair(4, utf16('contoso.com')),
  pair(3, utf16('mail.contoso.com')),
  pair(7, serverTime),
];

/** A CHALLENGE, as the wish has it. */
export function challengeOf(wish: ChallengeWish): Uint8Array {
  const targetName = utf16('CONTOSO');
  const targetInfo = Buffer.from(wish.targetInfo ?? targetInfoOf(usualPairs));
  const head = Buffer.alloc(56);
  head.write(wish.signature ?? 'NTLMSSP\0', 0, 'latin1');
  head.writeUInt32LE(wish.type ?? 2, 8);
  head.writeUInt16LE(targetName.length, 12);
  head.writeUInt16LE(targetName.length, 14);
  head.writeUInt32LE(wish.targetNameOffset ?? 56, 16);
  head.writeUInt32LE((decentFlags & ~(wish.without ?? 0)) >>> 0, 20);
  Buffer.from(wish.nonce ?? Buffer.from('0123456789abcdef', 'hex')).copy(head, 24);
  head.writeUInt16LE(wish.targetInfoLength ?? targetInfo.length, 40);
  head.writeUInt16LE(wish.targetInfoLength ?? targetInfo.length, 42);
  head.writeUInt32LE(wish.targetInfoOffset ?? 56 + targetName.length, 44);
  Buffer.from('0a0063450000000f', 'hex').copy(head, 48);
  return Uint8Array.from(Buffer.concat([head, targetName, targetInfo]));
}

export interface AcceptorWish {
  readonly userName: string;
  readonly domain: string;
  readonly password: string;
  readonly host: string;
  /** What the answer has to be bound to: the hash of the certificate. Not looked at where not given. */
  readonly serverEndPoint?: Uint8Array;
  readonly challenge?: ChallengeWish;
}

/** What a server makes of an AUTHENTICATE. */
export interface Verdict {
  /** Everything that is wrong with it. */
  readonly problems: readonly string[];
  readonly userName: string;
  readonly domain: string;
  readonly workstation: string;
  readonly signer: Signer;
}

/** The server's side of the signatures. */
export interface Signer {
  sign(text: Uint8Array): Uint8Array;
  isSigned(text: Uint8Array, signature: Uint8Array): boolean;
  /** As Windows does after a mechListMIC. */
  restart(): void;
}

/** A server that speaks NTLMv2, written apart from our client: one login. */
export function ntlmAcceptor(wish: AcceptorWish) {
  let negotiate: Uint8Array = new Uint8Array();
  const challenge = challengeOf({ nonce: randomBytes(8), ...wish.challenge });
  return {
    challenge(message: Uint8Array): Uint8Array {
      negotiate = message;
      return challenge;
    },
    check: (authenticate: Uint8Array): Verdict => judge(wish, negotiate, challenge, Buffer.from(authenticate)),
  };
}

function judge(wish: AcceptorWish, negotiate: Uint8Array, challenge: Uint8Array, message: Buffer): Verdict {
  const problems: string[] = [];
  const demand = (isRight: boolean, problem: string) => {
    if (!isRight) problems.push(problem);
  };
  const field = (at: number) => {
    const start = message.readUInt32LE(at + 4);
    const end = start + message.readUInt16LE(at);
    demand(start >= 88 && end <= message.length, `field at ${at} points outside`);
    return message.subarray(start, end);
  };
  demand(message.toString('latin1', 0, 8) === 'NTLMSSP\0' && message.readUInt32LE(8) === 3, 'no AUTHENTICATE');
  const [lm, nt, domain, userName, workstation, encryptedKey] = [12, 20, 28, 36, 44, 52].map(field) as FieldList;
  const flags = message.readUInt32LE(60);

  const key = hmac(md4(utf16(wish.password)), utf16(wish.userName.toUpperCase() + wish.domain));
  const proof = nt.subarray(0, 16);
  const blob = nt.subarray(16);
  demand(hmac(key, challenge.subarray(24, 32), blob).equals(proof), 'wrong proof');
  demand(domain.toString('utf16le') === wish.domain, 'another domain');
  demand(userName.toString('utf16le') === wish.userName, 'another user');

  const pairs = pairsIn(blob.subarray(28));
  const hasTime = pairs.has(7);
  demand(blob.subarray(0, 8).equals(Buffer.from('0101000000000000', 'hex')), 'not the version of NTLMv2');
  demand(!hasTime || blob.subarray(8, 16).equals(serverTime), 'not the time of the server');
  demand(hasTime === lm.equals(Buffer.alloc(24)), 'an LM response beside the time, or none without it');
  demand(((pairs.get(6)?.[0] ?? 0) & 2) === 2, 'no MIC announced');
  demand(pairs.get(9)?.toString('utf16le') === `SMTPSVC/${wish.host}`, 'another service');
  const binding = wish.serverEndPoint && bindingOf(wish.serverEndPoint);
  demand(!binding || (pairs.get(10)?.equals(binding) ?? false), 'another channel');

  const baseKey = hmac(key, proof);
  const sessionKey = encryptedKey.length > 0 ? Buffer.from(rc4(baseKey).apply(encryptedKey)) : baseKey;
  const withoutMic = Buffer.from(message);
  withoutMic.fill(0, 72, 88);
  demand(hmac(sessionKey, negotiate, challenge, withoutMic).equals(message.subarray(72, 88)), 'wrong MIC');
  return {
    problems,
    userName: userName.toString('utf16le'),
    domain: domain.toString('utf16le'),
    workstation: workstation.toString('utf16le'),
    signer: signerOf(sessionKey, (flags & 0x4000_0000) !== 0),
  };
}

type FieldList = [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];

function pairsIn(list: Buffer): ReadonlyMap<number, Buffer> {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= list.length && list.readUInt16LE(at) !== 0; ) {
    const end = at + 4 + list.readUInt16LE(at + 2);
    const id = list.readUInt16LE(at);
    // Of two with one id a server takes the first.
    if (!pairs.has(id)) pairs.set(id, list.subarray(at + 4, end));
    at = end;
  }
  return pairs;
}

function bindingOf(serverEndPoint: Uint8Array): Buffer {
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), serverEndPoint]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return createHash('md5')
    .update(Buffer.concat([Buffer.alloc(16), length, data]))
    .digest();
}

function signerOf(sessionKey: Buffer, exchanged: boolean): Signer {
  const derived = (way: string, use: string) =>
    createHash('md5').update(sessionKey).update(`session key to ${way} ${use} key magic constant\0`).digest();
  const side = (way: string) => {
    const stream = () => rc4(derived(way, 'sealing'));
    return { key: derived(way, 'signing'), stream: stream(), sequence: 0, restarted: stream };
  };
  const own = side('server-to-client');
  const other = side('client-to-server');
  const next = (at: { key: Buffer; stream: Rc4; sequence: number }, text: Uint8Array) => {
    const sequence = Buffer.alloc(4);
    sequence.writeUInt32LE(at.sequence++);
    const checksum = hmac(at.key, sequence, text).subarray(0, 8);
    return Buffer.concat([Buffer.from('01000000', 'hex'), exchanged ? at.stream.apply(checksum) : checksum, sequence]);
  };
  return {
    sign: (text) => next(own, text),
    isSigned: (text, signature) => next(other, text).equals(signature),
    restart() {
      own.stream = own.restarted();
      other.stream = other.restarted();
    },
  };
}

function hmac(key: Uint8Array, ...pieces: readonly Uint8Array[]): Buffer {
  return pieces.reduce((made, piece) => made.update(piece), createHmac('md5', key)).digest();
}
