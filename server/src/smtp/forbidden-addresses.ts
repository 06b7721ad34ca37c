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
 * credentials of a machine), "this network", multicast and broadcast. Loopback and private addresses are fine.
 */
export function isForbiddenAddress(address: string): boolean {
  const bytes = ipv4Bytes(address);
  if (bytes) return isForbiddenIpv4(bytes);
  const groups = ipv6Groups(address.replace(/%.*$/, ''));
  if (!groups) return false;
  const [first = 0] = groups;
  const embedded = groups.slice(0, 5).every((group) => group === 0) && (groups[5] === 0 || groups[5] === 0xffff);
  if (embedded && !isLoopback(groups)) return isForbiddenIpv4(groups.slice(6).flatMap((g) => [g >> 8, g & 0xff]));
  const isAwsMetadata = first === 0xfd00 && groups[1] === 0xec2;
  return (first & 0xffc0) === 0xfe80 || first >> 8 === 0xff || isAwsMetadata;
}

function isForbiddenIpv4([a = 0, b = 0]: readonly number[]): boolean {
  return a === 0 || (a === 169 && b === 254) || a >= 224;
}

function isLoopback(groups: readonly number[]): boolean {
  return groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1;
}
