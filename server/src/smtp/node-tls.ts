import { isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { ClientCertificateUse, TlsAnswer, TlsWish } from './network.ts';
import { factsOf, serverEndPointOf } from './node-certificates.ts';
import {
  type ClientCertificateState,
  certificateProblemOf,
  codeOf,
  networkFailureOf,
  tlsCauseOf,
} from './node-errors.ts';
import { type KeyKind, type OpenedIdentity, openIdentity } from './node-identity.ts';

/** What comes of a handshake. */
export interface Handshake {
  readonly answer: TlsAnswer;
  /** Present exactly where the answer is `secured`. */
  readonly secured: { readonly stream: tls.TLSSocket; readonly state: ClientCertificateState } | undefined;
}

/** Everything a handshake needs, made before the first byte of it; or why there can be none. */
export type Preparation =
  | { readonly kind: 'ready'; readonly context: tls.SecureContext; readonly keyKind: KeyKind | undefined }
  | Extract<TlsAnswer, { kind: 'failed' }>;

/** Opens the client certificate and gathers what is trusted. */
export async function prepareHandshake({ identity, authorities }: TlsWish): Promise<Preparation> {
  const opened = identity && (await openIdentity(identity.file.bytes, identity.password));
  if (opened !== undefined && opened.kind !== 'opened') {
    const detail = opened.kind === 'needsPassword' ? 'a password is needed to open it' : opened.detail;
    return { kind: 'failed', cause: 'clientCertificateUnusable', detail };
  }
  try {
    return { kind: 'ready', context: contextOf(opened, authorities), keyKind: opened?.keyKind };
  } catch (error) {
    return { kind: 'failed', cause: 'other', detail: codeOf(error) ?? 'unknown error' };
  }
}

/**
 * Certificate and key, never a PFX: Node adds the authorities in a PFX to those it trusts, and a file of the workspace
 * must not decide that.
 */
function contextOf(identity: OpenedIdentity | undefined, authorities: readonly string[]): tls.SecureContext {
  const ca = trusted(authorities);
  return tls.createSecureContext({
    minVersion: 'TLSv1.2',
    ...(ca && { ca: [...ca] }),
    ...(identity && { cert: identity.certificates, key: identity.key }),
  });
}

/**
 * The authorities trusted: those that come with Node, those that NODE_EXTRA_CA_CERTS names, those of the operating
 * system's store, and the given ones. Node tells the system's from 22.15 on. Before that the store does not count, and
 * where authorities are given NODE_EXTRA_CA_CERTS does not either. Undefined for Node's own choice.
 */
function trusted(authorities: readonly string[]): readonly string[] | undefined {
  const { getCACertificates }: typeof tls & SinceNode22 = tls;
  if (getCACertificates) {
    return [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...authorities])];
  }
  return authorities.length > 0 ? [...tls.rootCertificates, ...authorities] : undefined;
}

interface SinceNode22 {
  readonly getCACertificates?: (store: 'default' | 'system') => readonly string[];
}

