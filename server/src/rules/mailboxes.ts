import { setValue } from '../lint/fix.ts';
import type { Report } from '../lint/rule.ts';
import { isIpAddress } from '../settings/addresses.ts';
import { isHost } from '../settings/hosts.ts';
import type { Setting } from '../settings/model.ts';

/** What stands in place of an address: what is wrong with it, and the address in it where there is one. */
export interface NoMailbox {
  readonly problem: string;
  readonly meant: string | undefined;
}

/**
 * Undefined for what may be one mailbox by RFC 5321 and 6531, rare forms included (quoted local parts, address literals,
 * letters of any script): only what is none for sure is reported.
 */
export function noMailbox(text: string): NoMailbox | undefined {
  const address = text.trim();
  if (isMailboxLike(address)) return undefined;
  if (address === '*') return { problem: 'A star is no address', meant: undefined };
  const inBrackets = /<([^<>]*)>\s*$/.exec(address)?.[1]?.trim();
  if (inBrackets !== undefined && isMailboxLike(inBrackets)) {
    return { problem: 'Only the address belongs here, without a name', meant: inBrackets };
  }
  const linked = /^mailto:(.*)$/i.exec(address)?.[1];
  if (linked !== undefined && isMailboxLike(linked)) return { problem: 'Only the address belongs here', meant: linked };
  if (/[^\s@]@[^\s@]+\s*[;,]\s*\S+@/.test(address.slice(0, 600))) {
    return { problem: 'One address belongs here, not several', meant: undefined };
  }
  if (!address.includes('@'))
    return { problem: 'This is no email address: it has no @ and no domain', meant: undefined };
  return { problem: 'This is no email address', meant: undefined };
}

/** Reports a setting that is no address, and what an address is needed for. */
export function checkMailbox(setting: Setting<string> | undefined, need: string, report: Report): void {
  const text = setting?.value;
  if (setting === undefined || text === undefined) return;
  const wrong = text.trim() === '' ? { problem: 'This is empty', meant: undefined } : noMailbox(text);
  if (wrong === undefined) return;
  report(setting, `${wrong.problem}; ${need}`, {
    fix: wrong.meant === undefined ? undefined : setValue(`Use ${wrong.meant}`, setting, wrong.meant),
  });
}

function isMailboxLike(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || text.length > 320) return false;
  const literal = /^\[(?:IPv6:)?([^\]]*)\]$/i.exec(domain)?.[1];
  const isDomain = literal === undefined ? isHost(domain) && !domain.includes(':') : isIpAddress(literal);
  return isDomain && (/^[^\s@<>,;:"()[\]\\]+$/u.test(local) || /^"(?:[^"\\\r\n]|\\[^\r\n])*"$/.test(local));
}

const reservedLabels = new Set(['test', 'example', 'invalid', 'localhost']);
const reservedDomains = /(?:^|\.)example\.(?:com|net|org)$/;

/** Why nothing can be delivered to a domain, for good (RFC 2606, RFC 6761); undefined where it may exist. */
export function reservedReason(address: string): string | undefined {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
    .replace(/\.$/, '');
  if (!address.includes('@') || !isHost(domain) || domain.includes(':') || isIpAddress(domain)) return undefined;
  const last = domain.slice(domain.lastIndexOf('.') + 1);
  if (reservedDomains.test(domain)) return `${domain.split('.').slice(-2).join('.')} is reserved for examples`;
  if (reservedLabels.has(last)) return `Domains under .${last} are reserved and never exist`;
  return domain.includes('.') ? undefined : 'The domain is a single label, which no mail server outside finds';
}
