import { ipv4Bytes, ipv6Groups, isIpAddress } from '../settings/addresses.ts';

/**
 * True for an IP address that a test email may reach. Any other text is none: what looks odd, such as 2852039166, would be
 * read once more on the way to the socket, and a name asked for once more.
 */
export function mayBeConnected(address: string): boolean {
  return isIpAddress(address.replace(/(?<=:.*)%.*$/, '')) && !isForbiddenAddress(address);
}

/**
 * True for an address no mail server of a farm has and a test email must not reach: link-local (where clouds keep the
 * credentials of a machine), "this network", multicast and broadcast, also where IPv6 carries one of them. Loopback and
 * private addresses are fine.
 */
export function isForbiddenAddress(address: string): boolean {
  const bytes = ipv4Bytes(address);
  if (bytes) return isForbiddenIpv4(bytes);
  const groups = ipv6Groups(address.replace(/%.*$/, ''));
  if (!groups) return false;
  const carried = isLoopback(groups) ? undefined : carriedIpv4(groups);
  if (carried) return isForbiddenIpv4(carried.flatMap((group) => [group >> 8, group & 0xff]));
  const [first = 0] = groups;
  const isAwsMetadata = first === 0xfd00 && groups[1] === 0xec2;
  const isGoogleMetadata = first === 0xfd20 && groups[1] === 0xce;
  return (first & 0xffc0) === 0xfe80 || first >> 8 === 0xff || isAwsMetadata || isGoogleMetadata;
}

/** What stands before an IPv4 address: compatible, mapped, translated (RFC 4291, 2765), NAT64 (RFC 6052). */
const carriers = ['0:0:0:0:0:0', '0:0:0:0:0:ffff', '0:0:0:0:ffff:0', '64:ff9b:0:0:0:0'];
/** 6to4 (RFC 3056): the IPv4 address follows at once. */
const sixToFour = 0x2002;

function carriedIpv4(groups: readonly number[]): readonly number[] | undefined {
  if (groups[0] === sixToFour) return groups.slice(1, 3);
  const before = groups.slice(0, 6).map((group) => group.toString(16));
  return carriers.includes(before.join(':')) ? groups.slice(6) : undefined;
}

function isForbiddenIpv4([a = 0, b = 0, ...rest]: readonly number[]): boolean {
  return a === 0 || (a === 169 && b === 254) || a >= 224 || metadata.includes([a, b, ...rest].join('.'));
}

/** Where Alibaba Cloud, Oracle and Azure answer a machine with what is its own, outside of the link-local addresses. */
const metadata = ['100.100.100.200', '192.0.0.192', '168.63.129.16'];

function isLoopback(groups: readonly number[]): boolean {
  return groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1;
}
