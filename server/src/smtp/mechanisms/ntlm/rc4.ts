/** A running RC4 key stream. Broken as a cipher: NTLM has nothing else. */
export interface Rc4 {
  /** The bytes under the next part of the key stream. */
  apply(bytes: Uint8Array): Uint8Array;
  wipe(): void;
}

/** @param key 1 to 256 bytes */
export function rc4(key: Uint8Array): Rc4 {
  const box = Uint8Array.from({ length: 256 }, (_, i) => i);
  let x = 0;
  let y = 0;
  const swap = (i: number, j: number) => {
    const kept = box[i] ?? 0;
    box[i] = box[j] ?? 0;
    box[j] = kept;
  };
  for (let i = 0; i < 256; i++) {
    y = (y + (box[i] ?? 0) + (key[i % key.length] ?? 0)) & 0xff;
    swap(i, y);
  }
  y = 0;
  return {
    apply: (bytes) =>
      bytes.map((byte) => {
        x = (x + 1) & 0xff;
        y = (y + (box[x] ?? 0)) & 0xff;
        swap(x, y);
        return byte ^ (box[((box[x] ?? 0) + (box[y] ?? 0)) & 0xff] ?? 0);
      }),
    wipe() {
      box.fill(0);
    },
  };
}
