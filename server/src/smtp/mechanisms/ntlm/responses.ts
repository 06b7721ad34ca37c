import { joinBytes } from '../../../certificates/der.ts';
import type { Secret } from '../../../settings/secret.ts';
import { hmacMd5, md4 } from './digests.ts';
import { type NtlmUser, upperCase, utf16 } from './names.ts';

/** NTOWFv2 (MS-NLMP, section 3.3.2): the key an NTLMv2 answer is made with, as good as the password. Sixteen bytes. */
export function responseKey(password: Secret, { name, domain }: NtlmUser): Uint8Array {
  const text = utf16(password.reveal());
  const hash = md4(text);
  const key = hmacMd5(hash, utf16(upperCase(name) + domain));
  text.fill(0);
  hash.fill(0);
  return key;
}

export interface ResponseInput {
  readonly key: Uint8Array;
  readonly serverNonce: Uint8Array;
  readonly clientNonce: Uint8Array;
  /** Eight bytes: 100 nanoseconds since 1601, little endian. */
  readonly time: Uint8Array;
  readonly targetInfo: Uint8Array;
}

/** What proves the password, and the key that comes of it. */
export interface Response {
  readonly ntResponse: Uint8Array;
  readonly sessionBaseKey: Uint8Array;
}

/** The NTLMv2 response (MS-NLMP, section 3.3.2). */
export function ntlmV2Response({ key, serverNonce, clientNonce, time, targetInfo }: ResponseInput): Response {
  const blob = joinBytes([
    Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0),
    time,
    clientNonce,
    new Uint8Array(4),
    targetInfo,
    new Uint8Array(4),
  ]);
  const proof = hmacMd5(key, serverNonce, blob);
  return { ntResponse: joinBytes([proof, blob]), sessionBaseKey: hmacMd5(key, proof) };
}

/** The LMv2 response, for servers too old to tell their time. */
export function lmV2Response({
  key,
  serverNonce,
  clientNonce,
}: Omit<ResponseInput, 'time' | 'targetInfo'>): Uint8Array {
  return joinBytes([hmacMd5(key, serverNonce, clientNonce), clientNonce]);
}

/** 100 nanoseconds since 1601, little endian. */
export function fileTime(date: Date): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, (BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n, true);
  return new Uint8Array(view.buffer);
}