/** Turns a socket into a TLS connection. Where that fails the socket is left to the caller to destroy. */
export function handshake(
  socket: Socket,
  { host, identity }: TlsWish,
  { context, keyKind }: Extract<Preparation, { kind: 'ready' }>,
): Promise<Handshake> {
  return new Promise((settle) => {
    const stream = tls.connect({
      socket,
      host,
      secureContext: context,
      // Written out: the environment can turn the default of this option off.
      rejectUnauthorized: true,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const hasIdentity = identity !== undefined;
    let state: ClientCertificateState = { use: tellsWhatWasAsked ? 'notAsked' : 'unknown', hasIdentity };
    const look = () => {
      state = { use: useOf(stream, keyKind), hasIdentity };
    };
    const fail = (answer: TlsAnswer) => settle({ answer, secured: undefined });
    let peer: tls.DetailedPeerCertificate | undefined;

    // Of all events before the end of a handshake that may yet fail, the one that comes once the server has had its say.
    // Later is too late: Node crashes where a connection that is gone is asked.
    if (tellsWhatWasAsked) stream.on('keylog', look);
    // Emitted before the certificate is judged: the only moment at which a bad one can still be read.
    stream.prependListener('secure', () => {
      // Not getPeerX509Certificate: in Node 20 it takes the certificate away from the check of the host name.
      peer = stream.getPeerCertificate(true);
      if (tellsWhatWasAsked) look();
    });
    stream.on('error', (error) => {
      const problem = certificateProblemOf(error);
      if (problem) return fail({ kind: 'untrusted', ...problem, certificate: peer && factsOf(peer) });
      fail({ kind: 'failed', ...(tlsCauseOf(error, state) ?? cutOff(networkFailureOf(error).detail, state)) });
    });
    const onClose = () => fail({ kind: 'failed', ...cutOff('closed during the handshake', state) });
    stream.once('close', onClose);
    stream.once('secureConnect', () => {
      stream.off('close', onClose).off('keylog', look);
      const answer: TlsAnswer = {
        kind: 'secured',
        version: stream.getProtocol() ?? 'TLS',
        cipher: stream.getCipher().name,
        certificate: peer && factsOf(peer),
        clientCertificate: state.use,
        serverEndPoint: serverEndPointOf(peer?.raw),
      };
      settle({ answer, secured: { stream, state } });
    });
  });
}

function cutOff(detail: string, { use }: ClientCertificateState) {
  const isAsked = use === 'presented' || use === 'askedAndNone';
  return {
    cause: 'closed' as const,
    detail: isAsked ? `${detail}, after the server asked for a client certificate` : detail,
  };
}

/** BoringSSL, which Electron brings, does not tell. */
const tellsWhatWasAsked =
  process.versions.electron === undefined && Number.parseInt(process.versions.openssl ?? '', 10) >= 3;

/**
 * What became of client certificates. On the client's side OpenSSL has shared signature algorithms exactly where the
 * server sent a CertificateRequest that names one of ours, in TLS 1.2 and 1.3 alike, from that message on.
 */
function useOf(stream: tls.TLSSocket, key: KeyKind | undefined): ClientCertificateUse {
  const shared = stream.getSharedSigalgs();
  if (shared.length === 0) return 'notAsked';
  return key && canSign(key, shared, stream.getProtocol() === 'TLSv1.3') ? 'presented' : 'askedAndNone';
}

/**
 * Whether OpenSSL answers with a certificate of this key where these signature algorithms, as `ECDSA+SHA256`, are shared.
 * It asks for no more: what authorities the server names does not matter to it.
 */
function canSign({ type, curve }: KeyKind, shared: readonly string[], isNewest: boolean): boolean {
  const has = (family: string, hash = '') => shared.some((each) => each.startsWith(`${family}+${hash}`));
  switch (type) {
    case 'rsa':
      return has('RSA-PSS') || (!isNewest && has('RSA'));
    case 'rsa-pss':
      // Node has one name for `rsa_pss_rsae_sha256` and `rsa_pss_pss_sha256`. Nobody takes the second without the first.
      return shared.some((each, at) => each.startsWith('RSA-PSS+') && shared.indexOf(each) < at);
    case 'ec':
      return isNewest ? has('ECDSA', curveHashes.get(curve ?? '') ?? 'none') : has('ECDSA');
    case 'dsa':
      return !isNewest && has('DSA');
    default:
      return shared.some((each) => each.toLowerCase().startsWith(`${type}+`));
  }
}

/** TLS 1.3 ties a hash to each curve (RFC 8446, section 4.2.3). */
const curveHashes: ReadonlyMap<string, string> = new Map([
  ['prime256v1', 'SHA256'],
  ['secp384r1', 'SHA384'],
  ['secp521r1', 'SHA512'],
]);
