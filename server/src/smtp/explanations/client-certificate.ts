import { visible } from '../../text/visible.ts';
import type { ExplanationEntry, Facts } from '../explain.ts';
import { lacksCertificate } from '../reply-words.ts';
import { allOf, anyOf, detail, failure, not, reply } from './matching.ts';
import { codesOf, placeOf, quoted, readLog, staysBehind, tryLater } from './words.ts';

const isSet = ({ plan }: Facts) => plan.clientCertificate !== undefined;
const nameOf = ({ plan }: Facts) => `“${visible(plan.clientCertificate?.name ?? '')}”`;
/** What the server said, behind a sentence; empty where it broke off TLS. */
const said = (facts: Facts) => quoted(facts) && `: ${quoted(facts)}`;
const use = ({ tls }: Facts) => (tls?.kind === 'secured' ? tls.clientCertificate : undefined);
const refusedByServer = failure('tls', { cause: 'clientCertificateRefused' });
const unusable = failure('tls', { cause: 'clientCertificateUnusable' });
const required = failure('tls', { cause: 'clientCertificateRequired' });
const withoutOne =
  'SharePoint presents none with these settings and is likely to be turned away. Client certificates for outgoing mail exist in Subscription Edition only.';
const setOne = ['Set clientCertificate.', 'Or have the server accept connections without one from the farm.'];
const nothingSent = 'Nothing was sent. SharePoint reads its own copy, in its End Entity store.';
const refusedToo = 'SharePoint presents the same certificate and is likely to be refused the same way.';

const namesCertificate = reply({ text: /certificate/i }, 'EHLO after TLS');
/** Told in words, as Postfix does: the handshake of TLS 1.3 is over before a server can refuse for want of one. */
const saysItLacks = reply({ text: lacksCertificate }, 'EHLO after TLS');
/** The server ends the conversation right after TLS began, before or instead of its answer to EHLO. */
const endsAfterTls = anyOf(
  namesCertificate,
  reply({ codes: [421, 454, 530] }, 'EHLO after TLS'),
  failure('closed', {}, 'EHLO after TLS'),
  failure('network', {}, 'EHLO after TLS'),
);
/** The server asked, and dropped the connection before the handshake was over. */
const cutOff = allOf(failure('tls', { cause: 'closed' }), detail(/asked for a client certificate/));

