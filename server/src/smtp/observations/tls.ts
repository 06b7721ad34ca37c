import { visible } from '../../text/visible.ts';
import { dayOf, staysBehind } from '../explanations/words.ts';
import type { CertificateFacts, ClientCertificateUse } from '../network.ts';
import type { Tested } from '../observations.ts';
import { type ObservationEntry, passed } from './table.ts';

/** Days before its end in which a certificate is worth a word. */
const soon = 30;

const securedOf = ({ result: { tls } }: Tested) => (tls?.kind === 'secured' ? tls : undefined);
const certificateOf = (tested: Tested) => securedOf(tested)?.certificate;
const hasUse = (tested: Tested, use: ClientCertificateUse) =>
  securedOf(tested)?.clientCertificate === use && passed(tested, 'EHLO after TLS');
const isSet = ({ plan }: Tested) => plan.clientCertificate !== undefined;
const nameOf = ({ plan }: Tested) => `“${visible(plan.clientCertificate?.name ?? '')}”`;

function endsSoon(end: Date | undefined, { date }: Tested): boolean {
  return end !== undefined && end.getTime() - date.getTime() < soon * 86_400_000;
}

/** The first to end of the certificates above the server's own. */
function firstToEnd({ chain }: CertificateFacts) {
  return [...chain].sort((a, b) => a.validTo.getTime() - b.validTo.getTime())[0];
}

/** True where the explanation says that TLS has to be on. */
function isTlsWanted({ stopped }: Tested['result']): boolean {
  return stopped?.failure.kind === 'reply' && /starttls/i.test(stopped.failure.reply.text);
}

/** Short RSA keys, and DSA. */
function isWeak(key: string): boolean {
  const [, bits] = /^RSA\D*(\d+)/.exec(key) ?? [];
  return bits === undefined ? /^DSA\b/.test(key) : Number(bits) < 2_048;
}

/** Encryption, the server's certificate and the client's. */
export const tlsObservations: readonly ObservationEntry[] = [
  {
    id: 'starttls-not-used',
    severity: 'information',
    when: ({ plan, result }) =>
      !plan.tls &&
      result.offered.startTls &&
      result.stopped?.failure.kind !== 'loginWithoutTls' &&
      !isTlsWanted(result),
    happened: 'TLS is off in the settings, and the server offers STARTTLS.',
    brief: ({ plan }) => `${plan.host} offers STARTTLS, and TLS is off: mail travels in clear text`,
    meaning: 'With TLS off, SharePoint sends in clear text even where the server offers TLS.',
    who: 'whoever keeps this file',
    advice: ['Set useTls to true; then probe once more, for the server’s certificate has to be right.'],
    setting: 'useTls',
  },
  {
    id: 'certificate-ends-soon',
    severity: 'warning',
    when: (tested) => endsSoon(certificateOf(tested)?.validTo, tested),
    happened: (tested) =>
      `The server’s certificate ends on ${dayOf(certificateOf(tested)?.validTo ?? tested.date)}, within ${soon} days.`,
    brief: (tested) =>
      `The certificate of ${tested.plan.host} ends on ${dayOf(certificateOf(tested)?.validTo ?? tested.date)}`,
    meaning: 'From then on SharePoint sends nothing through it.',
    who: 'the mail administrator',
    advice: ['Have the certificate renewed and assigned to SMTP in time.'],
    setting: 'smtpServer',
  },
  {
    id: 'issuer-ends-soon',
    severity: 'warning',
    when: (tested) => {
      const certificate = certificateOf(tested);
      return certificate !== undefined && endsSoon(firstToEnd(certificate)?.validTo, tested);
    },
    happened: (tested) => {
      const certificate = certificateOf(tested);
      const first = certificate && firstToEnd(certificate);
      return `A certificate above the server’s own (${first?.subject}) ends on ${dayOf(first?.validTo ?? tested.date)}.`;
    },
    brief: ({ plan }) => `A CA certificate in the chain of ${plan.host} ends within ${soon} days`,
    meaning: 'From then on SharePoint trusts the chain no more, unless there is another way to a root.',
    who: 'the mail administrator',
    advice: ['Ask the CA for the chain that follows, and have the server send it.'],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-key-weak',
    severity: 'warning',
    when: (tested) => isWeak(certificateOf(tested)?.key ?? ''),
    happened: (tested) =>
      `The key of the server’s certificate (${certificateOf(tested)?.key}) is weak by today’s measure.`,
    brief: (tested) => `The key of the certificate of ${tested.plan.host} is weak (${certificateOf(tested)?.key})`,
    meaning: 'This computer took it. Whether each SharePoint server does depends on its Windows.',
    who: 'the mail administrator',
    advice: ['Have the server given a certificate with RSA 2048 bits or more, or ECDSA.'],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-common-name-only',
    severity: 'warning',
    when: (tested) => certificateOf(tested)?.names.length === 0,
    happened: 'The server’s certificate names the host in its common name only, not among its alternative names.',
    brief: ({ plan }) => `The certificate of ${plan.host} names it in the common name only`,
    meaning:
      'This computer took it; newer TLS software may not. What each SharePoint server does depends on its Windows.',
    who: 'the mail administrator',
    advice: ['Have the certificate renewed with the name among its Subject Alternative Names.'],
    setting: 'smtpServer',
  },
  {
    id: 'client-certificate-not-asked',
    severity: 'warning',
    when: (tested) => isSet(tested) && hasUse(tested, 'notAsked'),
    happened: (tested) => `The server did not ask for a client certificate: ${nameOf(tested)} is set in vain.`,
    brief: (tested) => `${tested.plan.host} does not ask for a client certificate; ${nameOf(tested)} is set in vain`,
    meaning: 'SharePoint presents a client certificate only where the server asks for one.',
    who: 'the mail administrator',
    advice: [
      'Have the server ask for client certificates on this port.',
      'Or set clientCertificate to null.',
      'Servers may ask some addresses only: repeat the test on a SharePoint server.',
    ],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-stayed-behind',
    severity: 'warning',
    when: (tested) => isSet(tested) && hasUse(tested, 'askedAndNone'),
    happened: (tested) => `The server asked for a client certificate, and TLS did not present ${nameOf(tested)}.`,
    brief: (tested) => `${nameOf(tested)} was not presented, though ${tested.plan.host} asks for a certificate`,
    meaning: staysBehind,
    who: 'whoever keeps this file',
    advice: [
      'Use a certificate with an RSA or ECDSA key.',
      'Ask which signatures the server accepts of client certificates.',
    ],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-asked',
    severity: 'information',
    when: (tested) => !isSet(tested) && hasUse(tested, 'askedAndNone'),
    happened: 'The server asks for a client certificate; none is set, and it went on without one.',
    brief: ({ plan }) => `${plan.host} asks for a client certificate and goes on without one`,
    meaning:
      'It may allow more to clients that present one, such as relaying. Only SharePoint Server Subscription Edition can.',
    who: 'the mail administrator',
    advice: ['Ask what a client certificate is good for on this server.'],
    setting: 'clientCertificate',
  },
  {
    id: 'client-certificate-use-unknown',
    severity: 'information',
    when: (tested) => isSet(tested) && hasUse(tested, 'unknown'),
    happened: (tested) => `Whether the server asked for ${nameOf(tested)} is not told by the TLS of this computer.`,
    brief: (tested) => `Whether ${tested.plan.host} asked for the client certificate cannot be told here`,
    meaning: 'The server went on either way.',
    who: 'the mail administrator',
    advice: ['Have the server’s log of this minute read: it names the client certificate it saw.'],
    setting: 'clientCertificate',
  },
];
