import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDer } from '../../server/src/certificates/der.ts';
import { readCertificate } from '../../server/src/certificates/read.ts';
import { octets, sequence, tagged } from '../../server/src/certificates/write-der.ts';
import { Secret } from '../../server/src/settings/secret.ts';
import { openWorkshop, type Workshop } from './openssl.ts';

let shop: Workshop;
beforeAll(() => {
  shop = openWorkshop();
  shop.chain();
  shop.write('chain.pem', `${shop.text('root.pem')}${shop.text('issuing.pem')}`);
});
afterAll(() => shop.close());

const password = 'pa:ss wörd';

function exportPfx(name: string, ...options: readonly string[]): Uint8Array<ArrayBuffer> {
  const input = options.includes('-nokeys') ? [] : ['-inkey', 'client.key'];
  const secret = options.includes('-passout') ? [] : ['-passout', `pass:${password}`];
  const parts = ['-in', 'client.pem', ...input, '-certfile', 'chain.pem', ...secret];
  shop.run('pkcs12', '-export', ...parts, '-out', `${name}.pfx`, ...options);
  return shop.read(`${name}.pfx`);
}

describe('PFX with the right password', () => {
  test.each([
    ['as openssl writes it today', []],
    ['AES-128, many rounds', ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC', '-iter', '20000']],
    ['AES-192', ['-certpbe', 'AES-192-CBC', '-keypbe', 'AES-192-CBC']],
    ['SHA-1 checksum', ['-macalg', 'sha1']],
    ['SHA-384 checksum', ['-macalg', 'sha384']],
    ['SHA-512 checksum', ['-macalg', 'sha512']],
    ['triple DES under PBES2', ['-certpbe', 'DES-EDE3-CBC', '-keypbe', 'DES-EDE3-CBC']],
    ['triple DES, as Windows writes it', ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['two-key triple DES', ['-certpbe', 'PBE-SHA1-2DES', '-macalg', 'sha1']],
    ['RC2-40, as Windows Server 2016 writes it', ['-legacy']],
    ['RC2-128', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128']],
    ['without encryption of the certificates', ['-certpbe', 'NONE']],
    ['without a checksum', ['-nomac', '-certpbe', 'AES-256-CBC']],
  ])('%s', async (name, options) => {
    const reading = await readCertificate(exportPfx(name.replaceAll(' ', '-'), ...options), new Secret(password));
    expect(reading).toMatchObject({ kind: 'read', format: 'PFX', hasPrivateKey: true });
    if (reading.kind !== 'read') return;
    const thumbprints = ['client', 'issuing', 'root'].map(
      (file) => new X509Certificate(shop.read(`${file}.pem`)).fingerprint,
    );
    expect(reading.certificates.map((each) => each.thumbprint)).toEqual(
      thumbprints.map((each) => each.replaceAll(':', '')),
    );
  });

  test('the leaf is the one the key belongs to', async () => {
    shop.selfSigned('other', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    const parts = ['-in', 'client.pem', '-inkey', 'client.key', '-certfile', 'other.pem'];
    shop.run('pkcs12', '-export', ...parts, '-passout', 'pass:x', '-out', 'two.pfx');
    const reading = await readCertificate(shop.read('two.pfx'), new Secret('x'));
    expect(reading.kind === 'read' && reading.certificates.map((each) => each.subject)).toEqual([
      'CN=smtp-client.contoso.com, O=Contoso',
      'CN=other',
    ]);
  });

  test('without a private key', async () => {
    const reading = await readCertificate(exportPfx('no-key', '-nokeys'), new Secret(password));
    expect(reading).toMatchObject({ kind: 'read', format: 'PFX', hasPrivateKey: false });
  });

  test.each([[[]], [['-nomac', '-certpbe', 'AES-256-CBC']], [['-legacy']]])('an empty password %j', async (options) => {
    const pfx = exportPfx('empty', '-passout', 'pass:', ...options);
    expect(await readCertificate(pfx, new Secret(''))).toMatchObject({ kind: 'read', hasPrivateKey: true });
    expect(await readCertificate(pfx, new Secret('x'))).toMatchObject({ kind: 'unreadable' });
  });
});

describe('PFX that cannot be opened', () => {
  test('needs a password', async () => {
    expect(await readCertificate(exportPfx('asks'))).toEqual({ kind: 'needs-password' });
  });

  test.each([
    ['AES', []],
    ['AES without a checksum', ['-nomac', '-certpbe', 'AES-256-CBC']],
    ['triple DES without a checksum', ['-nomac', '-certpbe', 'PBE-SHA1-3DES']],
    ['RC2 without a checksum', ['-nomac', '-legacy', '-certpbe', 'PBE-SHA1-RC2-40']],
  ])('wrong password: %s', async (_, options) => {
    const pfx = exportPfx('wrong', ...options);
    for (const wrong of ['', 'wrong', `${password} `]) {
      expect(await readCertificate(pfx, new Secret(wrong))).toEqual({
        kind: 'unreadable',
        reason: 'the password does not open it',
        cause: 'password',
      });
    }
  });

  test('old encryption', async () => {
    const pfx = exportPfx('rc4', '-legacy', '-certpbe', 'PBE-SHA1-RC4-128');
    expect(await readCertificate(pfx, new Secret(password))).toEqual({
      kind: 'unreadable',
      reason: 'its encryption (RC4-128) is one that this computer cannot read',
    });
  });

  test('more rounds than is sensible', async () => {
    const pfx = exportPfx('slow', '-iter', '300000');
    expect(await readCertificate(pfx, new Secret(password))).toEqual({
      kind: 'unreadable',
      reason: 'its password protection asks for 300000 rounds, more than is sensible',
    });
  });

  test.each([
    ['a thousand safes of 120,000 rounds each', ['-certpbe', 'PBE-SHA1-3DES', '-iter', '120000'], 1_000],
    ['ten thousand safes of one round each', ['-certpbe', 'PBE-SHA1-3DES', '-iter', '1'], 10_000],
  ])(
    'more rounds than is sensible in all: %s',
    async (_, options, count) => {
      const parts = ['-in', 'client.pem', '-nokeys', '-nomac', '-passout', 'pass:x'];
      shop.run('pkcs12', '-export', ...parts, ...options, '-out', 'safes.pfx');
      const reading = await readCertificate(withSafes(shop.read('safes.pfx'), count), new Secret('x'));
      expect(reading).toEqual({
        kind: 'unreadable',
        reason: expect.stringMatching(/^its password protection asks for \d+ rounds, more than is sensible$/),
      });
    },
    30_000,
  );

  test('a private key and no certificate', async () => {
    shop.run('pkcs12', '-export', '-nocerts', '-inkey', 'client.key', '-passout', 'pass:x', '-out', 'key-only.pfx');
    expect(await readCertificate(shop.read('key-only.pfx'), new Secret('x'))).toEqual({
      kind: 'unreadable',
      reason: 'it holds a private key and no certificate',
    });
  });

  test('cut off anywhere', async () => {
    const pfx = exportPfx('cut');
    for (const length of [6, 100, pfx.length - 1]) {
      const cut = await readCertificate(pfx.subarray(0, length), new Secret(password));
      expect(cut).toEqual({ kind: 'unreadable', reason: 'the file is cut off before its end' });
    }
  });
});

/** The one safe of a PFX without a checksum, so many times. */
function withSafes(pfx: Uint8Array, count: number): Uint8Array {
  const [version, content] = readDer(pfx)?.children ?? [];
  const [type, wrapped] = content?.children ?? [];
  const safe = readDer(wrapped?.children[0]?.content ?? new Uint8Array())?.children[0];
  if (version === undefined || type === undefined || safe === undefined) throw new Error('No PFX with one safe.');
  const safes = octets(sequence(...Array.from({ length: count }, () => safe.raw)));
  return sequence(version.raw, sequence(type.raw, tagged(0, safes)));
}

test('a PFX with some of its bytes changed never throws, and no reason holds the password', async () => {
  const whole = exportPfx('fuzz', '-iter', '1', '-nomac', '-certpbe', 'AES-256-CBC');
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const bytes = Uint8Array.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      expect(JSON.stringify(await readCertificate(bytes, new Secret(password)))).not.toContain(password);
    }),
    { numRuns: 200 },
  );
});
