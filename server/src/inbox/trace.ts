import type { SMTPServerSession } from 'smtp-server';

/**
 * The lines a mail server puts at the head of what it delivers (RFC 5321, 4.4): the envelope, which the message itself
 * does not hold, and how it came. The protocol names are those of RFC 3848: `S` for TLS, `A` for a login.
 */
export function trace(session: SMTPServerSession, received: Date): string {
  const { mailFrom, rcptTo } = session.envelope;
  const protocol = `ESMTP${session.secure ? 'S' : ''}${session.user ? 'A' : ''}`;
  const date = received.toUTCString().replace('GMT', '+0000');
  return [
    `Return-Path: <${oneLine(mailFrom === false ? '' : mailFrom.address)}>`,
    ...rcptTo.map((recipient) => `Delivered-To: ${oneLine(recipient.address)}`),
    `Received: from ${hostName(session.hostNameAppearsAs)} by localhost (Farm Email inbox) with ${protocol}; ${date}`,
    '',
  ].join('\r\n');
}

/** smtp-server lets no control character through; a header must not depend on that. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f]/g, '');
}

function hostName(text: string | false): string {
  return text !== false && /^[\w.:[\]-]{1,255}$/.test(text) ? text : 'unknown';
}
