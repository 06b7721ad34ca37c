import { bitLength, bitsOf, type Der, hex, latin1, octetsOf, oidOf, readDer, tags, timeOf } from './der.ts';
import { commonNameOf, nameText } from './name.ts';
import {
  curves,
  extendedKeyUsages,
  extensionOids,
  fixedSizes,
  keyAlgorithms,
  keyUsageBits,
  signatureAlgorithms,
} from './oids.ts';

/** The public key, as its own object identifier names it: no cryptography library was asked whether it knows it. */
export interface KeyFacts {
  /** `RSA`, `ECDSA`, `DSA`, `RSA-PSS`, `Ed25519` …; the dotted identifier where it is not known. */
  readonly algorithm: string;
  /** Modulus of RSA, prime of DSA, order of the curve. Undefined where the certificate does not say. */
  readonly sizeBits: number | undefined;
  /** `P-256`, `P-384`, `P-521` …, or the curve's dotted identifier; undefined where there is none. */
  readonly curve: string | undefined;
}

export interface ExtendedKeyUsage {
  readonly oid: string;
  /** As X.509 calls it, for example `clientAuth`; undefined where the identifier is not known. */
  readonly name: string | undefined;
}

/** What a certificate says. Nothing here is verified: no signature is checked and no clock is asked. */
export interface CertificateFacts {
  /** As Windows prints it: most specific part first, `CN=Contoso Issuing CA, O=Contoso, C=US`. */
  readonly subject: string;
  readonly issuer: string;
  /** DNS names of the subject alternative name, then the subject's common name unless it is among them. */
  readonly names: readonly string[];
  /** Upper hex, as Windows prints it: a leading `00` is kept. */
  readonly serial: string;
  /** SHA-1 of the certificate: 40 upper hex digits. */
  readonly thumbprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly key: KeyFacts;
  /** For example `sha256WithRSAEncryption`; the dotted identifier where it is not known. */
  readonly signatureAlgorithm: string;
  /** Names of RFC 5280 (`digitalSignature` …). Undefined where the extension is absent, which allows every use. */
  readonly keyUsage: readonly string[] | undefined;
  /** Undefined where the extension is absent, which allows every use. */
  readonly extendedKeyUsage: readonly ExtendedKeyUsage[] | undefined;
  /** Subject and issuer are the same, and no key identifier says otherwise. */
  readonly isSelfSigned: boolean;
}

/** A certificate with what is needed to put a chain in order. */
export interface ParsedCertificate {
  readonly facts: Omit<CertificateFacts, 'thumbprint'>;
  readonly raw: Uint8Array;
  /** The encoded names in hex, to compare. */
  readonly subjectId: string;
  readonly issuerId: string;
  readonly keyId: string | undefined;
  readonly issuerKeyId: string | undefined;
}

/** Undefined where this is no X.509 certificate. */
export function parseCertificate(der: Der | undefined): ParsedCertificate | undefined {
  const [body, signature] = der?.children ?? [];
  if (der?.tag !== tags.sequence || body?.tag !== tags.sequence) return undefined;
  // The version, `[0]`, is left out by version 1.
  const [serial, , issuer, validity, subject, publicKey, ...rest] =
    body.children[0]?.tag === 0xa0 ? body.children.slice(1) : body.children;
  const notBefore = timeOf(validity?.children[0]);
  const notAfter = timeOf(validity?.children[1]);
  const key = keyFacts(publicKey);
  const signatureOid = oidOf(signature?.children[0]);
  if (
    serial?.tag !== tags.integer ||
    issuer?.tag !== tags.sequence ||
    subject?.tag !== tags.sequence ||
    notBefore === undefined ||
    notAfter === undefined ||
    key === undefined ||
    signatureOid === undefined
  ) {
    return undefined;
  }

  const extensions = readExtensions(rest.find((part) => part.tag === 0xa3)?.children[0]);
  const keyId = hexOf(octetsOf(extensions.get(extensionOids.subjectKeyIdentifier)));
  const issuerKeyId = hexOf(
    extensions.get(extensionOids.authorityKeyIdentifier)?.children.find((part) => part.tag === 0x80)?.content,
  );
  const subjectId = hex(subject.raw);
  const issuerId = hex(issuer.raw);
  return {
    facts: {
      subject: nameText(subject),
      issuer: nameText(issuer),
      names: namesOf(subject, extensions.get(extensionOids.subjectAlternativeName)),
      serial: hex(serial.content),
      notBefore,
      notAfter,
      key,
      signatureAlgorithm: signatureAlgorithms.get(signatureOid) ?? signatureOid,
      keyUsage: keyUsageOf(extensions.get(extensionOids.keyUsage)),
      extendedKeyUsage: extendedKeyUsageOf(extensions.get(extensionOids.extendedKeyUsage)),
      isSelfSigned:
        subjectId === issuerId && (keyId === undefined || issuerKeyId === undefined || keyId === issuerKeyId),
    },
    raw: der.raw,
    subjectId,
    issuerId,
    keyId,
    issuerKeyId,
  };
}

function hexOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : hex(bytes);
}

function readExtensions(list: Der | undefined): Map<string, Der> {
  const extensions = new Map<string, Der>();
  for (const extension of list?.children ?? []) {
    const oid = oidOf(extension.children[0]);
    const value = octetsOf(extension.children.find((part) => part.tag === tags.octetString));
    const inner = value === undefined ? undefined : readDer(value);
    if (oid !== undefined && inner !== undefined && !extensions.has(oid)) extensions.set(oid, inner);
  }
  return extensions;
}

function keyFacts(publicKey: Der | undefined): KeyFacts | undefined {
  const [identifier, bits] = publicKey?.children ?? [];
  const oid = oidOf(identifier?.children[0]);
  if (oid === undefined || bits?.tag !== tags.bitString) return undefined;
  const algorithm = keyAlgorithms.get(oid) ?? oid;
  const parameters = identifier?.children[1];
  switch (algorithm) {
    case 'RSA':
    case 'RSA-PSS':
    case 'RSA-OAEP':
      return { algorithm, sizeBits: bitLength(readBits(bits)?.children[0]), curve: undefined };
    case 'DSA':
    case 'DH':
      return { algorithm, sizeBits: bitLength(parameters?.children[0]), curve: undefined };
    case 'ECDSA':
    case 'ECDH': {
      const curveOid = oidOf(parameters);
      const curve = curveOid === undefined ? undefined : curves.get(curveOid);
      return { algorithm, sizeBits: curve?.bits, curve: curve?.name ?? curveOid };
    }
    default:
      return { algorithm, sizeBits: fixedSizes.get(algorithm), curve: undefined };
  }
}

function readBits(bits: Der): Der | undefined {
  const bytes = bitsOf(bits);
  return bytes === undefined ? undefined : readDer(bytes);
}

function namesOf(subject: Der, alternative: Der | undefined): string[] {
  // `[2]` of a GeneralName is a DNS name.
  const dns = (alternative?.children ?? []).filter((name) => name.tag === 0x82).map((name) => latin1(name.content));
  const commonName = commonNameOf(subject);
  const listed = dns.some((name) => name.toLowerCase() === commonName?.toLowerCase());
  return commonName === undefined || listed ? dns : [...dns, commonName];
}

function keyUsageOf(extension: Der | undefined): string[] | undefined {
  if (extension?.tag !== tags.bitString) return undefined;
  const bytes = extension.content.subarray(1);
  return keyUsageBits.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function extendedKeyUsageOf(extension: Der | undefined): ExtendedKeyUsage[] | undefined {
  if (extension?.tag !== tags.sequence) return undefined;
  return extension.children
    .map((purpose) => oidOf(purpose))
    .filter((oid) => oid !== undefined)
    .map((oid) => ({ oid, name: extendedKeyUsages.get(oid) }));
}
