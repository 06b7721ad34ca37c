import { withoutPadding } from './padding.ts';

/**
 * RC2 in CBC mode, decryption only (RFC 2268). Windows Server 2016 and older encrypt the certificates of a PFX with its
 * 40-bit form, which neither web cryptography nor today's OpenSSL reads.
 */

/** PITABLE of RFC 2268, section 2: a permutation of 0 to 255. */
const table = Uint8Array.from(
  (
    'd978f9c419ddb5ed28e9fd794aa0d89d' +
    'c67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32' +
    'bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc' +
    '1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303' +
    'f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a' +
    '961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039' +
    '997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9' +
    'd300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2e' +
    'c5f3db47e5a59c770aa62068fe7fc1ad'
  ).match(/../g) ?? [],
  (digits) => Number.parseInt(digits, 16),
);

/** @param key all of its bits are used, as PFX files do. Undefined where the padding is wrong. */
export function decryptRc2(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | undefined {
  const words = expandKey(key);
  const plain = new Uint8Array(data.length);
  let previous = iv;
  for (let at = 0; at < data.length; at += 8) {
    const block = data.subarray(at, at + 8);
    const opened = decryptBlock(block, words);
    for (let i = 0; i < 8; i++) plain[at + i] = (opened[i] ?? 0) ^ (previous[i] ?? 0);
    previous = block;
  }
  return withoutPadding(plain);
}

/** 64 words of 16 bits. */
function expandKey(key: Uint8Array): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  const at = (i: number): number => bytes[i] ?? 0;
  const substitute = (value: number): number => table[value & 0xff] ?? 0;
  for (let i = key.length; i < 128; i++) bytes[i] = substitute(at(i - 1) + at(i - key.length));
  bytes[128 - key.length] = substitute(at(128 - key.length));
  for (let i = 127 - key.length; i >= 0; i--) bytes[i] = substitute(at(i + 1) ^ at(i + key.length));
  return Uint16Array.from({ length: 64 }, (_, i) => at(2 * i) | (at(2 * i + 1) << 8));
}

const rotations = [1, 2, 3, 5];

function decryptBlock(block: Uint8Array, words: Uint16Array): Uint8Array {
  const r = Uint16Array.from({ length: 4 }, (_, i) => (block[2 * i] ?? 0) | ((block[2 * i + 1] ?? 0) << 8));
  const at = (i: number): number => r[i & 3] ?? 0;
  let next = 63;
  for (let round = 15; round >= 0; round--) {
    for (let i = 3; i >= 0; i--) {
      const by = rotations[i] ?? 0;
      const turned = ((at(i) >> by) | (at(i) << (16 - by))) & 0xffff;
      r[i] = turned - (words[next--] ?? 0) - (at(i + 3) & at(i + 2)) - (~at(i + 3) & at(i + 1));
    }
    // A mashing round lies after the fifth and the eleventh mixing round.
    if (round === 11 || round === 5) {
      for (let i = 3; i >= 0; i--) r[i] = at(i) - (words[at(i + 3) & 63] ?? 0);
    }
  }
  return Uint8Array.from({ length: 8 }, (_, i) => (at(i >> 1) >> (8 * (i & 1))) & 0xff);
}
