import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { type Der, readDer, tags } from '../certificates/der.ts';
import type { ParsedCertificate } from '../certificates/facts.ts';
import { likelyLeaf, type PrivateKey, readIdentity, sentChain } from '../certificates/identity.ts';
import { toPem } from '../certificates/write-der.ts';
import type { Secret } from '../settings/secret.ts';
import type { ClientIdentity } from './network.ts';
import { codeOf } from './node-errors.ts';

/** A client certificate as TLS takes it. */
export interface OpenedIdentity {
  readonly kind: 'opened';
  readonly format: ClientIdentity['file']['format'];
  /** The leaf and its issuers, as PEM. */
  readonly certificates: string;
  /** PKCS #8 as PEM. A text cannot be overwritten: it is to be let go of as soon as the handshake has it. */
  readonly key: string;
  readonly keyKind: KeyKind;
}

/** What decides which signatures a key can make. */
export interface KeyKind {
  /** As Node names it: `rsa`, `rsa-pss`, `ec`, `ed25519`, `ed448`, `dsa`. */
  readonly type: string;
  /** As OpenSSL names it, for `ec` only: `prime256v1`. */
  readonly curve: string | undefined;
}

/** `detail` goes on after "cannot be used:" and holds nothing secret. */
export type Unusable =
  | { readonly kind: 'unusable'; readonly detail: string; readonly cause?: 'password' }
  | { readonly kind: 'needsPassword' };

/**
 * Bytes of a number in a key, which may have a zero in front. OpenSSL takes no longer key from others; with one of its own,
 * or with longer primes in it, it would sign for minutes, in which nothing else runs.
 */
const longestNumber = 16_384 / 8 + 1;

function unusable(detail: string, cause?: 'password'): Unusable {
  return { kind: 'unusable', detail, ...(cause && { cause }) };
}

/** Opens the file of a client certificate and tries whether the TLS of this computer takes it. Never throws. */
export async function openIdentity(
  bytes: Uint8Array,
  password: Secret | undefined,
): Promise<OpenedIdentity | Unusable> {
  const contents = await readIdentity(bytes, password);
  if (contents.kind === 'needs-password') return { kind: 'needsPassword' };
  if (contents.kind === 'unreadable') return unusable(contents.reason, contents.cause);
  const key = privateKey(contents.key, password);
  if ('kind' in key) return key;
  if (isTooLong(key.object)) return unusable('its key is longer than is sensible');
  const leaf = leafOf(contents.certificates, likelyLeaf(contents), key.object);
  if (leaf === undefined) return unusable('its private key belongs to another certificate');
  const certificates = sentChain(contents.certificates, leaf).map((der) => toPem('CERTIFICATE', der));
  const opened: OpenedIdentity = {
    kind: 'opened',
    format: contents.format,
    certificates: certificates.join(''),
    key: key.object.export({ format: 'pem', type: 'pkcs8' }).toString(),
    keyKind: { type: key.object.asymmetricKeyType ?? '', curve: key.object.asymmetricKeyDetails?.namedCurve },
  };
  try {
    createSecureContext({ cert: opened.certificates, key: opened.key });
    return opened;
  } catch (error) {
    return unusable(refusalOfTls(codeOf(error) ?? 'unknown error'));
  }
}

function privateKey(key: PrivateKey, password: Secret | undefined): { readonly object: KeyObject } | Unusable {
  try {
    if (key.encoding === 'PEM') {
      const passphrase = key.cipher === undefined ? undefined : password?.reveal();
      return { object: createPrivateKey({ key: key.text, ...(passphrase !== undefined && { passphrase }) }) };
    }
    // The bytes themselves and no copy: they are overwritten below.
    const { buffer, byteOffset, byteLength } = key.bytes;
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    return { object: createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' }) };
  } catch (error) {
    if (key.encoding === 'DER' || key.cipher === undefined) {
      return unusable(`its private key is damaged, or of a kind this computer cannot use (${codeOf(error)})`);
    }
    // OpenSSL 3 reads these and no DES or RC2; whatever else went wrong comes of a password that does not fit.
    if (/^(?:AES-\d+|DES-EDE3|CAMELLIA-\d+)-/i.test(key.cipher)) {
      return unusable('the password does not open it', 'password');
    }
    return unusable(`its encryption (${key.cipher}) is one that this computer cannot read`);
  } finally {
    if (key.encoding === 'DER') key.bytes.fill(0);
  }
}

function isTooLong(key: KeyObject): boolean {
  const bytes = key.export({ format: 'der', type: 'pkcs8' });
  const isLong = longestOf(readDer(bytes)) > longestNumber;
  bytes.fill(0);
  return isLong;
}

/** The most bytes an INTEGER has in it, at any depth. */
function longestOf(der: Der | undefined): number {
  if (der === undefined) return 0;
  if (der.tag === tags.integer) return der.content.length;
  const inside = der.tag === tags.octetString ? [readDer(der.content)] : der.children;
  return Math.max(0, ...inside.map(longestOf));
}

/** The certificate of the key; where the cryptography of this computer cannot tell, the one that is likely. */
function leafOf(
  certificates: readonly ParsedCertificate[],
  likely: ParsedCertificate | undefined,
  key: KeyObject,
): ParsedCertificate | undefined {
  const first = likely === undefined ? certificates : [likely, ...certificates];
  try {
    return first.find(({ raw }) => new X509Certificate(raw).checkPrivateKey(key));
  } catch {
    return likely;
  }
}

function refusalOfTls(code: string): string {
  if (/KEY_TOO_SMALL/.test(code)) return 'its key is shorter than the TLS of this computer takes';
  if (/MD_TOO_WEAK/.test(code)) return 'its signature is weaker than the TLS of this computer takes';
  if (/MISMATCH/.test(code)) return 'its private key belongs to another certificate';
  return `the TLS of this computer does not take it (${code})`;
}
