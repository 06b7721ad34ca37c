import { joinBytes } from '../../../certificates/der.ts';
import { hmacMd5, md5 } from './digests.ts';
import { flags, has } from './flags.ts';
import { type Rc4, rc4 } from './rc4.ts';

export const signatureLength = 16;

/** Signs what goes to the server, and checks what comes from it. */
export interface Signatures {
  sign(message: Uint8Array): Uint8Array;
  isSigned(message: Uint8Array, signature: Uint8Array): boolean;
  /** The key streams begin anew, the counting goes on: so it is after a mechListMIC (MS-SPNG, section 3.3.5.1). */
  restartKeyStreams(): void;
  wipe(): void;
}

/** The signatures of a session with extended session security (MS-NLMP, sections 3.4.4.2 and 3.4.5). */
export function signatures(sessionKey: Uint8Array, agreed: number): Signatures {
  const ours = direction(sessionKey, agreed, 'client-to-server');
  const theirs = direction(sessionKey, agreed, 'server-to-client');
  return {
    sign: (message) => ours.next(message),
    isSigned(message, signature) {
      const expected = theirs.next(message);
      return signature.length === expected.length && expected.every((byte, i) => signature[i] === byte);
    },
    restartKeyStreams() {
      ours.restart();
      theirs.restart();
    },
    wipe() {
      ours.wipe();
      theirs.wipe();
    },
  };
}

type Way = 'client-to-server' | 'server-to-client';

interface Direction {
  /** The signature of the next message. */
  next(message: Uint8Array): Uint8Array;
  restart(): void;
  wipe(): void;
}

function direction(sessionKey: Uint8Array, agreed: number, way: Way): Direction {
  const signKey = signingKey(sessionKey, way);
  const sealKey = sealingKey(sessionKey, agreed, way);
  let stream = rc4(sealKey);
  let sequence = 0;
  return {
    next: (message) =>
      messageSignature({
        signKey,
        stream: has(agreed, flags.keyExchange) ? stream : undefined,
        sequence: sequence++,
        message,
      }),
    restart() {
      stream.wipe();
      stream = rc4(sealKey);
    },
    wipe() {
      stream.wipe();
      signKey.fill(0);
      sealKey.fill(0);
    },
  };
}

/** SIGNKEY. */
export function signingKey(sessionKey: Uint8Array, way: Way): Uint8Array {
  return md5(sessionKey, magic(way, 'signing'));
}

/** SEALKEY: weaker where no 128 bits were agreed on. */
export function sealingKey(sessionKey: Uint8Array, agreed: number, way: Way): Uint8Array {
  const length = has(agreed, flags.key128) ? 16 : has(agreed, flags.key56) ? 7 : 5;
  return md5(sessionKey.subarray(0, length), magic(way, 'sealing'));
}

function magic(way: Way, use: 'signing' | 'sealing'): Uint8Array {
  return new TextEncoder().encode(`session key to ${way} ${use} key magic constant\0`);
}

/** Version, checksum and sequence number; the checksum is encrypted where a key was exchanged. */
export function messageSignature(input: {
  readonly signKey: Uint8Array;
  readonly stream: Rc4 | undefined;
  readonly sequence: number;
  readonly message: Uint8Array;
}): Uint8Array {
  const { signKey, stream, message } = input;
  const sequence = littleEndian(input.sequence);
  const checksum = hmacMd5(signKey, sequence, message).subarray(0, 8);
  return joinBytes([littleEndian(1), stream ? stream.apply(checksum) : checksum, sequence]);
}

function littleEndian(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return new Uint8Array(view.buffer);
}
