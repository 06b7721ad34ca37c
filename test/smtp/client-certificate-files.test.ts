import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  bits,
  integer,
  octets,
  oid,
  sequence,
  set,
  time,
  toPem,
  utf8,
  value,
} from '../../server/src/certificates/write-der.ts';
import { Secret } from '../../server/src/settings/secret.ts';
import { openIdentity } from '../../server/src/smtp/node-identity.ts';
import { openWorkshop, type Workshop } from '../certificates/openssl.ts';
import { type Authority, makeAuthority } from '../servers/authority.ts';
import { type NodeTlsServer, tlsServer } from '../servers/tls-servers.ts';
import { clientIdentity, outcomeOf, shakeHands } from './handshake.ts';
import { expectNoSecret } from './secrets.ts';

const password = 'pa:ss wörd';
let shop: Workshop;
let root: Authority;
let server: NodeTlsServer;

beforeAll(async () => {
  shop = openWorkshop();
  shop.chain();
  shop.selfSigned('other', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']);
  root = await makeAuthority();
  // Takes any client certificate, and sees what comes with it.
  server = await tlsServer({ ...(await root.issue()), asks: true });
});
afterAll(async () => {
  shop.close();
  await server.close();
});

function shake(file: string | Uint8Array, secret?: string) {
  return shakeHands(server, { authorities: [root.certificate], identity: clientIdentity(file, secret) });
}

function pfx(options: readonly string[] = [], input = ['-in', 'client.pem', '-inkey', 'client.key']): Uint8Array {
  const secret = options.includes('-passout') ? [] : ['-passout', `pass:${password}`];
  shop.run('pkcs12', '-export', ...input, ...secret, '-out', 'test.pfx', ...options);
  return shop.read('test.pfx');
}

function encryptedKey(...options: readonly string[]): string {
  shop.run(...options, '-passout', `pass:${password}`, '-in', 'client.key', '-out', 'encrypted.key');
  return shop.text('client.pem') + shop.text('encrypted.key');
}

async function detailOf(file: string | Uint8Array, secret?: string): Promise<string> {
  const { answer } = await shake(file, secret);
  expectNoSecret(answer, password);
  return answer.kind === 'failed' && answer.cause === 'clientCertificateUnusable' ? answer.detail : answer.kind;
}

describe('a PFX is presented', () => {
  test.each([
    ['as openssl writes it today', []],
    ['triple DES, as Windows writes it', ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['RC2-40, as Windows Server 2016 writes it', ['-legacy']],
    ['without encryption', ['-certpbe', 'NONE', '-keypbe', 'NONE']],
    ['without a checksum', ['-nomac']],
  ])('%s', async (_, options) => {
    expect(outcomeOf(await shake(pfx(options), password))).toBe('presented');
    expect(server.clients.at(-1)).toBe('smtp-client.contoso.com');
  });

  test.each([[[]], [['-nomac']], [['-legacy']]])('with an empty password %j', async (options) => {
    const file = pfx(['-passout', 'pass:', ...options]);
    expect(outcomeOf(await shake(file, ''))).toBe('presented');
  });

  test('with other certificates beside, whatever their order', async () => {
    shop.write('beside.pem', ['other', 'root', 'issuing'].map((name) => shop.text(`${name}.pem`)).join(''));
    const file = pfx(['-certfile', 'beside.pem']);
    expect(outcomeOf(await shake(file, password))).toBe('presented');
    expect(server.clients.at(-1)).toBe('smtp-client.contoso.com');
  });

  test('and no CA in it is trusted for that', async () => {
    const stranger = await makeAuthority('CN=Somebody else');
    shop.write('stranger.pem', stranger.certificate);
    const other = await tlsServer({ ...(await stranger.issue()), asks: true });
    const identity = clientIdentity(pfx(['-certfile', 'stranger.pem']), password);
    expect(outcomeOf(await shakeHands(other, { identity }))).toBe('issuerNotSent');
    await other.close();
  });
});

describe('a PFX cannot be used', () => {
  test.each([
    ['today’s', []],
    ['old', ['-legacy']],
    ['without a checksum', ['-nomac']],
    ['with certificates in clear text and no checksum', ['-nomac', '-certpbe', 'NONE']],
  ])('wrong password: %s', async (_, options) => {
    const file = pfx(options);
    for (const wrong of ['', 'wrong', `${password} `]) {
      expect(await detailOf(file, wrong)).toBe('the password does not open it');
    }
  });

  test('no password', async () => {
    expect(await detailOf(pfx())).toBe('a password is needed to open it');
  });

  test('no private key', async () => {
    expect(await detailOf(pfx(['-nokeys'], ['-in', 'client.pem']), password)).toBe('it holds no private key');
  });

  test('no certificate', async () => {
    const file = pfx(['-nocerts'], ['-inkey', 'client.key']);
    expect(await detailOf(file, password)).toBe('it holds a private key and no certificate');
  });

  test('encryption nobody reads any more', async () => {
    const rc4 = ['-legacy', '-certpbe', 'PBE-SHA1-RC4-128', '-keypbe', 'PBE-SHA1-RC4-128'];
    const reason = 'its encryption (RC4-128) is one that this computer cannot read';
    expect(await detailOf(pfx(rc4), password)).toBe(reason);
    expect(await detailOf(pfx(['-legacy', '-keypbe', 'PBE-SHA1-RC4-128']), password)).toBe(reason);
  });

  test('cut off', async () => {
    const file = pfx();
    for (const length of [6, 100, file.length - 1]) {
      expect(await detailOf(file.subarray(0, length), password)).toBe('the file is cut off before its end');
    }
  });

  test('the key of another certificate', async () => {
    const cert = shop.text('client.pem');
    expect(await detailOf(cert + shop.text('other.key'))).toBe('its private key belongs to another certificate');
  });
});

describe('PEM', () => {
  test.each([
    ['the key first', () => shop.text('client.key') + shop.text('client.pem')],
    ['the chain first', () => ['root.pem', 'issuing.pem', 'client.pem', 'client.key'].map(shop.text).join('')],
    ['with Windows’ line ends', () => (shop.text('client.pem') + shop.text('client.key')).replaceAll('\n', '\r\n')],
  ])('%s', async (_, file) => {
    expect(outcomeOf(await shake(file()))).toBe('presented');
    expect(server.clients.at(-1)).toBe('smtp-client.contoso.com');
  });

  test('as Windows PowerShell writes it', async () => {
    const text = `\ufeff${shop.text('client.pem')}${shop.text('client.key')}`;
    expect(outcomeOf(await shake(new Uint8Array(Buffer.from(text, 'utf16le'))))).toBe('presented');
  });

  test.each([
    ['PKCS #8, AES', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc']],
    ['PKCS #8, triple DES', ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES']],
    ['as OpenSSL 1 wrote it, AES', ['rsa', '-traditional', '-aes128']],
    ['as OpenSSL 1 wrote it, triple DES', ['rsa', '-traditional', '-des3']],
  ])('an encrypted key: %s', async (_, options) => {
    const file = encryptedKey(...options);
    expect(outcomeOf(await shake(file, password))).toBe('presented');
    expect(await detailOf(file)).toBe('a password is needed to open it');
    for (const wrong of ['wrong', `${password} `]) {
      expect(await detailOf(file, wrong)).toBe('the password does not open it');
    }
  });

  test.each([
    ['PKCS #8, scrypt', ['pkcs8', '-topk8', '-scrypt'], 'scrypt'],
    ['PKCS #8, DES', ['pkcs8', '-topk8', '-v1', 'PBE-MD5-DES', '-provider', 'legacy', '-provider', 'default'], 'DES'],
  ])('an encryption that is not read: %s', async (_, options, name) => {
    const reason = `its encryption (${name}) is one that this computer cannot read`;
    expect(await detailOf(encryptedKey(...options), password)).toBe(reason);
  });

  test.each([
    ['no key', () => shop.text('client.pem'), 'it holds no private key'],
    ['no certificate', () => shop.text('client.key'), 'it holds a private key and no certificate'],
    ['nothing', () => new Uint8Array(0), 'the file is empty'],
    ['something else', () => 'smtp-client', 'it is neither a PFX nor PEM'],
    [
      'cut off',
      () => shop.text('client.pem') + shop.text('client.key').slice(0, 800),
      'the file is cut off: BEGIN PRIVATE KEY without its END',
    ],
    [
      'a damaged certificate',
      () => shop.text('client.pem').replace(/\n[^-]{60}/, '\n') + shop.text('client.key'),
      'what stands under BEGIN CERTIFICATE is damaged',
    ],
  ])('%s', async (_, file, reason) => {
    expect(await detailOf(file())).toBe(reason);
  });

  /** OpenSSL would take seconds for these rounds, in which nothing else runs; a file can ask for hours. */
  const endless = () => {
    const hash = sequence(oid('1.2.840.113549.2.9'), value(5, new Uint8Array()));
    const rounds = value(2, Uint8Array.of(1, 0x31, 0x2d, 0));
    const derivation = sequence(oid('1.2.840.113549.1.5.12'), sequence(octets(new Uint8Array(8)), rounds, hash));
    const cipher = sequence(oid('2.16.840.1.101.3.4.1.42'), octets(new Uint8Array(16)));
    const algorithm = sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, cipher));
    return toPem('ENCRYPTED PRIVATE KEY', sequence(algorithm, octets(new Uint8Array(64))));
  };
  const tooMany = 'its password protection asks for 20000000 rounds, more than is sensible';
  // A line that ends with a control character begins a block for OpenSSL, and is only a line for us.
  const onlyForOpenssl = (text: string) => text.replaceAll('KEY-----', 'KEY-----\x01');
  const asRsa = (text: string) => `-----BEGIN RSA PRIVATE KEY-----\n${text}-----END RSA PRIVATE KEY-----\n`;

  test.each([
    ['as it is', (text: string) => text, tooMany],
    ['below a header', (text: string) => text.replace('\n', '\nX-Any: thing\n\n'), tooMany],
    ['with a sign behind', (text: string) => text.replace('\n-----END', '-\n-----END'), 'its private key is damaged'],
    [
      'inside another key',
      (text: string) => asRsa(`Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n${onlyForOpenssl(text)}`),
      'its private key is damaged',
    ],
    [
      'behind what looks like another key',
      (text: string) => `-----BEGIN RSA PRIVATE KEY-----:\n${onlyForOpenssl(text)}${asRsa('AAAA\n')}`,
      expect.stringContaining('its private key is damaged'),
    ],
  ])('a key with more rounds than is sensible: %s', async (_, change, reason) => {
    const began = performance.now();
    expect(await detailOf(shop.text('client.pem') + change(endless()), 'x')).toEqual(reason);
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test('DER holds no key', async () => {
    shop.run('x509', '-in', 'client.pem', '-outform', 'DER', '-out', 'client.cer');
    expect(await detailOf(shop.read('client.cer'))).toBe('it holds no private key');
  });

  test('a key that is too short', async () => {
    shop.selfSigned('short', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:512']);
    const reason = 'its key is shorter than the TLS of this computer takes';
    expect(await detailOf(shop.text('short.pem') + shop.text('short.key'))).toBe(reason);
  });
});

describe('a key that would take minutes to sign is not used', () => {
  const number = (length: number) => integer(new Uint8Array(length).fill(0xff));

  test.each([
    ['a long modulus', 4_096, 2_048],
    ['long primes under a short modulus', 256, 4_096],
  ])('%s', async (_, size, primes) => {
    const modulus = number(size);
    const version = integer(Uint8Array.of(0));
    const exponent = integer(Uint8Array.of(1, 0, 1));
    const key = sequence(version, modulus, exponent, number(size), ...Array.from({ length: 5 }, () => number(primes)));
    const type = sequence(oid('1.2.840.113549.1.1.1'), value(5, new Uint8Array()));
    const signing = sequence(oid('1.2.840.113549.1.1.11'), value(5, new Uint8Array()));
    const name = sequence(set(sequence(oid('2.5.4.3'), utf8('long'))));
    const validity = sequence(time(new Date(0)), time(new Date(2e12)));
    const publicKey = sequence(type, bits(sequence(modulus, exponent)));
    const body = sequence(exponent, signing, name, validity, name, publicKey);
    const certificate = sequence(body, signing, bits(new Uint8Array(256)));
    const file = toPem('CERTIFICATE', certificate) + toPem('RSA PRIVATE KEY', key);
    expect(await detailOf(file)).toBe('its key is longer than is sensible');
  });

  test('4,096 bits are fine', async () => {
    shop.selfSigned('longer', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:4096']);
    expect(await detailOf(shop.text('longer.pem') + shop.text('longer.key'))).toBe('secured');
  });
});

test('D24: what was decrypted of a key, and what with, is overwritten', async () => {
  const made: Uint8Array[] = [];
  const real = await vi.importActual<typeof import('node:crypto')>('node:crypto');
  const createPrivateKey = (input: { readonly key: string | Buffer }) => {
    if (typeof input.key !== 'string') made.push(input.key);
    return real.createPrivateKey(input);
  };
  vi.doMock('node:crypto', () => ({ ...real, createPrivateKey }));
  vi.resetModules();
  const importKey = vi.spyOn(globalThis.crypto.subtle, 'importKey');
  try {
    const { openIdentity: open } = await import('../../server/src/smtp/node-identity.ts');
    for (const options of [[], ['-legacy'], ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES']]) {
      expect(await open(pfx(options), new Secret(password))).toMatchObject({ kind: 'opened' });
    }
    for (const [format, key] of importKey.mock.calls) if (format === 'raw') made.push(key as Uint8Array);
  } finally {
    importKey.mockRestore();
    vi.doUnmock('node:crypto');
    vi.resetModules();
  }
  expect(made.length).toBeGreaterThan(8);
  for (const bytes of made) expect(bytes.every((byte) => byte === 0)).toBe(true);
});

test('a file with some of its bytes changed is presented, or refused without the password', async () => {
  const whole = pfx(['-iter', '1', '-nomac']);
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const bytes = Uint8Array.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      expectNoSecret(await openIdentity(bytes, new Secret(password)), password);
    }),
    { numRuns: 100 },
  );
});
