import type { CertificateProblem, ClientCertificateUse, NetworkCause, NetworkFailure, TlsCause } from './network.ts';

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
  const code = codeOf(error);
  // What OpenSSL finds wrong and Node has no code for; OpenSSL's own words for it are fixed.
  if (code === 'UNSPECIFIED' && error instanceof Error) {
    return { problem: /too (?:weak|small)/.test(error.message) ? 'weak' : 'other', detail: error.message };
  }
  const problem = code === undefined ? undefined : certificateProblems[code];
  return problem && code !== undefined ? { problem, detail: code } : undefined;
}

/** What is known of the client certificate when an error of TLS is read. */
export interface ClientCertificateState {
  readonly use: ClientCertificateUse;
  /** False where there is none to be presented. */
  readonly hasIdentity: boolean;
}

/** What went wrong in TLS; undefined where the error is not one of TLS. */
export function tlsCauseOf(
  error: unknown,
  state: ClientCertificateState,
): { readonly cause: TlsCause; readonly detail: string } | undefined {
  const detail = codeOf(error);
  if (detail === undefined) return undefined;
  const cause = clientCertificateCauseOf(detail, state) ?? tlsCauses.find(([pattern]) => pattern.test(detail))?.[1];
  return cause && { cause, detail: isHeldBack(cause, state) ? `${detail}; ${heldBack}` : detail };
}

/** Alerts 42 to 46, 48, 49 and 51 (RFC 8446, section 6.2), and 41 of old: a server says them of a client certificate alone. */
const ofCertificates =
  /ALERT_(?:NO_CERTIFICATE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)/;

function clientCertificateCauseOf(code: string, { use, hasIdentity }: ClientCertificateState): TlsCause | undefined {
  if (use === 'notAsked') return undefined;
  // A server that has asked has agreed on everything else before: in TLS 1.2 it says so little where it gets none.
  const isOfCertificates = ofCertificates.test(code) || (use !== 'unknown' && /ALERT_HANDSHAKE_FAILURE/.test(code));
  if (!isOfCertificates) return undefined;
  const isPresented = use === 'presented' || (use === 'unknown' && hasIdentity);
  return isPresented ? 'clientCertificateRefused' : 'clientCertificateRequired';
}

const heldBack = 'the certificate at hand was not sent, for the server takes no signature of its kind of key';

function isHeldBack(cause: TlsCause, { use, hasIdentity }: ClientCertificateState): boolean {
  return cause === 'clientCertificateRequired' && use === 'askedAndNone' && hasIdentity;
}

/** The code of an error of Node; undefined where it has none. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
