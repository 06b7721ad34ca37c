import { flags, has } from './flags.ts';
import { type Pair, readPairs } from './target-info.ts';

/** `NTLMSSP` and a zero byte. */
export const signature = Uint8Array.of(0x4e, 0x54, 0x4c, 0x4d, 0x53, 0x53, 0x50, 0);

/** A server's CHALLENGE (MS-NLMP, section 2.2.1.2). */
export interface Challenge {
  readonly kind: 'challenge';
  readonly flags: number;
  /** Eight bytes. */
  readonly nonce: Uint8Array;
  readonly targetInfo: readonly Pair[];
}

export interface ChallengeFault {
  readonly kind: 'fault';
  readonly fault: 'malformed' | 'ntlmV1Only' | 'ntlmNoTargetInfo';
}

/** Bytes up to the fields that NTLMv1 had not. */
const shortest = 32;
/** Bytes up to the end of the target information's place. */
const withTargetInfo = 48;

/** Reads a challenge that NTLMv2 can be spoken with. Nothing outside the message is looked at. */
export function readChallenge(message: Uint8Array): Challenge | ChallengeFault {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const isOurs = message.length >= shortest && signature.every((byte, i) => message[i] === byte);
  if (!isOurs || view.getUint32(8, true) !== 2) return fault('malformed');
  const targetName = fieldAt(message, 12);
  const set = view.getUint32(20, true);
  if (!targetName || !has(set, flags.unicode)) return fault('malformed');
  if (!has(set, flags.extendedSessionSecurity)) return fault('ntlmV1Only');
  if (!has(set, flags.targetInfo) || message.length < withTargetInfo) return fault('ntlmNoTargetInfo');
  const field = fieldAt(message, 40);
  if (!field) return fault('malformed');
  const targetInfo = field.length === 0 ? [] : readPairs(field);
  if (!targetInfo) return fault('malformed');
  if (targetInfo.length === 0) return fault('ntlmNoTargetInfo');
  return { kind: 'challenge', flags: set, nonce: message.slice(24, 32), targetInfo };
}

/** What a field of length, room and offset at `at` points to; undefined where that is not behind the fixed part. */
function fieldAt(message: Uint8Array, at: number): Uint8Array | undefined {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const length = view.getUint16(at, true);
  const start = view.getUint32(at + 4, true);
  if (length === 0) return new Uint8Array();
  return start >= at + 8 && start + length <= message.length ? message.subarray(start, start + length) : undefined;
}

function fault(what: ChallengeFault['fault']): ChallengeFault {
  return { kind: 'fault', fault: what };
}
