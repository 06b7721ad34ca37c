import { type Der, octetsOf, oidOf, readDer, smallInteger, tags } from './der.ts';
import { decryptTripleDes } from './des.ts';
import { type Hash, pkcs12Key } from './pkcs12-key.ts';
import { decryptRc2 } from './rc2.ts';
import type { Password } from './reading.ts';

/**
 * Password-based decryption of PFX files: PBES2 with AES or triple DES (RFC 8018), as Windows and openssl write since
 * about 2018, and the older schemes of RFC 7292, appendix C, which Windows wrote before and writes still on request.
 */

/** Why something could not be decrypted; `wrong password` where the password is to blame. */
export interface Refusal {
  readonly reason: string;
}

/** A password the ways PFX files use it. Overwritten with zeros after use. */
export interface PasswordForm {
  readonly utf8: Uint8Array<ArrayBuffer>;
  /** Big endian with two zero bytes at the end; or nothing at all, as some programs write an empty password. */
  readonly utf16: Uint8Array<ArrayBuffer>;
  /** What was spent so far on deriving keys from it, in all its forms. */
  readonly effort: { spent: number };
}

const hashes: ReadonlyMap<string, Hash> = new Map([
  ['1.3.14.3.2.26', 'SHA-1'],
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
  ['1.2.840.113549.2.7', 'SHA-1'],
  ['1.2.840.113549.2.9', 'SHA-256'],
  ['1.2.840.113549.2.10', 'SHA-384'],
  ['1.2.840.113549.2.11', 'SHA-512'],
]);

interface Cipher {
  readonly kind: 'aes' | 'triple-des' | 'rc2';
  readonly keyLength: number;
}

const oldCiphers: ReadonlyMap<string, Cipher> = new Map([
  ['1.2.840.113549.1.12.1.3', { kind: 'triple-des', keyLength: 24 }],
  ['1.2.840.113549.1.12.1.4', { kind: 'triple-des', keyLength: 16 }],
  ['1.2.840.113549.1.12.1.5', { kind: 'rc2', keyLength: 16 }],
  ['1.2.840.113549.1.12.1.6', { kind: 'rc2', keyLength: 5 }],
]);

const pbes2Ciphers: ReadonlyMap<string, Cipher> = new Map([
  ['2.16.840.1.101.3.4.1.2', { kind: 'aes', keyLength: 16 }],
  ['2.16.840.1.101.3.4.1.22', { kind: 'aes', keyLength: 24 }],
  ['2.16.840.1.101.3.4.1.42', { kind: 'aes', keyLength: 32 }],
  ['1.2.840.113549.3.7', { kind: 'triple-des', keyLength: 24 }],
]);

const unknownNames: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.12.1.1', 'RC4-128'],
  ['1.2.840.113549.1.12.1.2', 'RC4-40'],
  ['1.2.840.113549.1.5.3', 'DES'],
  ['1.2.840.113549.1.5.10', 'DES'],
  ['1.3.6.1.4.1.11591.4.11', 'scrypt'],
]);

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';
const pbmac1 = '1.2.840.113549.1.5.14';

/** Rounds beyond these would keep a reader busy for half a minute; makers write 2,000 to 600,000. */
const maxRounds = { pbkdf2: 10_000_000, pkcs12: 200_000 };
/** What one file may take, whatever is in it, in `maxRounds`. */
const maxEffort = 3;
/** A derivation is some work even without rounds. */
const leastRounds = 500;

const wrongPassword: Refusal = { reason: 'wrong password' };
const damaged: Refusal = { reason: 'it is a damaged PFX file' };

export function passwordForms(password: Password): readonly PasswordForm[] {
  const text = password.reveal();
  const utf16 = new Uint8Array(text.length * 2 + 2);
  for (let i = 0; i < text.length; i++) {
    utf16[i * 2] = text.charCodeAt(i) >> 8;
    utf16[i * 2 + 1] = text.charCodeAt(i) & 0xff;
  }
  const form = { utf8: new Uint8Array(new TextEncoder().encode(text)), utf16, effort: { spent: 0 } };
  return text === '' ? [form, { ...form, utf16: new Uint8Array(0) }] : [form];
}

/**
 * Whether the checksum of the file fits the password.
 *
 * @param mac MacData ::= SEQUENCE { SEQUENCE { algorithm, digest }, salt, iterations INTEGER DEFAULT 1 }
 */
export async function verifyMac(mac: Der, content: Uint8Array, password: PasswordForm): Promise<boolean | Refusal> {
  const [digestInfo, salt, iterations] = mac.children;
  const algorithm = oidOf(digestInfo?.children[0]?.children[0]);
  // RFC 9579. The decryption that follows tells a wrong password as well.
  if (algorithm === pbmac1) return true;
  const hash = algorithm === undefined ? undefined : hashes.get(algorithm);
  const expected = octetsOf(digestInfo?.children[1]);
  const rounds = iterations === undefined ? 1 : smallInteger(iterations);
  if (algorithm === undefined || expected === undefined || salt === undefined || rounds === undefined) return damaged;
  if (hash === undefined) return { reason: `its checksum is of a kind (${algorithm}) that this computer cannot read` };
  if (isTooMuch(password, rounds, maxRounds.pkcs12, 1)) return tooManyRounds(rounds);
  if (expected.length > 64) return damaged;

  const key = await pkcs12Key(password.utf16, salt.content, 3, rounds, expected.length, hash);
  const hmac = await globalThis.crypto.subtle.importKey('raw', key, { name: 'HMAC', hash }, false, ['verify']);
  key.fill(0);
  return globalThis.crypto.subtle.verify('HMAC', hmac, new Uint8Array(expected), new Uint8Array(content));
}