/** The certificate SharePoint presents to the server. */
export const clientCertificateExplanations: readonly ExplanationEntry[] = [
  {
    id: 'client-certificate-password',
    severity: 'warning',
    when: allOf(unusable, detail(/does not open|needs a password|mac verify|bad.?decrypt|passphrase/i)),
    happened: (facts) => `The file of the client certificate ${nameOf(facts)} does not open with this password.`,
    brief: (facts) => `The file of the client certificate ${nameOf(facts)} does not open with this password`,
    meaning: nothingSent,
    who: 'whoever keeps this file',
    advice: [
      'Check the password the certificate’s entry points at.',
      'Export the certificate again with a new password.',
    ],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-other-key',
    severity: 'error',
    when: allOf(unusable, detail(/another certificate|mismatch/i)),
    happened: (facts) => `The private key in the file of the client certificate ${nameOf(facts)} is another one’s.`,
    brief: (facts) => `The key in the file of the client certificate ${nameOf(facts)} belongs to another one`,
    meaning: nothingSent,
    who: 'whoever keeps this file',
    advice: ['Put the certificate and its own private key into one file, or export both again.'],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-no-key',
    severity: 'error',
    when: allOf(unusable, detail(/no private key|no certificate|private key from|no.?start.?line/i)),
    happened: (facts) =>
      `The file of the client certificate ${nameOf(facts)} lacks the private key or the certificate itself.`,
    brief: (facts) => `The file of the client certificate ${nameOf(facts)} lacks the private key or the certificate`,
    meaning: `Without its private key a certificate cannot be presented. ${nothingSent}`,
    who: 'whoever keeps this file',
    advice: ['Export the certificate with its private key (PFX). CER and P7B files hold no key.'],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-old-encryption',
    severity: 'warning',
    when: allOf(unusable, detail(/encryption|unsupported/i)),
    happened: (facts) =>
      `The file of the client certificate ${nameOf(facts)} has an encryption this computer cannot read.`,
    brief: (facts) => `The file of the client certificate ${nameOf(facts)} has an encryption that is not read here`,
    meaning:
      'Nothing is said against the certificate: old and unusual programs encrypt files in ways that are not read here. SharePoint may read it.',
    who: 'whoever keeps this file',
    advice: ['Export the PFX again on a newer Windows, with AES256-SHA256.'],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-unusable',
    severity: 'warning',
    when: unusable,
    happened: (facts) =>
      `The file of the client certificate ${nameOf(facts)} cannot be used here: ${facts.failure.kind === 'tls' ? visible(facts.failure.detail) : ''}.`,
    brief: (facts) => `The file of the client certificate ${nameOf(facts)} cannot be used here`,
    meaning: nothingSent,
    who: 'whoever keeps this file',
    advice: ['Export the certificate with its private key again (PFX).'],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-not-presented',
    severity: 'error',
    when: allOf(
      isSet,
      anyOf(
        required,
        allOf(saysItLacks, (facts) => use(facts) !== 'presented'),
        allOf(endsAfterTls, (facts) => use(facts) === 'askedAndNone'),
      ),
    ),
    happened: (facts) =>
      `The server requires a client certificate; ${nameOf(facts)} is set, but TLS did not present it${said(facts)}.`,
    brief: (facts) => `${facts.plan.host} requires a client certificate, and ${nameOf(facts)} was not presented`,
    meaning: staysBehind,
    who: 'whoever keeps this file',
    advice: [
      'Use a certificate with an RSA or ECDSA key.',
      'Ask which signatures the server accepts of client certificates.',
    ],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-required',
    severity: 'error',
    when: anyOf(required, allOf(not(isSet), saysItLacks)),
    happened: (facts) => `The server requires a client certificate, and the settings present none${said(facts)}.`,
    brief: (facts) => `${facts.plan.host} requires a client certificate, and none is set${codesOf(facts)}`,
    meaning: withoutOne,
    who: 'whoever keeps this file',
    advice: setOne,
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-unknown-ca',
    severity: 'error',
    when: allOf(refusedByServer, detail(/UNKNOWN_CA/)),
    happened: (facts) => `The server does not know the CA that issued the client certificate ${nameOf(facts)}.`,
    brief: (facts) => `${facts.plan.host} does not know the CA of the client certificate ${nameOf(facts)}`,
    meaning: refusedToo,
    who: 'the mail administrator',
    advice: ['Have the server trust the issuing CA for client certificates, intermediates included.'],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-expired',
    severity: 'error',
    when: allOf(refusedByServer, detail(/EXPIRED/)),
    happened: (facts) => `The server refuses the client certificate ${nameOf(facts)} because it has ended.`,
    brief: (facts) => `${facts.plan.host} refuses the client certificate ${nameOf(facts)}: it has ended`,
    meaning: refusedToo,
    who: 'whoever keeps this file',
    advice: ['Have the certificate renewed, and assigned to outgoing mail in SharePoint again.'],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-wrong-purpose',
    severity: 'error',
    when: allOf(refusedByServer, detail(/UNSUPPORTED_CERTIFICATE|PURPOSE/)),
    happened: (facts) => `The server finds that the client certificate ${nameOf(facts)} is not meant for clients.`,
    brief: (facts) => `${facts.plan.host} finds the client certificate ${nameOf(facts)} not meant for clients`,
    meaning:
      'SharePoint needs Digital Signature in the Key Usage, and Client Authentication in the Extended Key Usage, where the certificate has them.',
    who: 'whoever keeps this file',
    advice: ['Have a certificate issued with Digital Signature and Client Authentication (1.3.6.1.5.5.7.3.2).'],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-refused',
    severity: 'error',
    when: anyOf(refusedByServer, allOf(isSet, namesCertificate)),
    happened: (facts) => `The server does not accept the client certificate ${nameOf(facts)}${said(facts)}.`,
    brief: (facts) => `${facts.plan.host} does not accept the client certificate ${nameOf(facts)}${codesOf(facts)}`,
    meaning: refusedToo,
    who: 'the mail administrator',
    advice: [
      'Have the server’s log of this minute read: unknown CA, wrong purpose, revoked, or not on its list.',
      'Check that the file holds the intermediate certificates as well.',
    ],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-cut-off',
    severity: 'warning',
    when: allOf(isSet, cutOff),
    happened: (facts) =>
      `The server asked for a client certificate, and dropped the connection with ${nameOf(facts)} at hand.`,
    brief: (facts) => `${facts.plan.host} drops the connection after it asked for ${nameOf(facts)}`,
    meaning: `It is likely not to accept this certificate, or to wait for another. ${refusedToo}`,
    who: 'the mail administrator',
    advice: ['Have the server’s log of this minute read: unknown CA, wrong purpose, revoked, or not on its list.'],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-wanted',
    severity: 'error',
    when: allOf(
      not(isSet),
      anyOf(
        namesCertificate,
        cutOff,
        allOf(endsAfterTls, (facts) => use(facts) === 'askedAndNone'),
      ),
    ),
    happened: (facts) =>
      `In TLS the server asked for a client certificate, got none, and ended the conversation${said(facts)}.`,
    brief: (facts) => `${facts.plan.host} asks for a client certificate and ends without one${codesOf(facts)}`,
    meaning: withoutOne,
    who: 'whoever keeps this file',
    advice: setOne,
    setting: 'clientCertificate',
  },
  {
    id: 'dropped-after-tls',
    severity: 'warning',
    when: reply({ codes: [421] }, 'EHLO after TLS'),
    happened: (facts) => `The server ended the conversation right after TLS began: ${quoted(facts)}.`,
    brief: (facts) => `${placeOf(facts)} ends the conversation right after TLS begins${codesOf(facts)}`,
    meaning: (facts) =>
      use(facts) === 'notAsked'
        ? 'Usually a limit, or maintenance. It is no matter of client certificates: the server asked for none.'
        : 'Usually a limit, or maintenance; some servers do so when they want another client certificate.',
    who: 'the mail administrator',
    advice: (facts) => [
      tryLater,
      ...(use(facts) === 'notAsked' ? [] : ['Ask whether this server requires a client certificate.']),
      readLog,
    ],
    setting: 'smtpServer',
  },
];
