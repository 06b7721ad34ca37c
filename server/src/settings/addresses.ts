const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;

/** True for a host name in ASCII, at most 253 characters, without port, scheme or trailing dot; no IP address. */
export function isHostName(text: string): boolean {
  const labels = text.split('.');
  // What ends in a number is read as an IPv4 address in one of its odd spellings, such as 2852039166.
  return (
    text.length <= 253 && labels.every((part) => label.test(part)) && !/^(?:\d+|0x[\da-f]*)$/i.test(labels.at(-1) ?? '')
  );
}

/** True for an IPv4 address in four decimal parts, or an IPv6 address without zone and brackets. */
export function isIpAddress(text: string): boolean {
  return ipv4Bytes(text) !== undefined || ipv6Groups(text) !== undefined;
}

/**
 * True for exactly one mailbox as it can stand in `MAIL FROM:<…>` without extensions: a dot-atom, an at sign, a host
 * name; at most 64 and 254 characters. No display name, comment, group, quoted part, address literal, nor characters
 * outside ASCII.
 */
export function isMailbox(text: string): boolean {
  const at = text.indexOf('@');
  const local = text.slice(0, at);
  return at > 0 && at <= 64 && text.length <= 254 && localPart.test(local) && isHostName(text.slice(at + 1));
}

/** The four bytes of an IPv4 address in four decimal parts. */
export function ipv4Bytes(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** The eight groups of an IPv6 address without zone and brackets. */
export function ipv6Groups(text: string): readonly number[] | undefined {
  const tail = /^(.*:)([\d.]+)$/.exec(text);
  const embedded = tail?.[2]?.includes('.') ? ipv4Bytes(tail[2]) : undefined;
  const [a = 0, b = 0, c = 0, d = 0] = embedded ?? [];
  const plain = embedded ? `${tail?.[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}` : text;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const [head, rest] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!head || ![...head, ...(rest ?? [])].every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const missing = 8 - head.length - (rest?.length ?? 0);
  if (rest ? missing < 1 : missing !== 0) return undefined;
  const zeros = Array.from({ length: rest ? missing : 0 }, () => '0');
  return [...head, ...zeros, ...(rest ?? [])].map((group) => Number.parseInt(group, 16));
}
