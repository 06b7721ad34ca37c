import { joinBytes } from '../../../certificates/der.ts';
import { md5 } from './digests.ts';
import { utf16 } from './names.ts';

/** One AV_PAIR (MS-NLMP, section 2.2.2.1) of what a server tells about itself. */
export interface Pair {
  readonly id: number;
  readonly value: Uint8Array;
}

export const pairIds = {
  end: 0,
  computerName: 1,
  domainName: 2,
  flags: 6,
  timestamp: 7,
  targetName: 9,
  channelBindings: 10,
} as const;

/** In the value of `pairIds.flags`: the message carries a MIC over all three messages. */
const micIsThere = 0x2;

/** The pairs before the one that ends the list; undefined where they are cut off or have no end. */
export function readPairs(bytes: Uint8Array): readonly Pair[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pairs: Pair[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const id = view.getUint16(at, true);
    const start = at + 4;
    const end = start + view.getUint16(at + 2, true);
    if (id === pairIds.end) return pairs;
    if (end > bytes.length) return undefined;
    pairs.push({ id, value: bytes.subarray(start, end) });
    at = end;
  }
  return undefined;
}

/** The pairs and the one that ends the list. */
export function writePairs(pairs: readonly Pair[]): Uint8Array<ArrayBuffer> {
  return joinBytes(
    [...pairs, { id: pairIds.end, value: new Uint8Array() }].flatMap(({ id, value }) => {
      const header = new DataView(new ArrayBuffer(4));
      header.setUint16(0, id, true);
      header.setUint16(2, value.length, true);
      return [new Uint8Array(header.buffer), value];
    }),
  );
}

/** What the answer is bound to besides the server's challenge. */
export interface Binding {
  readonly host: string;
  readonly serverEndPoint: Uint8Array;
}

/**
 * The server's pairs with what a client adds (MS-NLMP, section 3.1.5.1.2): a MIC is there, the TLS channel, and the
 * service it means to speak to. The server checks these, so an answer cannot be passed on to another server.
 */
export function boundTargetInfo(offered: readonly Pair[], binding: Binding): readonly Pair[] {
  const own: readonly number[] = [pairIds.flags, pairIds.channelBindings, pairIds.targetName];
  return [
    ...offered.filter(({ id }) => !own.includes(id)),
    { id: pairIds.flags, value: flagsWithMic(offered) },
    { id: pairIds.channelBindings, value: channelBindings(binding.serverEndPoint) },
    { id: pairIds.targetName, value: utf16(`SMTPSVC/${binding.host}`) },
  ];
}

/** The server's time, eight bytes, where it tells it. */
export function timestampOf(pairs: readonly Pair[]): Uint8Array | undefined {
  return pairs.find(({ id, value }) => id === pairIds.timestamp && value.length === 8)?.value;
}

function flagsWithMic(offered: readonly Pair[]): Uint8Array {
  const value = offered.find((pair) => pair.id === pairIds.flags && pair.value.length === 4)?.value;
  const result = value ? Uint8Array.from(value) : new Uint8Array(4);
  result[0] = (result[0] ?? 0) | micIsThere;
  return result;
}

/** MD5 over a gss_channel_bindings_struct without addresses (MS-NLMP, section 2.2.2.1; RFC 4121, section 4.1.1.2). */
function channelBindings(serverEndPoint: Uint8Array): Uint8Array {
  const data = joinBytes([new TextEncoder().encode('tls-server-end-point:'), serverEndPoint]);
  const header = new DataView(new ArrayBuffer(20));
  header.setUint32(16, data.length, true);
  return md5(new Uint8Array(header.buffer), data);
}
