import type { Failure } from './failure.ts';
import type { LoginFault } from './mechanisms/mechanism.ts';
import type { CertificateProblem, NetworkCause, TlsCause } from './network.ts';
import type { SessionResult } from './session.ts';

const networkWords: Readonly<Record<NetworkCause, string>> = {
  nameNotFound: 'name not found',
  nameServerFailed: 'name server failed',
  refused: 'connection refused',
  unreachable: 'no route',
  noAnswer: 'timed out',
  reset: 'connection lost',
  other: 'connection lost',
};

const tlsWords: Readonly<Record<TlsCause, string>> = {
  notTls: 'no TLS',
  version: 'no common TLS version',
  noCommonCipher: 'no common cipher',
  weak: 'TLS too weak',
  clientCertificateRequired: 'client certificate required',
  clientCertificateRefused: 'client certificate refused',
  clientCertificateUnusable: 'client certificate unusable',
  closed: 'TLS handshake cut off',
  other: 'TLS failed',
};

const certificateWords: Readonly<Record<CertificateProblem, string>> = {
  expired: 'certificate expired',
  notYetValid: 'certificate not yet valid',
  otherName: 'certificate for another name',
  selfSigned: 'certificate self-signed',
  unknownIssuer: 'certificate issuer unknown',
  issuerNotSent: 'certificate issuer unknown',
  wrongPurpose: 'certificate for another purpose',
  weak: 'certificate too weak',
  other: 'certificate not accepted',
};

const loginWords: Readonly<Record<LoginFault, string>> = {
  notBase64: 'challenge not base64',
  asksForUserName: 'user name asked for twice',
  unexpected: 'login makes no sense',
  malformed: 'login message damaged',
  ntlmV1Only: 'NTLMv1 only',
  ntlmNoTargetInfo: 'NTLM without target',
  ntlmUnbound: 'NTLM not bound to TLS',
  spnegoRejected: 'login rejected',
  kerberosOnly: 'Kerberos only',
  noLayer: 'security layer wanted',
  tooEarly: 'login accepted too early',
  wrongPassword: 'wrong password',
};

/** What came of a session in at most 60 characters, as a lens shows it: `250 accepted`, `550 5.7.1 at RCPT TO`. */
export function summaryOf(
  result: Pick<SessionResult, 'outcome' | 'stopped' | 'accepted' | 'mechanism' | 'logins'>,
): string {
  const { outcome, stopped, accepted, logins } = result;
  if (!stopped) {
    const without = isRefused(logins) ? ' without a login' : '';
    return accepted ? `${accepted.code} accepted${without}` : `passed${without}; nothing delivered`;
  }
  const what = failureWords(stopped.failure);
  if (outcome === 'unknown') return `${what} after the message; may be delivered`;
  if (stopped.failure.kind === 'noStartTls' || stopped.failure.kind === 'certificate') return what;
  return `${what} at ${stepLabel(result)}`;
}

/** True where a login was tried and none was accepted. */
export function isRefused(logins: SessionResult['logins']): boolean {
  return logins.length > 0 && logins.every(({ failure }) => failure !== undefined);
}

/** The step a session stopped at, as people know it: `AUTH LOGIN` rather than `authenticate`. */
export function stepLabel({ stopped, mechanism }: Pick<SessionResult, 'stopped' | 'mechanism'>): string {
  if (!stopped) return '';
  return stopped.step === 'authenticate' ? `AUTH ${mechanism ?? ''}`.trim() : stopped.step;
}

/** A failure in a few words, as a summary has them. */
export function failureWords(failure: Failure): string {
  switch (failure.kind) {
    case 'network':
      return networkWords[failure.cause];
    case 'forbiddenAddress':
      return 'reserved address';
    case 'closed':
      return 'connection closed';
    case 'timeout':
      return 'timed out';
    case 'cancelled':
      return 'cancelled';
    case 'reply':
      return [failure.reply.code, failure.reply.enhanced].filter(Boolean).join(' ');
    case 'notSmtp':
      return 'not SMTP';
    case 'malformed':
      return 'improper reply';
    case 'injected':
      return 'unexpected bytes';
    case 'noStartTls':
      return 'STARTTLS not offered';
    case 'tls':
      return tlsWords[failure.cause];
    case 'certificate':
      return certificateWords[failure.problem];
    case 'loginWithoutTls':
      return 'login without TLS';
    case 'noMechanism':
      return failure.offered.length > 0 ? 'no usable login offered' : 'no login offered';
    case 'login':
      return loginWords[failure.fault];
  }
}
