/**
 * MD4 (RFC 1320), MD5 (RFC 1321) and HMAC-MD5 (RFC 2104). NTLM is built on them, and neither web cryptography nor
 * Node's OpenSSL has them all. They are broken as hashes: nothing but NTLM may use them.
 */

/** Sixteen steps over one block. */
interface Round {
  mix(b: number, c: number, d: number): number;
  /** The word of the block that step `i` takes. */
  word(i: number): number;
  constant(i: number): number;
  readonly shifts: readonly [number, number, number, number];
}

interface Digest {
  readonly rounds: readonly Round[];
  /** Each step of MD5 adds the word beside. */
  readonly addsNeighbour: boolean;
}

const choose = (b: number, c: number, d: number) => (b & c) | (~b & d);
const majority = (b: number, c: number, d: number) => (b & c) | (b & d) | (c & d);
const parity = (b: number, c: number, d: number) => b ^ c ^ d;

/** The four bits of `i` in the order that `places` gives, highest first. */
const permuted = (i: number, places: readonly number[]) => places.reduce((word, bit) => word * 2 + ((i >> bit) & 1), 0);

const md4Digest: Digest = {
  addsNeighbour: false,
  rounds: [
    { mix: choose, word: (i) => i, constant: () => 0, shifts: [3, 7, 11, 19] },
    { mix: majority, word: (i) => permuted(i, [1, 0, 3, 2]), constant: () => 0x5a827999, shifts: [3, 5, 9, 13] },
    { mix: parity, word: (i) => permuted(i, [0, 1, 2, 3]), constant: () => 0x6ed9eba1, shifts: [3, 9, 11, 15] },
  ],
};

/** RFC 1321, section 3.4: a table made from the sine. */
const sine = (step: number) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32);

const md5Digest: Digest = {
  addsNeighbour: true,
  rounds: [
    { mix: choose, word: (i) => i, constant: sine, shifts: [7, 12, 17, 22] },
    {
      mix: (b, c, d) => choose(d, b, c),
      word: (i) => (5 * i + 1) % 16,
      constant: (i) => sine(16 + i),
      shifts: [5, 9, 14, 20],
    },
    { mix: parity, word: (i) => (3 * i + 5) % 16, constant: (i) => sine(32 + i), shifts: [4, 11, 16, 23] },
    {
      mix: (b, c, d) => c ^ (b | ~d),
      word: (i) => (7 * i) % 16,
      constant: (i) => sine(48 + i),
      shifts: [6, 10, 15, 21],
    },
  ],
};

const blockLength = 64;

/** Sixteen bytes. */
export function md4(...message: readonly Uint8Array[]): Uint8Array {
  return digestOf(message, md4Digest);
}

/** Sixteen bytes. */
export function md5(...message: readonly Uint8Array[]): Uint8Array {
  return digestOf(message, md5Digest);
}

/** Sixteen bytes. `key` has at most 64. */
export function hmacMd5(key: Uint8Array, ...message: readonly Uint8Array[]): Uint8Array {
  if (key.length > blockLength) throw new RangeError('A key of HMAC-MD5 may have 64 bytes here.');
  const padded = new Uint8Array(blockLength);
  padded.set(key);
  const inner = padded.map((byte) => byte ^ 0x36);
  const outer = padded.map((byte) => byte ^ 0x5c);
  const digest = md5(outer, md5(inner, ...message));
  for (const secret of [padded, inner, outer]) secret.fill(0);
  return digest;
}

function digestOf(message: readonly Uint8Array[], digest: Digest): Uint8Array {
  const padded = paddedMessage(message);
  const view = new DataView(padded.buffer);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const words = new Uint32Array(16);
  for (let at = 0; at < padded.length; at += blockLength) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + 4 * i, true);
    addBlock(state, words, digest);
  }
  // The message may be a password.
  padded.fill(0);
  words.fill(0);
  const result = new DataView(new ArrayBuffer(16));
  state.forEach((word, i) => void result.setUint32(4 * i, word, true));
  return new Uint8Array(result.buffer);
}

/** The message, one bit, zeros, and its length in bits, little endian, in whole blocks. */
function paddedMessage(message: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = message.reduce((sum, piece) => sum + piece.length, 0);
  const padded = new Uint8Array(Math.ceil((length + 9) / blockLength) * blockLength);
  let at = 0;
  for (const piece of message) {
    padded.set(piece, at);
    at += piece.length;
  }
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, length * 8, true);
  view.setUint32(padded.length - 4, length / 2 ** 29, true);
  return padded;
}

function addBlock(state: Uint32Array, words: Uint32Array, { rounds, addsNeighbour }: Digest): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (const { mix, word, constant, shifts } of rounds) {
    for (let i = 0; i < 16; i++) {
      const sum = a + mix(b, c, d) + (words[word(i)] ?? 0) + constant(i);
      const turned = rotatedLeft(sum, shifts[i % 4] ?? 0) + (addsNeighbour ? b : 0);
      [a, b, c, d] = [d, turned | 0, b, c];
    }
  }
  [a, b, c, d].forEach((word, i) => {
    state[i] = (state[i] ?? 0) + word;
  });
}

function rotatedLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
