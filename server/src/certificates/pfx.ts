import { type Der, hex, octetsOf, oidOf, readDer, tags } from './der.ts';
import { type ParsedCertificate, parseCertificate } from './facts.ts';
import { contentOids } from './oids.ts';
import { decrypt, decryptKey, type PasswordForm, passwordForms, type Refusal, verifyMac } from './pfx-crypto.ts';
import { type Contents, type Failure, type Password, unreadable, wrongPassword } from './reading.ts';

/** Kinds of bags, under this prefix. RFC 7292, 4.2. */
const bagPrefix = '1.2.840.113549.1.12.10.1.';
const x509Certificate = '1.2.840.113549.1.9.22.1';
const localKeyId = '1.2.840.113549.1.9.21';

const damaged = unreadable('it is a damaged PFX file');

/** PFX ::= SEQUENCE { version INTEGER, authSafe ContentInfo, macData MacData OPTIONAL } */
export function isPfx(der: Der): boolean {
  const [version, safe] = der.children;
  if (der.tag !== tags.sequence || version?.tag !== tags.integer || safe?.tag !== tags.sequence) return false;
  return oidOf(safe.children[0])?.startsWith('1.2.840.113549.1.7.') === true;
}

/**
 * Reads a PFX (PKCS #12, RFC 7292). Certificates are decrypted; the private key is only noticed and stays encrypted.
 *
 * @param der a value for which `isPfx` holds
 */
export function readPfx(der: Der, password: Password | undefined): Promise<Contents | Failure> {
  return openPfx(der, password, (found) => {
    const certificates = found.certificates.map(({ certificate }) => certificate);
    return { certificates, hasPrivateKey: found.keys.length > 0, format: 'PFX', leaf: leafOf(found)?.certificate };
  });
}

/** The certificates of a PFX and the private key that belongs to one of them. */
export interface PfxIdentity {
  readonly certificates: readonly ParsedCertificate[];
  /** The certificate of the key, where the file says which. */
  readonly leaf: ParsedCertificate | undefined;
  /** PrivateKeyInfo (PKCS #8), decrypted: for the caller to overwrite. */
  readonly key: Uint8Array;
}

/**
 * As `readPfx`, but with the private key.
 *
 * @param der a value for which `isPfx` holds
 */
export function readPfxIdentity(der: Der, password: Password | undefined): Promise<PfxIdentity | Failure> {
  return openPfx(der, password, async (found, form) => {
    const leaf = leafOf(found);
    const bag = found.keys.find(({ keyId }) => leaf !== undefined && keyId === leaf.keyId) ?? found.keys[0];
    if (bag === undefined) return unreadable('it holds no private key');
    const key = bag.isEncrypted ? await decryptKey(bag.value, form) : Uint8Array.from(bag.value.raw);
    if ('reason' in key) return failureOf(key);
    return { certificates: found.certificates.map(({ certificate }) => certificate), leaf: leaf?.certificate, key };
  });
}

/** Finds the right way to write the password, and has the bags used while it is at hand. */
async function openPfx<T>(
  der: Der,
  password: Password | undefined,
  use: (found: Found, password: PasswordForm) => T | Promise<T>,
): Promise<T | Failure> {
  if (password === undefined) return { kind: 'needs-password' };
  const [, safe, mac] = der.children;
  if (oidOf(safe?.children[0]) !== contentOids.data) {
    return unreadable('its protection is a certificate instead of a password');
  }
  const content = octetsOf(safe?.children[1]?.children[0]);
  if (content === undefined) return damaged;

  const forms = passwordForms(password);
  try {
    for (const form of forms) {
      const isRight = mac === undefined ? true : await verifyMac(mac, content, form);
      if (typeof isRight === 'object') return unreadable(isRight.reason);
      if (!isRight) continue;
      const found = await readSafes(content, form);
      const read = 'kind' in found ? found : await use(found, form);
      // Without a checksum that vouches for the password, the next way to write an empty one may still be right.
      if (read !== wrongPassword || form === forms.at(-1)) return read;
    }
    return wrongPassword;
  } finally {
    for (const form of forms) {
      form.utf8.fill(0);
      form.utf16.fill(0);
    }
  }
}

interface Found {
  readonly certificates: { readonly certificate: ParsedCertificate; readonly keyId: string | undefined }[];
  /** As PKCS #8, encrypted or not. */
  readonly keys: { readonly value: Der; readonly isEncrypted: boolean; readonly keyId: string | undefined }[];
}

function leafOf({ certificates, keys }: Found): Found['certificates'][number] | undefined {
  return certificates.find(({ keyId }) => keyId !== undefined && keys.some((key) => key.keyId === keyId));
}

async function readSafes(content: Uint8Array, password: PasswordForm): Promise<Found | Failure> {
  const safes = readDer(content);
  if (safes?.tag !== tags.sequence) return damaged;
  const found: Found = { certificates: [], keys: [] };
  for (const safe of safes.children) {
    const plain = await openSafe(safe, password);
    if (plain === undefined) return damaged;
    if ('reason' in plain) return failureOf(plain);
    const bags = readDer(plain);
    if (bags?.tag !== tags.sequence) return wrongPassword;
    collect(bags, found, 0);
  }
  if (found.certificates.length > 0) return found;
  return unreadable(found.keys.length > 0 ? 'it holds a private key and no certificate' : 'it holds no certificate');
}

function failureOf({ reason }: Refusal): Failure {
  return reason === 'wrong password' ? wrongPassword : unreadable(reason);
}

/** The decrypted content of one safe; undefined where it is no safe. */
async function openSafe(safe: Der, password: PasswordForm): Promise<Uint8Array | Refusal | undefined> {
  const [type, wrapped] = safe.children;
  const value = wrapped?.children[0];
  switch (oidOf(type)) {
    case contentOids.data:
      return octetsOf(value);
    case contentOids.encryptedData: {
      // EncryptedData ::= SEQUENCE { version, SEQUENCE { contentType, algorithm, [0] encryptedContent } }
      const [, algorithm, encrypted] = value?.children[1]?.children ?? [];
      const bytes = octetsOf(encrypted);
      return algorithm === undefined || bytes === undefined ? undefined : decrypt(algorithm, bytes, password);
    }
    case contentOids.envelopedData:
      return { reason: 'its protection is a certificate instead of a password' };
    default:
      return undefined;
  }
}

/** SafeBag ::= SEQUENCE { bagId, [0] value, attributes SET OPTIONAL }; a bag may hold more bags. */
function collect(bags: Der, found: Found, depth: number): void {
  for (const bag of bags.children) {
    const [type, wrapped, attributes] = bag.children;
    const value = wrapped?.children[0];
    const kind = oidOf(type)?.replace(bagPrefix, '');
    if (value !== undefined && (kind === '1' || kind === '2')) {
      found.keys.push({ value, isEncrypted: kind === '2', keyId: keyIdOf(attributes) });
    } else if (kind === '3' && oidOf(value?.children[0]) === x509Certificate) {
      const bytes = octetsOf(value?.children[1]?.children[0]);
      const certificate = bytes === undefined ? undefined : parseCertificate(readDer(bytes));
      if (certificate !== undefined) found.certificates.push({ certificate, keyId: keyIdOf(attributes) });
    } else if (kind === '6' && value !== undefined && depth < 4) collect(value, found, depth + 1);
  }
}

function keyIdOf(attributes: Der | undefined): string | undefined {
  const attribute = attributes?.children.find((each) => oidOf(each.children[0]) === localKeyId);
  const value = attribute?.children[1]?.children[0];
  return value === undefined ? undefined : hex(value.content);
}
