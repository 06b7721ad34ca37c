import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate authority of a test, and what it issues: PEM texts, made anew for each run. */
export interface Authority extends Identity {
  readonly certificate: string;
  issue(wish?: CertificateWish): Promise<Identity>;
  /** An authority below this one. */
  intermediate(name: string): Promise<Authority>;
}

export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateWish {
  readonly subject?: string;
  /** DNS names of the Subject Alternative Name; an IP address goes in as such. None leaves the extension out. */
  readonly names?: readonly string[];
  /** Days from now; negative for the past. */
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly algorithm?: KeyAlgorithm;
  /** Left out where not given. */
  readonly keyUsage?: x509.KeyUsageFlags | undefined;
  /** For servers where not given; empty leaves the extension out. */
  readonly extendedKeyUsage?: readonly string[];
  readonly selfSigned?: boolean;
}

export type KeyAlgorithm = 'P-256' | 'P-384' | 'P-521' | 'RSA';

export const { ExtendedKeyUsage, KeyUsageFlags } = x509;

const day = 86_400_000;

export async function makeAuthority(name = 'CN=Test Root'): Promise<Authority> {
  const keys = await newKeys('P-256');
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    serialNumber: serial(),
    notBefore: daysFromNow(-1),
    notAfter: daysFromNow(30),
    signingAlgorithm: signing('P-256'),
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return authorityOf(root, keys);
}

async function authorityOf(own: x509.X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<Authority> {
  const certificate = pemOf(own);
  return {
    certificate,
    cert: certificate,
    key: await pemKey(keys),
    issue: (wish = {}) => issue(own, keys, wish),
    async intermediate(name) {
      const below = await newKeys('P-256');
      const issued = await x509.X509CertificateGenerator.create({
        subject: name,
        issuer: own.subject,
        serialNumber: serial(),
        publicKey: below.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: signing('P-256'),
        notBefore: daysFromNow(-1),
        notAfter: daysFromNow(20),
        extensions: [
          new x509.BasicConstraintsExtension(true, 0, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        ],
      });
      return authorityOf(issued, below);
    },
  };
}

async function issue(
  by: x509.X509Certificate,
  keys: webcrypto.CryptoKeyPair,
  wish: CertificateWish,
): Promise<Identity> {
  const own = await newKeys(wish.algorithm ?? 'P-256');
  const subject = wish.subject ?? 'CN=mail.test';
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: wish.selfSigned ? subject : by.subject,
    serialNumber: serial(),
    publicKey: own.publicKey,
    signingKey: wish.selfSigned ? own.privateKey : keys.privateKey,
    signingAlgorithm: signing(wish.selfSigned ? (wish.algorithm ?? 'P-256') : 'P-256'),
    notBefore: daysFromNow(wish.validFrom ?? -1),
    notAfter: daysFromNow(wish.validTo ?? 10),
    extensions: extensionsOf(wish),
  });
  return { cert: pemOf(certificate), key: await pemKey(own) };
}

function extensionsOf(wish: CertificateWish): x509.Extension[] {
  const names = wish.names ?? ['localhost', '127.0.0.1'];
  const purposes = wish.extendedKeyUsage ?? [x509.ExtendedKeyUsage.serverAuth];
  const extensions: x509.Extension[] = [];
  if (names.length > 0) {
    const entries = names.map((value) => ({ type: /^[\d.]+$/.test(value) ? 'ip' : 'dns', value }) as const);
    extensions.push(new x509.SubjectAlternativeNameExtension(entries));
  }
  if (wish.keyUsage !== undefined) extensions.push(new x509.KeyUsagesExtension(wish.keyUsage, true));
  if (purposes.length > 0) extensions.push(new x509.ExtendedKeyUsageExtension([...purposes]));
  return extensions;
}

/** RSA keys take long to make: one serves a whole test file. */
let rsaKeys: Promise<webcrypto.CryptoKeyPair> | undefined;

function newKeys(algorithm: KeyAlgorithm): Promise<webcrypto.CryptoKeyPair> {
  const { subtle } = globalThis.crypto;
  if (algorithm !== 'RSA') return subtle.generateKey(signing(algorithm), true, ['sign', 'verify']);
  const size = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  rsaKeys ??= subtle.generateKey({ ...signing(algorithm), ...size }, true, ['sign', 'verify']);
  return rsaKeys;
}

function signing(algorithm: KeyAlgorithm) {
  const name = algorithm === 'RSA' ? 'RSASSA-PKCS1-v1_5' : 'ECDSA';
  return { name, namedCurve: algorithm, hash: 'SHA-256' };
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * day);
}

async function pemKey({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return `${x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')}\n`;
}

function pemOf(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

function serial(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    (byte & 0x7f).toString(16).padStart(2, '0'),
  ).join('');
}
