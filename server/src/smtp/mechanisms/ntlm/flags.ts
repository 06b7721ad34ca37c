/** NegotiateFlags (MS-NLMP, section 2.2.2.5): what a message asks for, offers or settles. */
export const flags = {
  unicode: 0x0000_0001,
  requestTarget: 0x0000_0004,
  sign: 0x0000_0010,
  ntlm: 0x0000_0200,
  alwaysSign: 0x0000_8000,
  extendedSessionSecurity: 0x0008_0000,
  targetInfo: 0x0080_0000,
  version: 0x0200_0000,
  key128: 0x2000_0000,
  keyExchange: 0x4000_0000,
  key56: 0x8000_0000,
} as const;

/** What can be agreed on: NTLMv2 with signatures, which SPNEGO and the layer step of GSSAPI need. Never LM. */
export const knownFlags = Object.values(flags).reduce((all, flag) => (all | flag) >>> 0, 0);

/** What is asked for. Target information comes unasked. */
export const askedFlags = common(knownFlags, ~flags.targetInfo);

/** @param set as it stands in a message, unsigned */
export function has(set: number, flag: number): boolean {
  return (set & flag) !== 0;
}

/** What stands in both. */
export function common(one: number, other: number): number {
  return (one & other) >>> 0;
}
