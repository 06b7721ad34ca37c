import { ipv4Bytes, ipv6Groups } from './addresses.ts';

interface Range {
  /** First and last address as hex digits: 8 of IPv4 after `4:`, 32 of IPv6 after `6:`, so that text order is address order. */
  readonly from: string;
  readonly to: string;
}

/** A set of addresses, as connectors and relay lists state it. */
export interface IpRanges {
  /** Undefined for what is no IP address. */
  has(address: string): boolean | undefined;
  /** True where every IPv4 or every IPv6 address is in it. */
  readonly isEverything: boolean;
}

/**
 * Reads single addresses, CIDR blocks (`10.0.0.0/24`), blocks with a mask (`10.0.0.0/255.255.255.0`) and ranges
 * (`10.0.0.1-10.0.0.9`). Undefined where one of them is none of these: then nothing is known of the set.
 */
export function ipRanges(texts: readonly (string | undefined)[]): IpRanges | undefined {
  const ranges: Range[] = [];
  for (const text of texts) {
    const range = text === undefined ? undefined : readRange(text.trim());
    if (range === undefined) return undefined;
    ranges.push(range);
  }
  const merged = merge(ranges);
  return {
    has(address) {
      const wanted = digitsOf(address.trim());
      return wanted === undefined ? undefined : isIn(merged, wanted);
    },
    isEverything: merged.some(({ from, to }) => /^.:0+$/.test(from) && /^.:f+$/.test(to)),
  };
}

function readRange(text: string): Range | undefined {
  const [first = '', last, ...more] = text.split('-').map((part) => part.trim());
  if (more.length > 0) return undefined;
  if (last !== undefined) {
    const [from, to] = [digitsOf(first), digitsOf(last)];
    return from === undefined || to === undefined || from[0] !== to[0] || from > to ? undefined : { from, to };
  }
  const [address = '', length, ...others] = first.split('/');
  const digits = digitsOf(address);
  if (digits === undefined || others.length > 0) return undefined;
  if (length === undefined) return { from: digits, to: digits };
  const bits = (digits.length - 2) * 4;
  const kept = prefixLength(length, bits);
  if (kept === undefined) return undefined;
  const [value, free] = [BigInt(`0x${digits.slice(2)}`), BigInt(bits - kept)];
  const start = (value >> free) << free;
  const write = (number: bigint): string => `${digits.slice(0, 2)}${number.toString(16).padStart(bits / 4, '0')}`;
  return { from: write(start), to: write(start + (1n << free) - 1n) };
}

function prefixLength(text: string, bits: number): number | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= bits ? Number(text) : undefined;
  const mask = bits === 32 ? ipv4Bytes(text) : undefined;
  const binary = mask?.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return binary !== undefined && /^1*0*$/.test(binary) ? binary.lastIndexOf('1') + 1 : undefined;
}

function digitsOf(address: string): string | undefined {
  const bytes = ipv4Bytes(address);
  if (bytes) return `4:${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  const groups = ipv6Groups(address.replace(/^\[(.*)\]$/, '$1'));
  return groups && `6:${groups.map((group) => group.toString(16).padStart(4, '0')).join('')}`;
}

/** In order, and apart: ranges that overlap or touch become one. */
function merge(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1);
    if (last === undefined || last.from[0] !== range.from[0] || next(last.to) < range.from) merged.push(range);
    else if (range.to > last.to) merged[merged.length - 1] = { from: last.from, to: range.to };
  }
  return merged;
}

function next(digits: string): string {
  const hex = digits.slice(2);
  return `${digits.slice(0, 2)}${(BigInt(`0x${hex}`) + 1n).toString(16).padStart(hex.length, '0')}`;
}

function isIn(ranges: readonly Range[], wanted: string): boolean {
  let low = 0;
  for (let high = ranges.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.from ?? '') <= wanted) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low - 1];
  return range !== undefined && wanted <= range.to;
}
