import type { Reply } from './failure.ts';

/** The server will not pass mail on to this recipient, whoever he is. */
export function isRelayDenied({ code, enhanced, text }: Reply): boolean {
  if (![454, 550, 551, 553, 554].includes(code)) return false;
  return /relay/i.test(text) || (code !== 454 && enhanced === '5.7.54');
}

/** The one who is logged in, or nobody, may not use this sender. */
export function isSenderDenied({ code, enhanced, text }: Reply): boolean {
  return [550, 553, 554].includes(code) && (enhanced === '5.7.60' || senderDenied.test(text));
}

const senderDenied =
  /send as|SendAsDenied|not owned by user|sender address rejected: not|not allowed to send|not logged in/i;

/** What a well-known firewall leaves of a keyword it does not let through. */
export function isMasked(keyword: string): boolean {
  return /^X{4,}[A-Z]?$/.test(keyword);
}

/** Said inside TLS, of a client that should have presented a certificate. Postfix: “No client certificate presented”. */
export const lacksCertificate = /no client certificate|client certificate (?:is )?(?:required|needed|missing)/i;
