/** What may stand around a host name, in the order in which a URL holds it. */
export type HostExtra = 'scheme' | 'user' | 'port' | 'path' | 'blank' | 'line break';

export interface HostText {
  /** What is left without the extras; it need not be a host. */
  readonly host: string;
  readonly extras: readonly HostExtra[];
  /** The number of the extra `port`; not checked against any range. */
  readonly port: number | undefined;
}

/** Takes apart a text that stands where a host name or an IP address belongs. */
export function readHost(text: string): HostText {
  const extras: HostExtra[] = [];
  let host = text.trim();
  const without = (extra: HostExtra, pattern: RegExp): string | undefined => {
    const found = pattern.exec(host);
    if (found === null) return undefined;
    extras.push(extra);
    host = host.replace(pattern, '');
    return found[1];
  };
  without('scheme', /^[a-z][a-z0-9+.-]*:\/\//i);
  without('user', /^[^/\\?#]*@/);
  const path = /[/\\?#].*$/s.exec(host)?.[0];
  // An unescaped slash may belong to a password; then nobody can tell where the host begins.
  host = path?.includes('@') ? '' : host.slice(0, host.length - (path?.length ?? 0));
  const port = isIpv6(host) ? undefined : without('port', /:(\d*)$/);
  if (path !== undefined) extras.push('path');
  if (/[^\S\r\n]/.test(text)) extras.push('blank');
  if (/[\r\n]/.test(text)) extras.push('line break');
  return { host, extras, port: port === undefined || port === '' ? undefined : Number(port) };
}

/**
 * True for a host name or an IP address: single labels, underscores, letters of any script and a trailing dot are
 * tolerated, and brackets and a zone around an IPv6 address.
 */
export function isHost(text: string): boolean {
  if (isIpv6(text)) return true;
  const labels = text.replace(/\.$/, '').split('.');
  return text.length <= 253 && labels.every((label) => /^[\p{L}\p{N}\p{M}_-]{1,63}$/u.test(label));
}

/** Characters of an IPv6 address with brackets and a zone, generously. */
const longestIpv6 = 100;

/** True for an IPv6 address, in brackets or not; how many groups it has is not counted. */
function isIpv6(text: string): boolean {
  // The pattern below takes as long as the third power of the length.
  if (text.length > longestIpv6) return false;
  const address = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  return /^[\da-f:]*:[\da-f:]*:[\da-f:.]*(?:%[\w.-]+)?$/i.test(address);
}
