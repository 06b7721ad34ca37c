import { inChainOrder } from './chain.ts';
import { type Der, hex, isCutOff, oidOf, readDer, tags } from './der.ts';
import { type CertificateFacts, type ParsedCertificate, parseCertificate } from './facts.ts';
import { contentOids } from './oids.ts';
import { decodeBase64, type PemBlock, readPem, textOfFile } from './pem.ts';
import { isPfx, readPfx } from './pfx.ts';
import {
  type CertificateFormat,
  type CertificateReading,
  type Contents,
  type Failure,
  type Password,
  unreadable,
} from './reading.ts';

/**
 * Reads a certificate file: PEM, DER, PFX (PKCS #12) or P7B (PKCS #7). Never throws for what the bytes are. The same
 * bytes and password give the same answer; nothing is verified against a clock, a store or a network.
 *
 * @param password opens a PFX; the other forms do not look at it
 */
export async function readCertificate(bytes: Uint8Array, password?: Password): Promise<CertificateReading> {
  const contents = await readContents(bytes, password);
  if ('kind' in contents) return contents;
  const ordered = inChainOrder(contents.certificates, contents.leaf);
  const certificates = await Promise.all(ordered.map(withThumbprint));
  return { kind: 'read', certificates, hasPrivateKey: contents.hasPrivateKey, format: contents.format };
}

async function readContents(bytes: Uint8Array, password: Password | undefined): Promise<Contents | Failure> {
  if (bytes.length === 0) return unreadable('the file is empty');
  const der = bytes[0] === tags.sequence ? readDer(bytes) : undefined;
  if (der !== undefined) return readBinary(der, password);

  const text = textOfFile(bytes);
  const blocks = readPem(text);
  if (blocks.length > 0) return readBlocks(blocks);
  const bare = decodeBase64(text);
  const inner = bare === undefined ? undefined : readDer(bare);
  if (inner !== undefined) {
    const contents = await readBinary(inner, password);
    return 'kind' in contents ? contents : { ...contents, format: 'PEM' };
  }
  return unreadable(
    isCutOff(bytes) ? 'the file is cut off before its end' : 'it is not a certificate in PEM, DER, PFX or P7B form',
  );
}

async function readBinary(der: Der, password: Password | undefined): Promise<Contents | Failure> {
  if (isPfx(der)) return readPfx(der, password);
  const bag = readPkcs7(der);
  if (bag !== undefined) return oneOrMore(bag, false, 'P7B');
  const certificate = parseCertificate(der);
  if (certificate !== undefined) return { certificates: [certificate], hasPrivateKey: false, format: 'DER' };
  return unreadable(whatElse(der));
}

function oneOrMore(certificates: readonly ParsedCertificate[], hasPrivateKey: boolean, format: CertificateFormat) {
  return certificates.length > 0
    ? { certificates, hasPrivateKey, format }
    : unreadable(hasPrivateKey ? 'it holds a private key and no certificate' : 'it holds no certificate');
}

/** Undefined where this is no PKCS #7 (RFC 2315, 9.1) signed data; signers and revocation lists in it are passed over. */
function readPkcs7(der: Der): ParsedCertificate[] | undefined {
  const [type, wrapped] = der.children;
  if (oidOf(type) !== contentOids.signedData) return undefined;
  const set = wrapped?.children[0]?.children.find((part) => part.tag === 0xa0);
  return (set?.children ?? []).map((each) => parseCertificate(each)).filter((each) => each !== undefined);
}

/** Names what people mistake for a certificate. */
function whatElse(der: Der): string {
  const [first, second, third, fourth] = der.children;
  if (first?.tag === tags.sequence && second?.tag === tags.sequence && third?.tag === tags.bitString) {
    const [version, name, key] = first.children;
    if (
      version?.tag === tags.integer &&
      name?.tag === tags.sequence &&
      oidOf(key?.children[0]?.children[0]) !== undefined
    ) {
      return 'it is a certificate request, not a certificate';
    }
    return 'it is signed like a certificate, and is none';
  }
  const isEncryptedKey = oidOf(first?.children[0]) !== undefined && second?.tag === tags.octetString;
  const isPlainKey =
    first?.tag === tags.integer && [second, third, fourth].some((part) => part?.tag === tags.octetString);
  const isRsaKey = der.children.length >= 9 && der.children.every((part) => part.tag === tags.integer);
  if (isEncryptedKey || isPlainKey || isRsaKey) return 'it holds a private key and no certificate';
  return 'it is not a certificate in PEM, DER, PFX or P7B form';
}

const certificateLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);
const pkcs7Labels = new Set(['PKCS7', 'PKCS #7 SIGNED DATA', 'CMS']);

function readBlocks(blocks: readonly PemBlock[]): Contents | Failure {
  const certificates: ParsedCertificate[] = [];
  const hasPrivateKey = blocks.some((block) => block.label.endsWith('PRIVATE KEY'));
  let format: CertificateFormat = 'PEM';
  for (const { label, content } of blocks) {
    const isCertificate = certificateLabels.has(label);
    if (!isCertificate && !pkcs7Labels.has(label)) continue;
    if (content === 'cut off') return unreadable(`the file is cut off: BEGIN ${label} without its END`);
    const der = content === 'damaged' ? undefined : readDer(content);
    if (der === undefined) return unreadable(`what stands under BEGIN ${label} is damaged`);
    if (isCertificate) {
      const certificate = parseCertificate(der);
      if (certificate === undefined) return unreadable(`what stands under BEGIN ${label} is no certificate`);
      certificates.push(certificate);
    } else {
      certificates.push(...(readPkcs7(der) ?? []));
      format = 'P7B';
    }
  }
  if (certificates.length === 0 && blocks.some((block) => block.label.endsWith('CERTIFICATE REQUEST'))) {
    return unreadable('it is a certificate request, not a certificate');
  }
  return oneOrMore(certificates, hasPrivateKey, format);
}

async function withThumbprint(certificate: ParsedCertificate): Promise<CertificateFacts> {
  // SHA-1 names a certificate here, as Windows does; nothing is trusted for it.
  const digest = await globalThis.crypto.subtle.digest('SHA-1', new Uint8Array(certificate.raw));
  return { ...certificate.facts, thumbprint: hex(new Uint8Array(digest)) };
}

export type { CertificateFacts, ExtendedKeyUsage, KeyFacts } from './facts.ts';
export type { CertificateFormat, CertificateReading, Password } from './reading.ts';
