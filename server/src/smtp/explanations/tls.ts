import { visible } from '../../text/visible.ts';
import type { ExplanationEntry, Facts } from '../explain.ts';
import { anyOf, failure, quoted, reply } from './matching.ts';

const day = (date: Date) => (Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10));
const certificateOf = ({ failure: reason }: Facts) => (reason.kind === 'certificate' ? reason.certificate : undefined);
const names = (facts: Facts) => {
  const all = certificateOf(facts)?.names ?? [];
  const shown = all.slice(0, 8).join(', ');
  return all.length > 8 ? `${shown} and ${all.length - 8} more` : shown;
};

const addAuthority = [
  'Have the issuing CA’s root imported into SharePoint (Central Administration > Manage Certificates, or Import-SPCertificate) and on this computer.',
  'Or have the mail server given a certificate of a CA that both trust.',
];

/** STARTTLS, the handshake and the server's certificate. */
export const tlsExplanations: readonly ExplanationEntry[] = [
  {
    id: 'starttls-not-offered',
    when: failure('noStartTls'),
    happened: ({ plan }) =>
      `TLS is on, but ${plan.host}, port ${plan.port}, does not offer STARTTLS. Nothing was sent.`,
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
    id: 'starttls-refused',
    when: anyOf(
      ({ step, failure: reason }) => step === 'STARTTLS' && reason.kind === 'reply',
      failure('closed', {}, 'STARTTLS'),
      failure('network', {}, 'STARTTLS'),
    ),
    happened: (facts) =>
      `STARTTLS is offered, but the server did not begin TLS${quoted(facts) && `: ${quoted(facts)}`}.`,
    meaning: 'With TLS on, SharePoint stops here as well.',
    who: 'the mail administrator',
    advice: ['Have the server’s certificate and its private key checked: without them STARTTLS fails with 454.'],
    setting: 'useTls',
  },
  {
    id: 'tls-timeout',
    when: failure('timeout', { limit: 'step' }, 'STARTTLS'),
    happened: 'The server fell silent when TLS was to begin.',
    meaning: 'SharePoint would wait too, then fail.',
    who: 'the mail administrator',
    advice: ['Look for a firewall that inspects TLS.', 'Have the server’s log of this minute read.'],
    setting: 'useTls',
  },
  {
    id: 'tls-version',
    when: failure('tls', { cause: 'version' }),
    happened: 'The server and this computer have no version of TLS in common; this test wants TLS 1.2 or newer.',
    meaning: 'SharePoint depends on the TLS versions its Windows Server has turned on.',
    who: 'the mail administrator',
    advice: ['Have TLS 1.2 turned on at the mail server. TLS 1.0 and 1.1 are obsolete.'],
    setting: 'useTls',
  },
  {
    id: 'tls-no-cipher',
    when: failure('tls', { cause: 'noCommonCipher' }),
    happened: 'The server ended the TLS handshake: no cipher or parameter both sides accept.',
    meaning: 'SharePoint depends on the ciphers its Windows Server has turned on; it may fare otherwise.',
    who: 'the mail administrator',
    advice: [
      'Compare the cipher suites of the mail server and of the SharePoint servers.',
      'Some servers end the handshake like this when they want a client certificate.',
    ],
    setting: 'useTls',
  },
  {
    id: 'client-certificate-required',
    when: failure('tls', { cause: 'clientCertificateRequired' }),
    happened: 'The server requires a client certificate, and the settings present none.',
    meaning: 'Client certificates for outgoing mail exist in SharePoint Server Subscription Edition only.',
    who: 'whoever keeps this file',
    advice: ['Set clientCertificate.', 'Or have the server accept connections without one from the farm.'],
    setting: 'clientCertificate',
  },
  {
    id: 'tls-weak',
    when: anyOf(failure('tls', { cause: 'weak' }), failure('certificate', { problem: 'weak' })),
    happened: 'The server’s certificate or key exchange is too weak to be safe.',
    meaning: 'Whether SharePoint accepts it depends on its Windows Server.',
    who: 'the mail administrator',
    advice: ['Have the server given a certificate with RSA 2048 bits or more (or ECDSA), signed with SHA-256.'],
    setting: 'smtpServer',
  },
  {
    id: 'tls-not-tls',
    when: failure('tls', { cause: 'notTls' }),
    happened: 'After agreeing to STARTTLS the server sent something that is not TLS. The session was stopped.',
    meaning: 'A proxy between here and the server that garbles TLS, or somebody forging answers before encryption.',
    who: 'the network administrator',
    advice: [
      'Look for a firewall that inspects SMTP, and turn that off for this server.',
      'Repeat from another network.',
    ],
  },
  {
    id: 'tls-closed',
    when: failure('tls', { cause: 'closed' }),
    happened: 'The server closed the connection during the TLS handshake.',
    meaning: 'SharePoint would not get TLS here either, unless it meets other conditions at its own addresses.',
    who: 'the mail administrator',
    advice: [
      'Have the server’s log of this minute read: certificate without private key, TLS version, or ciphers.',
      'Look for a firewall that inspects TLS.',
    ],
    setting: 'useTls',
  },
  {
    id: 'tls-failed',
    when: failure('tls'),
    happened: ({ failure: reason }) =>
      `The TLS handshake failed (${reason.kind === 'tls' ? visible(reason.detail) : ''}).`,
    meaning: 'With TLS on, SharePoint sends nothing without it.',
    who: 'the mail administrator',
    advice: ['Have the server’s log of this minute read.', 'Look for a firewall that inspects TLS.'],
    setting: 'useTls',
  },
  {
    id: 'certificate-expired',
    when: failure('certificate', { problem: 'expired' }),
    happened: (facts) => {
      const certificate = certificateOf(facts);
      const isPast = certificate && certificate.validTo < facts.date;
      return isPast
        ? `The server’s certificate ended on ${day(certificate.validTo)}.`
        : 'A certificate of the server’s chain has ended.';
    },
    meaning: 'SharePoint checks the server’s certificate and stops here too.',
    who: 'the mail administrator',
    advice: ['Have the certificate renewed and assigned to SMTP.', 'Check this computer’s date.'],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-not-yet-valid',
    when: failure('certificate', { problem: 'notYetValid' }),
    happened: (facts) => {
      const certificate = certificateOf(facts);
      return `The server’s certificate is not valid before ${certificate ? day(certificate.validFrom) : 'a date to come'}.`;
    },
    meaning: 'SharePoint checks the server’s certificate and stops here too.',
    who: 'the mail administrator',
    advice: ['Check the clocks of this computer and of the server that issued the certificate.'],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-other-name',
    when: failure('certificate', { problem: 'otherName' }),
    happened: (facts) => {
      const listed = names(facts);
      return `The server’s certificate is not for ${facts.plan.host}. ${listed ? `It is for ${listed}.` : 'It names no host in its Subject Alternative Name.'}`;
    },
    meaning: 'SharePoint compares the certificate with the name in smtpServer and stops here too.',
    who: 'whoever keeps this file',
    advice: [
      'Set smtpServer to a name the certificate has, if that name leads to the same server.',
      'Or have the certificate renewed with this name among its Subject Alternative Names.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-self-signed',
    when: failure('certificate', { problem: 'selfSigned' }),
    happened: 'The server’s certificate is self-signed: nobody vouches for it.',
    meaning: 'SharePoint stops here too, unless its servers were told to trust this very certificate.',
    who: 'the mail administrator',
    advice: addAuthority,
    setting: 'smtpServer',
  },
  {
    id: 'certificate-issuer-not-sent',
    when: failure('certificate', { problem: 'issuerNotSent' }),
    happened: (facts) =>
      `The server sent only its own certificate, and its issuer (${certificateOf(facts)?.issuer ?? 'unknown'}) is not known here.`,
    meaning:
      'Either the server leaves out the intermediate certificate, or the CA is a private one. SharePoint stops here too unless it knows the issuer.',
    who: 'the mail administrator',
    advice: ['Have the server send its intermediate certificates as well.', ...addAuthority],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-unknown-issuer',
    when: failure('certificate', { problem: 'unknownIssuer' }),
    happened: (facts) =>
      `The server’s certificate was issued by a CA this computer does not trust (${certificateOf(facts)?.issuer ?? 'unknown'}).`,
    meaning: 'SharePoint has a trust store of its own: if it has this CA, it goes on where this test stops.',
    who: 'the mail administrator',
    advice: addAuthority,
    setting: 'smtpServer',
  },
  {
    id: 'certificate-wrong-purpose',
    when: failure('certificate', { problem: 'wrongPurpose' }),
    happened: 'The server’s certificate is not meant for servers (its Extended Key Usage lacks Server Authentication).',
    meaning: 'SharePoint checks the server’s certificate and is likely to stop here too.',
    who: 'the mail administrator',
    advice: ['Have the server given a certificate with Server Authentication.'],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-bad',
    when: failure('certificate'),
    happened: ({ failure: reason }) =>
      `The server’s certificate was not accepted (${reason.kind === 'certificate' ? visible(reason.detail) : ''}).`,
    meaning: 'SharePoint checks the server’s certificate too.',
    who: 'the mail administrator',
    advice: ['Have the certificate and its chain examined.'],
    setting: 'smtpServer',
  },
  {
    id: 'dropped-after-tls',
    when: reply({ codes: [421] }, 'EHLO after TLS'),
    happened: (facts) => `The server ended the conversation right after TLS began: ${quoted(facts)}.`,
    meaning: 'Some servers do so when they want a client certificate and got none.',
    who: 'the mail administrator',
    advice: ['Ask whether this server requires a client certificate.', 'Try again in some minutes.'],
    setting: 'clientCertificate',
  },
];
