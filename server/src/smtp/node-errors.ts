import { X509Certificate } from 'node:crypto';
import type { CertificateFacts, CertificateProblem, NetworkCause, NetworkFailure, TlsCause } from './network.ts';

/** Node's error codes, read into our own words. */
const networkCauses: Readonly<Record<string, NetworkCause>> = {
  ENOTFOUND: 'nameNotFound',
  EAI_NONAME: 'nameNotFound',
  EAI_NODATA: 'nameNotFound',
  EAI_AGAIN: 'nameServerFailed',
  EAI_FAIL: 'nameServerFailed',
  ESERVFAIL: 'nameServerFailed',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'noAnswer',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
};

const certificateProblems: Readonly<Record<string, CertificateProblem>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'notYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'otherName',
  HOSTNAME_MISMATCH: 'otherName',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'selfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknownIssuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknownIssuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknownIssuer',
  CERT_UNTRUSTED: 'unknownIssuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'issuerNotSent',
  INVALID_PURPOSE: 'wrongPurpose',
  EE_KEY_TOO_SMALL: 'weak',
  CA_KEY_TOO_SMALL: 'weak',
  CA_MD_TOO_WEAK: 'weak',
  CERT_SIGNATURE_FAILURE: 'other',
  CERT_REVOKED: 'other',
  CERT_CHAIN_TOO_LONG: 'other',
  CERT_REJECTED: 'other',
  INVALID_CA: 'other',
  PATH_LENGTH_EXCEEDED: 'other',
};

/** Searched in the error's code, first match wins; OpenSSL and BoringSSL word the same things differently. */
const tlsCauses: readonly (readonly [RegExp, TlsCause])[] = [
  [/CERTIFICATE_REQUIRED/, 'clientCertificateRequired'],
  [/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|UNEXPECTED_MESSAGE|RECORD_LAYER/, 'notTls'],
  [/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|INAPPROPRIATE_FALLBACK/, 'version'],
  [/TOO_SMALL|TOO_WEAK|INSUFFICIENT_SECURITY/, 'weak'],
  [/HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS/, 'noCommonCipher'],
  [/^ERR_SSL|^ERR_TLS|^EPROTO$/, 'other'],
];

/** Reads an error of a name server or a socket. */
export function networkFailureOf(error: unknown): NetworkFailure {
  const detail = codeOf(error) ?? 'unknown error';
  return { kind: 'network', cause: networkCauses[detail] ?? 'other', detail };
}

/** What is wrong with the certificate; undefined where the error is not about one. */
export function certificateProblemOf(
  error: unknown,
): { readonly problem: CertificateProblem; readonly detail: string } | undefined {
  const detail = codeOf(error);
  const problem = detail === undefined ? undefined : certificateProblems[detail];
  return problem && detail !== undefined ? { problem, detail } : undefined;
}

/** What went wrong in TLS; undefined where the error is not one of TLS. */
export function tlsCauseOf(error: unknown): { readonly cause: TlsCause; readonly detail: string } | undefined {
  const detail = codeOf(error);
  if (detail === undefined) return undefined;
  const found = tlsCauses.find(([pattern]) => pattern.test(detail));
  return found && { cause: found[1], detail };
}

/** The facts of a certificate (DER) that explain why it is trusted or not; undefined where it cannot be read. */
export function factsOf(der: Uint8Array | undefined): CertificateFacts | undefined {
  const certificate = der && parse(der);
  if (!certificate) return undefined;
  const names = (certificate.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return {
    subject: oneLine(certificate.subject),
    names: names.filter((name) => name !== ''),
    issuer: oneLine(certificate.issuer),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    selfSigned: certificate.checkIssued(certificate),
    key: '',
    chain: [],
    fingerprint: certificate.fingerprint256,
  };
}

function parse(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** `undefined` is what Node gives for an empty subject, against its types. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
