import { visible } from '../../text/visible.ts';
import type { ExplanationEntry, Facts } from '../explain.ts';
import { allOf, anyOf, detail, failure, reply } from './matching.ts';
import { codesOf, lookForProxy, placeOf, quoted, readLog, repeatOnFarm, tryLater } from './words.ts';

const lookForInspection = 'Look for a firewall that inspects TLS.';
const stopsToo = 'With TLS on, SharePoint stops here as well.';
const saidHelo = ({ conversation }: Facts) =>
  conversation.some(({ from, text }) => from === 'client' && text.startsWith('HELO '));
/** What a well-known firewall leaves of a keyword it does not let through. */
const isMasked = ({ capabilities }: Facts) => capabilities.some((keyword) => /^X{4,}[A-Z]?$/.test(keyword));
const detailOf = ({ failure: reason }: Facts) => ('detail' in reason ? visible(reason.detail) : '');

/** STARTTLS and the handshake. */
export const startTlsExplanations: readonly ExplanationEntry[] = [
  {
    id: 'old-server-without-tls',
    severity: 'error',
    when: allOf(saidHelo, failure('noStartTls')),
    happened: ({ plan }) => `${plan.host} does not know EHLO, so it has no STARTTLS either. Nothing was sent.`,
    brief: (facts) => `${placeOf(facts)} does not know EHLO; with TLS on, SharePoint sends nothing through it`,
    meaning: 'Old servers, and some proxies, know HELO only. With TLS on, SharePoint sends nothing through them.',
    who: 'the mail administrator',
    advice: [
      'Ask for a server that offers STARTTLS, and set smtpServer to it.',
      'Look for a proxy that answers in the server’s place.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'starttls-masked',
    severity: 'warning',
    when: allOf(isMasked, failure('noStartTls')),
    happened: ({ plan }) =>
      `${plan.host}, port ${plan.port}, offers something that was crossed out on the way (XXXX). STARTTLS is not offered, and nothing was sent.`,
    brief: (facts) => `A firewall is likely to cross out STARTTLS of ${placeOf(facts)}; with TLS on, nothing is sent`,
    meaning:
      'A firewall that inspects SMTP is likely to cross out STARTTLS. With TLS on, SharePoint sends nothing where that happens to it too.',
    who: 'the network administrator',
    advice: ['Have the SMTP inspection (“fixup”, ESMTP inspection) turned off for this server.', repeatOnFarm],
    setting: 'useTls',
  },
  {
    id: 'starttls-not-offered',
    severity: 'error',
    when: failure('noStartTls'),
    happened: ({ plan }) =>
      `TLS is on, but ${plan.host}, port ${plan.port}, does not offer STARTTLS. Nothing was sent.`,
    brief: (facts) => `STARTTLS is not offered by ${placeOf(facts)}; with TLS on, SharePoint sends nothing`,
    meaning: 'With TLS connection encryption on, SharePoint sends nothing through a server without STARTTLS.',
    who: 'the mail administrator',
    advice: [
      'Have STARTTLS turned on for this port (Exchange: a certificate for the service SMTP and Tls on the receive connector).',
      'If the server normally offers it, something on the way removes it: a firewall that inspects SMTP, or an attacker.',
      'Check smtpPort: 587 often offers what 25 does not.',
    ],
    setting: 'useTls',
  },
  {
    id: 'starttls-unavailable',
    severity: 'error',
    when: reply({ codes: [454] }, 'STARTTLS'),
    happened: (facts) => `STARTTLS is offered, but TLS is not available at the moment: ${quoted(facts)}.`,
    brief: (facts) => `${placeOf(facts)} offers STARTTLS and then has no TLS${codesOf(facts)}`,
    meaning: 'With TLS on, SharePoint sends nothing as long as this lasts.',
    who: 'the mail administrator',
    advice: [
      'Have the server’s certificate and its private key checked: without them STARTTLS fails like this.',
      tryLater,
    ],
    setting: 'useTls',
  },
  {
    id: 'starttls-unknown',
    severity: 'error',
    when: reply({ codes: [500, 502] }, 'STARTTLS'),
    happened: (facts) => `STARTTLS is offered, but the server then does not know the command: ${quoted(facts)}.`,
    brief: (facts) => `${placeOf(facts)} offers STARTTLS and then does not know it${codesOf(facts)}`,
    meaning: `Two parts disagree here, such as a proxy and the server behind it. ${stopsToo}`,
    who: 'the mail administrator',
    advice: [lookForProxy, 'Have the server behind it set up for STARTTLS.'],
    setting: 'useTls',
  },
  {
    id: 'starttls-refused',
    severity: 'error',
    when: ({ step, failure: reason }) => step === 'STARTTLS' && reason.kind === 'reply',
    happened: (facts) => `STARTTLS is offered, but the server did not begin TLS: ${quoted(facts)}.`,
    brief: (facts) => `${placeOf(facts)} offers STARTTLS and then refuses it${codesOf(facts)}`,
    meaning: stopsToo,
    who: 'the mail administrator',
    advice: [readLog, 'Have the server’s certificate and its private key checked.'],
    setting: 'useTls',
  },
  {
    id: 'starttls-dropped',
    severity: 'error',
    when: anyOf(failure('closed', {}, 'STARTTLS'), failure('network', {}, 'STARTTLS')),
    happened: (facts) => `STARTTLS is offered, but ${facts.plan.host} dropped the connection when it was asked for.`,
    brief: (facts) => `${placeOf(facts)} offers STARTTLS and then drops the connection`,
    meaning: stopsToo,
    who: 'the mail administrator',
    advice: [readLog, lookForProxy],
    setting: 'useTls',
  },
  {
    id: 'tls-timeout',
    severity: 'warning',
    when: failure('timeout', { limit: 'step' }, 'STARTTLS'),
    happened: 'The server fell silent when TLS was to begin.',
    brief: (facts) => `${placeOf(facts)} falls silent when TLS is to begin`,
    meaning: 'SharePoint would wait too, then fail.',
    who: 'the mail administrator',
    advice: [lookForInspection, readLog],
    setting: 'useTls',
  },
  {
    id: 'tls-version',
    severity: 'warning',
    when: failure('tls', { cause: 'version' }),
    happened: 'The server and this computer have no version of TLS in common; this test wants TLS 1.2 or newer.',
    brief: ({ plan }) => `${plan.host} has no version of TLS in common with this computer (1.2 or newer)`,
    meaning: 'SharePoint depends on the TLS versions its Windows Server has turned on.',
    who: 'the mail administrator',
    advice: ['Have TLS 1.2 turned on at the mail server. TLS 1.0 and 1.1 are obsolete.'],
    setting: 'useTls',
  },
  {
    id: 'tls-no-cipher',
    severity: 'warning',
    when: failure('tls', { cause: 'noCommonCipher' }),
    happened: ({ plan }) =>
      plan.clientCertificate
        ? 'The server ended the TLS handshake without a reason: no cipher or parameter both sides accept, or it does not take this client certificate.'
        : 'The server ended the TLS handshake without a reason: no cipher or parameter both sides accept, or it wants a client certificate.',
    brief: ({ plan }) => `${plan.host} ends the TLS handshake: no common cipher, or a matter of client certificates`,
    meaning: 'SharePoint depends on the ciphers its Windows Server has turned on; it may fare otherwise.',
    who: 'the mail administrator',
    advice: [
      'Ask whether this server requires a client certificate: some refuse like this.',
      'Compare the cipher suites of the mail server and of the SharePoint servers.',
    ],
    setting: 'useTls',
  },
  {
    id: 'tls-weak',
    severity: 'warning',
    when: failure('tls', { cause: 'weak' }),
    happened: 'The server’s key exchange or signature is too weak to be safe; TLS was not begun.',
    brief: ({ plan }) => `The key exchange of ${plan.host} is too weak to be safe`,
    meaning: 'Whether SharePoint accepts it depends on its Windows Server.',
    who: 'the mail administrator',
    advice: [
      'Have the server’s Diffie-Hellman parameters made larger (2048 bits or more), or elliptic curves turned on.',
      'Have weak ciphers and signatures turned off.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'tls-not-tls',
    severity: 'warning',
    when: failure('tls', { cause: 'notTls' }),
    happened: 'After agreeing to STARTTLS the server sent something that is not TLS. The session was stopped.',
    brief: ({ plan }) => `${plan.host} agrees to STARTTLS and then sends something that is not TLS`,
    meaning: 'A proxy between here and the server garbles TLS, or somebody forges answers before encryption.',
    who: 'the network administrator',
    advice: [`${lookForProxy.slice(0, -1)}, and turn that off for this server.`, 'Repeat from another network.'],
    setting: 'useTls',
  },
  {
    id: 'tls-closed',
    severity: 'warning',
    when: failure('tls', { cause: 'closed' }),
    happened: 'The server closed the connection during the TLS handshake.',
    brief: ({ plan }) => `${plan.host} closes the connection during the TLS handshake`,
    meaning: 'SharePoint would not get TLS here either, unless it meets other conditions at its own addresses.',
    who: 'the mail administrator',
    advice: [
      'Have the server’s log of this minute read: certificate without private key, TLS version, or ciphers.',
      lookForInspection,
    ],
    setting: 'useTls',
  },
  {
    id: 'tls-broken-later',
    severity: 'warning',
    when: allOf(failure('tls'), ({ step }) => step !== 'STARTTLS' && step !== 'EHLO after TLS'),
    happened: (facts) => `TLS broke in the middle of the conversation, at ${facts.step} (${detailOf(facts)}).`,
    brief: (facts) => `TLS with ${facts.plan.host} breaks in the middle of the conversation`,
    meaning: 'Something between here and the server damages the connection, or the server is broken.',
    who: 'the network administrator',
    advice: [lookForInspection, readLog],
    setting: 'useTls',
  },
  {
    id: 'tls-alert',
    severity: 'warning',
    when: allOf(failure('tls'), detail(/ALERT/)),
    happened: (facts) => `The server broke off the TLS handshake with an alert (${detailOf(facts)}).`,
    brief: (facts) => `${facts.plan.host} breaks off the TLS handshake with an alert`,
    meaning: 'With TLS on, SharePoint sends nothing without it.',
    who: 'the mail administrator',
    advice: [readLog, lookForInspection],
    setting: 'useTls',
  },
  {
    id: 'tls-failed',
    severity: 'warning',
    when: failure('tls'),
    happened: (facts) => `The TLS handshake broke (${detailOf(facts)}).`,
    brief: ({ plan }) => `The TLS handshake with ${plan.host} breaks`,
    meaning: 'With TLS on, SharePoint sends nothing without it.',
    who: 'the mail administrator',
    advice: [readLog, lookForInspection],
    setting: 'useTls',
  },
];
