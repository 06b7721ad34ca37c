/** Takes off the padding of RFC 5652, 6.3, for blocks of eight bytes. Undefined where it is wrong: so was the key. */
export function withoutPadding(plain: Uint8Array): Uint8Array | undefined {
  const count = plain.at(-1) ?? 0;
  if (count < 1 || count > 8 || plain.length < count) return undefined;
  const padding = plain.subarray(plain.length - count);
  return padding.every((byte) => byte === count) ? plain.subarray(0, plain.length - count) : undefined;
}
