import { withoutPadding } from './padding.ts';

/**
 * Triple DES in CBC mode, decryption only (FIPS 46-3, SP 800-67). Web cryptography has no DES, and PFX files that
 * Windows writes are encrypted with it to this day. Small and slow: such files are a few kilobytes.
 */

// biome-ignore format: the tables stand as in the standard
const initialPermutation = [
  58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
  57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3, 61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
];
// biome-ignore format: as in the standard
const finalPermutation = [
  40, 8, 48, 16, 56, 24, 64, 32, 39, 7, 47, 15, 55, 23, 63, 31, 38, 6, 46, 14, 54, 22, 62, 30, 37, 5, 45, 13, 53, 21, 61, 29,
  36, 4, 44, 12, 52, 20, 60, 28, 35, 3, 43, 11, 51, 19, 59, 27, 34, 2, 42, 10, 50, 18, 58, 26, 33, 1, 41, 9, 49, 17, 57, 25,
];
// biome-ignore format: as in the standard
const roundPermutation = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
];
// biome-ignore format: as in the standard
const keyChoice1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
  63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
];
// biome-ignore format: as in the standard
const keyChoice2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2,
  41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];
const keyShifts = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];

/** Four rows of sixteen for each of the eight boxes, a hex digit each. */
const substitutions = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
].map((box) => Array.from(box, (digit) => Number.parseInt(digit, 16)));

/** Substitution and the permutation after it in one step: 64 words of 32 bits for each box. */
const mixers = substitutions.map((box, i) =>
  Int32Array.from({ length: 64 }, (_, six) => {
    const row = ((six >> 4) & 2) | (six & 1);
    const value = box[row * 16 + ((six >> 1) & 15)] ?? 0;
    const half = Array.from({ length: 32 }, (_, bit) => (bit >> 2 === i ? (value >> (3 - (bit & 3))) & 1 : 0));
    return toWord(permute(half, roundPermutation));
  }),
);

type Bits = readonly number[];

/** Sixteen keys, each as eight groups of six bits. */
type RoundKeys = readonly (readonly number[])[];

/** @param key 24 bytes, or 16 where the third key is the first again. Undefined where the padding is wrong. */
export function decryptTripleDes(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | undefined {
  const [first, second] = [key.subarray(0, 8), key.subarray(8, 16)];
  const third = key.length === 24 ? key.subarray(16, 24) : first;
  // Decrypt with the third, encrypt with the second, decrypt with the first.
  const schedules = [roundKeys(third).toReversed(), roundKeys(second), roundKeys(first).toReversed()];
  const plain = new Uint8Array(data.length);
  let previous = iv;
  for (let at = 0; at < data.length; at += 8) {
    const block = data.subarray(at, at + 8);
    const opened = openBlock(block, schedules);
    for (let i = 0; i < 8; i++) plain[at + i] = (opened[i] ?? 0) ^ (previous[i] ?? 0);
    previous = block;
  }
  return withoutPadding(plain);
}

/** Between two of the three passes the final and the initial permutation cancel each other. */
function openBlock(block: Uint8Array, schedules: readonly RoundKeys[]): Uint8Array {
  const start = permute(toBits(block), initialPermutation);
  let [left, right] = [toWord(start.slice(0, 32)), toWord(start.slice(32))];
  for (const keys of schedules) {
    for (const key of keys) [left, right] = [right, left ^ mix(right, key)];
    [left, right] = [right, left];
  }
  const end = permute([...wordBits(left), ...wordBits(right)], finalPermutation);
  return Uint8Array.from({ length: 8 }, (_, i) => toWord(end.slice(i * 8, i * 8 + 8)));
}

/** The expansion gives box `i` the bits 4i to 4i + 5 of the half, counted from 1 and around the end. */
function mix(half: number, key: readonly number[]): number {
  let mixed = 0;
  for (let i = 0; i < 8; i++) {
    const turn = (4 * i + 5) & 31;
    const six = ((half << turn) | (half >>> (32 - turn))) & 63;
    mixed |= mixers[i]?.[six ^ (key[i] ?? 0)] ?? 0;
  }
  return mixed;
}

function roundKeys(key: Uint8Array): RoundKeys {
  const chosen = permute(toBits(key), keyChoice1);
  let shift = 0;
  return keyShifts.map((by) => {
    shift += by;
    const turned = chosen.map((_, i) => chosen[i < 28 ? (i + shift) % 28 : 28 + ((i - 28 + shift) % 28)] ?? 0);
    const bits = permute(turned, keyChoice2);
    return Array.from({ length: 8 }, (_, i) => toWord(bits.slice(i * 6, i * 6 + 6)));
  });
}

/** The tables count bits from 1. */
function permute(bits: Bits, places: readonly number[]): Bits {
  return places.map((place) => bits[place - 1] ?? 0);
}

function toBits(bytes: Uint8Array): Bits {
  return Array.from(bytes).flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (byte >> bit) & 1));
}

function toWord(bits: Bits): number {
  return bits.reduce((word, bit) => (word << 1) | bit, 0);
}

function wordBits(word: number): Bits {
  return Array.from({ length: 32 }, (_, i) => (word >>> (31 - i)) & 1);
}