/** @param algorithm AlgorithmIdentifier ::= SEQUENCE { OBJECT IDENTIFIER, parameters } */
export async function decrypt(algorithm: Der, data: Uint8Array, password: PasswordForm): Promise<Uint8Array | Refusal> {
  const oid = oidOf(algorithm.children[0]);
  const parameters = algorithm.children[1];
  if (oid === undefined || parameters === undefined) return damaged;
  if (oid === pbes2) return decryptPbes2(parameters, data, password);

  const cipher = oldCiphers.get(oid);
  if (cipher === undefined) return oldEncryption(oid);
  const salt = octetsOf(parameters.children[0]);
  const rounds = smallInteger(parameters.children[1]);
  if (salt === undefined || rounds === undefined) return damaged;
  // Up to twice for the key, once for the initialisation vector.
  if (isTooMuch(password, rounds, maxRounds.pkcs12, 3)) return tooManyRounds(rounds);
  const key = await pkcs12Key(password.utf16, salt, 1, rounds, cipher.keyLength, 'SHA-1');
  const iv = await pkcs12Key(password.utf16, salt, 2, rounds, 8, 'SHA-1');
  return decryptWith(cipher, key, iv, data);
}

/**
 * The PrivateKeyInfo (PKCS #8) of an encrypted private key.
 *
 * @param encrypted EncryptedPrivateKeyInfo ::= SEQUENCE { algorithm, encryptedData OCTET STRING }
 */
export async function decryptKey(encrypted: Der, password: PasswordForm): Promise<Uint8Array | Refusal> {
  const [algorithm, data] = encrypted.children;
  const bytes = octetsOf(data);
  if (algorithm === undefined || bytes === undefined) return { reason: 'its private key is damaged' };
  const plain = await decrypt(algorithm, bytes, password);
  if ('reason' in plain) return plain;
  // A wrong password garbles the padding as well, but for one time in 256.
  const [version, kind, key] = readDer(plain)?.children ?? [];
  const isKey = version?.tag === tags.integer && kind?.tag === tags.sequence && key?.tag === tags.octetString;
  return isKey ? plain : wrongPassword;
}

async function decryptPbes2(parameters: Der, data: Uint8Array, password: PasswordForm): Promise<Uint8Array | Refusal> {
  const [derivation, scheme] = parameters.children;
  const derivationOid = oidOf(derivation?.children[0]);
  const schemeOid = oidOf(scheme?.children[0]);
  if (derivationOid === undefined || schemeOid === undefined) return damaged;
  if (derivationOid !== pbkdf2) return oldEncryption(derivationOid);
  const cipher = pbes2Ciphers.get(schemeOid);
  if (cipher === undefined) return oldEncryption(schemeOid);

  // PBKDF2-params ::= SEQUENCE { salt, iterationCount, keyLength OPTIONAL, prf DEFAULT hmacWithSHA1 }
  const [salt, iterationCount, ...rest] = derivation?.children[1]?.children ?? [];
  const prf = rest.map((part) => oidOf(part.children[0])).find((each) => each !== undefined);
  const hash = prf === undefined ? 'SHA-1' : hashes.get(prf);
  const iterations = smallInteger(iterationCount);
  const iv = octetsOf(scheme?.children[1]);
  if (salt === undefined || iterations === undefined || iterations === 0 || iv === undefined) return damaged;
  if (hash === undefined) return oldEncryption(prf ?? '');
  if (isTooMuch(password, iterations, maxRounds.pbkdf2, 1)) return tooManyRounds(iterations);

  const { subtle } = globalThis.crypto;
  const base = await subtle.importKey('raw', password.utf8, 'PBKDF2', false, ['deriveBits']);
  const bits = await subtle.deriveBits(
    { name: 'PBKDF2', salt: new Uint8Array(salt.content), iterations, hash },
    base,
    cipher.keyLength * 8,
  );
  return decryptWith(cipher, new Uint8Array(bits), iv, data);
}

/** @param key overwritten with zeros */
async function decryptWith(
  cipher: Cipher,
  key: Uint8Array<ArrayBuffer>,
  iv: Uint8Array,
  data: Uint8Array,
): Promise<Uint8Array | Refusal> {
  try {
    return await run(cipher, key, iv, data);
  } finally {
    key.fill(0);
  }
}

async function run(
  cipher: Cipher,
  key: Uint8Array<ArrayBuffer>,
  iv: Uint8Array,
  data: Uint8Array,
): Promise<Uint8Array | Refusal> {
  const blockSize = cipher.kind === 'aes' ? 16 : 8;
  if (iv.length !== blockSize || data.length === 0 || data.length % blockSize !== 0) return damaged;
  if (cipher.kind === 'triple-des') return decryptTripleDes(key, iv, data) ?? wrongPassword;
  if (cipher.kind === 'rc2') return decryptRc2(key, iv, data) ?? wrongPassword;
  const { subtle } = globalThis.crypto;
  const aes = await subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt']);
  try {
    const plain = await subtle.decrypt({ name: 'AES-CBC', iv: new Uint8Array(iv) }, aes, new Uint8Array(data));
    return new Uint8Array(plain);
  } catch {
    // The only failure left is the padding, which a wrong key garbles.
    return wrongPassword;
  }
}

function oldEncryption(oid: string): Refusal {
  return { reason: `its encryption (${unknownNames.get(oid) ?? oid}) is one that this computer cannot read` };
}

/** @param times how often the rounds are gone through */
function isTooMuch({ effort }: PasswordForm, rounds: number, most: number, times: number): boolean {
  effort.spent += (times * Math.max(rounds, leastRounds)) / most;
  return rounds > most || effort.spent > maxEffort;
}

function tooManyRounds(rounds: number): Refusal {
  return { reason: `its password protection asks for ${rounds} rounds, more than is sensible` };
}
