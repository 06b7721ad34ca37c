import { visible } from '../../text/visible.ts';
import type { ExplanationEntry, Facts } from '../explain.ts';
import { allOf, detail, failure } from './matching.ts';
import { clipped, dayOf, someOf } from './words.ts';

const certificateOf = ({ failure: reason }: Facts) => (reason.kind === 'certificate' ? reason.certificate : undefined);
const issuerOf = (facts: Facts) => certificateOf(facts)?.issuer || 'not readable';
const stopsToo = 'SharePoint checks the server’s certificate and stops here too.';

/** How SharePoint comes to trust a CA depends on its version, so no command is named. */
const addAuthority = [
  'If the CA is your own, name its file to this test: --ca-file on the command line, farmEmail.testEmail.certificateAuthorities in the editor.',
  'Have the root of that CA trusted on each SharePoint server.',
  'Or have the mail server given a certificate of a CA that they trust already.',
];

/** The server's certificate. */
export const certificateExplanations: readonly ExplanationEntry[] = [
  {
    id: 'certificate-expired',
    severity: 'error',
    when: failure('certificate', { problem: 'expired' }),
    happened: (facts) => {
      const certificate = certificateOf(facts);
      const isPast = certificate && certificate.validTo < facts.date;
      return isPast
        ? `The server’s certificate ended on ${dayOf(certificate.validTo)}.`
        : 'A certificate of the server’s chain has ended.';
    },
    brief: (facts) => {
      const certificate = certificateOf(facts);
      return certificate && certificate.validTo < facts.date
        ? `The certificate of ${facts.plan.host} ended on ${dayOf(certificate.validTo)}; SharePoint stops here too`
        : `A certificate in the chain of ${facts.plan.host} has ended; SharePoint stops here too`;
    },
    meaning: stopsToo,
    who: 'the mail administrator',
    advice: ['Have the certificate renewed and assigned to SMTP.', 'Check this computer’s date.'],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-not-yet-valid',
    severity: 'error',
    when: failure('certificate', { problem: 'notYetValid' }),
    happened: (facts) => {
      const certificate = certificateOf(facts);
      return `The server’s certificate is not valid before ${certificate ? dayOf(certificate.validFrom) : 'a date to come'}.`;
    },
    brief: (facts) => {
      const certificate = certificateOf(facts);
      return `The certificate of ${facts.plan.host} is not valid before ${certificate ? dayOf(certificate.validFrom) : 'a date to come'}`;
    },
    meaning: stopsToo,
    who: 'the mail administrator',
    advice: [
      'Check the clocks of this computer and of the server that issued the certificate.',
      'Have a certificate assigned to SMTP that is valid already.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-other-name',
    severity: 'error',
    when: failure('certificate', { problem: 'otherName' }),
    happened: (facts) => {
      const listed = someOf(certificateOf(facts)?.names ?? [], 8);
      return `The server’s certificate is not for ${facts.plan.host}. ${listed ? `It is for ${listed}.` : 'It names no host in its Subject Alternative Name.'}`;
    },
    brief: (facts) => {
      const [first] = certificateOf(facts)?.names ?? [];
      const names = first === undefined ? 'names no host' : `is for ${clipped(first, 40)}`;
      return `The certificate ${names}, not for ${facts.plan.host}; SharePoint stops here too`;
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
    severity: 'warning',
    when: failure('certificate', { problem: 'selfSigned' }),
    happened: 'The server’s certificate is self-signed: nobody vouches for it.',
    brief: ({ plan }) => `The certificate of ${plan.host} is self-signed; SharePoint stops unless told to trust it`,
    meaning: 'SharePoint stops here too, unless its servers were told to trust this very certificate.',
    who: 'the mail administrator',
    advice: [
      'Have the mail server given a certificate of a CA that SharePoint’s servers trust.',
      'Or have this very certificate trusted on each SharePoint server, and the next one whenever it changes.',
      'To test beyond it, name its file to this test: --ca-file on the command line, farmEmail.testEmail.certificateAuthorities in the editor.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-issuer-not-sent',
    severity: 'warning',
    when: failure('certificate', { problem: 'issuerNotSent' }),
    happened: (facts) =>
      `The server sent only its own certificate, and this test does not know its issuer (${issuerOf(facts)}).`,
    brief: ({ plan }) => `${plan.host} sends its own certificate only, and the issuer is not known here`,
    meaning:
      'Either the server leaves out the intermediate certificate, or the CA is a private one. SharePoint stops here too unless it knows the issuer.',
    who: 'the mail administrator',
    advice: ['Have the server send its intermediate certificates as well.', ...addAuthority],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-unknown-issuer',
    severity: 'warning',
    when: failure('certificate', { problem: 'unknownIssuer' }),
    happened: (facts) =>
      `The server’s certificate comes from a CA that is not among those this test trusts (${issuerOf(facts)}).`,
    brief: ({ plan }) => `The certificate of ${plan.host} is from a CA that is not trusted here`,
    meaning:
      'Each SharePoint server has a trust store of its own: where that has this CA, it goes on; elsewhere it stops too.',
    who: 'the mail administrator',
    advice: addAuthority,
    setting: 'smtpServer',
  },
  {
    id: 'certificate-wrong-purpose',
    severity: 'warning',
    when: failure('certificate', { problem: 'wrongPurpose' }),
    happened: 'The server’s certificate is not meant for servers (its Extended Key Usage lacks Server Authentication).',
    brief: ({ plan }) => `The certificate of ${plan.host} is not meant for servers (no Server Authentication)`,
    meaning: 'SharePoint checks the server’s certificate and is likely to stop here too.',
    who: 'the mail administrator',
    advice: ['Have the server given a certificate with Server Authentication.'],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-weak',
    severity: 'warning',
    when: failure('certificate', { problem: 'weak' }),
    happened: (facts) => {
      const key = certificateOf(facts)?.key;
      return `A key or a signature of the server’s certificates is too weak to be safe${key ? ` (its own key is ${key})` : ''}.`;
    },
    brief: ({ plan }) => `A key or signature in the certificates of ${plan.host} is too weak to be safe`,
    meaning: 'Whether SharePoint accepts it depends on its Windows Server.',
    who: 'the mail administrator',
    advice: ['Have the server given a certificate with RSA 2048 bits or more (or ECDSA), signed with SHA-256.'],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-revoked',
    severity: 'warning',
    when: allOf(failure('certificate'), detail(/REVOKED/)),
    happened: 'The server’s certificate was revoked by its CA.',
    brief: ({ plan }) => `The certificate of ${plan.host} was revoked by its CA`,
    meaning: 'SharePoint is likely to stop here too where its servers check revocation.',
    who: 'the mail administrator',
    advice: ['Have the server given a new certificate, and the reason of the revocation looked at.'],
    setting: 'smtpServer',
  },
  {
    id: 'certificate-bad',
    severity: 'warning',
    when: failure('certificate'),
    happened: ({ failure: reason }) =>
      `The server’s certificate was not accepted (${reason.kind === 'certificate' ? visible(reason.detail) : ''}).`,
    brief: ({ plan }) => `The certificate of ${plan.host} is not accepted by this computer`,
    meaning: 'SharePoint checks the server’s certificate too.',
    who: 'the mail administrator',
    advice: ['Have the certificate and its chain examined.'],
    setting: 'smtpServer',
  },
];
