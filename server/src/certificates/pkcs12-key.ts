export type Hash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/**
 * The key derivation of RFC 7292, appendix B.2.
 *
 * @param purpose 1 key, 2 initialisation vector, 3 checksum
 * @param length in bytes
 */
export async function pkcs12Key(
  password: Uint8Array,
  salt: Uint8Array,
  purpose: 1 | 2 | 3,
  rounds: number,
  length: number,
  hash: Hash,
): Promise<Uint8Array<ArrayBuffer>> {
  const blockSize = hash === 'SHA-384' || hash === 'SHA-512' ? 128 : 64;
  const saltLength = Math.ceil(salt.length / blockSize) * blockSize;
  const passwordLength = Math.ceil(password.length / blockSize) * blockSize;
  const input = new Uint8Array(blockSize + saltLength + passwordLength);
  input.fill(purpose, 0, blockSize);
  for (let i = 0; i < saltLength; i++) input[blockSize + i] = salt[i % salt.length] ?? 0;
  for (let i = 0; i < passwordLength; i++) input[blockSize + saltLength + i] = password[i % password.length] ?? 0;

  const key = new Uint8Array(length);
  for (let filled = 0; ; ) {
    let digest = new Uint8Array(await globalThis.crypto.subtle.digest(hash, input));
    for (let round = 1; round < rounds; round++) {
      digest = new Uint8Array(await globalThis.crypto.subtle.digest(hash, digest));
    }
    key.set(digest.subarray(0, length - filled), filled);
    filled += digest.length;
    if (filled >= length) break;
    addToBlocks(input.subarray(blockSize), blockSize, digest);
  }
  input.fill(0);
  return key;
}

/** Each block of `blocks` becomes itself + the digest, repeated to the size of a block, + 1. */
function addToBlocks(blocks: Uint8Array, blockSize: number, digest: Uint8Array): void {
  for (let start = 0; start < blocks.length; start += blockSize) {
    let carry = 1;
    for (let i = blockSize - 1; i >= 0; i--) {
      const sum = (blocks[start + i] ?? 0) + (digest[i % digest.length] ?? 0) + carry;
      blocks[start + i] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}
