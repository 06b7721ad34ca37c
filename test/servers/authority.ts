import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** A certificate authority of a test, and what it issues: PEM texts, made anew for each run. */
export interface Authority {
  readonly certificate: string;
  issue(wish?: CertificateWish): Promise<Identity>;
}

export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateWish {
  readonly subject?: string;
  /** DNS names of the Subject Alternative Name; an IP address goes in as such. */
  readonly names?: readonly string[];
  /** Days from now; negative for the past. */
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly extendedKeyUsage?: readonly string[];
  readonly selfSigned?: boolean;
}

const day = 86_400_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export async function makeAuthority(name = 'CN=Test Root'): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    serialNumber: serial(),
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 30 * day),
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return { certificate: root.toString('pem'), issue };

  async function issue(wish: CertificateWish = {}): Promise<Identity> {
    const own = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const names = wish.names ?? ['localhost', '127.0.0.1'];
    const subject = wish.subject ?? 'CN=mail.test';
    const certificate = await x509.X509CertificateGenerator.create({
      subject,
      issuer: wish.selfSigned ? subject : root.subject,
      serialNumber: serial(),
      publicKey: own.publicKey,
      signingKey: wish.selfSigned ? own.privateKey : keys.privateKey,
      signingAlgorithm: algorithm,
      notBefore: new Date(Date.now() + (wish.validFrom ?? -1) * day),
      notAfter: new Date(Date.now() + (wish.validTo ?? 10) * day),
      extensions: [
        ...(names.length > 0
          ? [
              new x509.SubjectAlternativeNameExtension(
                names.map((value) => ({ type: /^[\d.]+$/.test(value) ? 'ip' : 'dns', value })),
              ),
            ]
          : []),
        new x509.ExtendedKeyUsageExtension([...(wish.extendedKeyUsage ?? [x509.ExtendedKeyUsage.serverAuth])]),
      ],
    });
    return { cert: certificate.toString('pem'), key: pemKey(await crypto.subtle.exportKey('pkcs8', own.privateKey)) };
  }
}

function pemKey(bytes: ArrayBuffer): string {
  return x509.PemConverter.encode(bytes, 'PRIVATE KEY');
}

function serial(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    (byte & 0x7f).toString(16).padStart(2, '0'),
  ).join('');
}
