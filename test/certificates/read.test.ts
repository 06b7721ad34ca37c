import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CertificateFacts, readCertificate } from '../../server/src/certificates/read.ts';
import { Secret } from '../../server/src/settings/secret.ts';
import { openWorkshop, type Workshop } from './openssl.ts';

let shop: Workshop;
beforeAll(() => {
  shop = openWorkshop();
  shop.chain();
});
afterAll(() => shop.close());

async function factsOf(bytes: Uint8Array): Promise<CertificateFacts> {
  const reading = await readCertificate(bytes);
  const facts = reading.kind === 'read' ? reading.certificates[0] : undefined;
  if (facts === undefined) throw new Error(`not read: ${JSON.stringify(reading)}`);
  return facts;
}

const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
const p256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];

describe('keys are named after their own identifier', () => {
  test.each([
    ['rsa', rsa, { algorithm: 'RSA', sizeBits: 2048, curve: undefined }],
    [
      'rsa1024',
      ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
      { algorithm: 'RSA', sizeBits: 1024, curve: undefined },
    ],
    [
      'pss',
      ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
      { algorithm: 'RSA-PSS', sizeBits: 2048, curve: undefined },
    ],
    ['p256', p256, { algorithm: 'ECDSA', sizeBits: 256, curve: 'P-256' }],
    [
      'p384',
      ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
      { algorithm: 'ECDSA', sizeBits: 384, curve: 'P-384' },
    ],
    [
      'p521',
      ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
      { algorithm: 'ECDSA', sizeBits: 521, curve: 'P-521' },
    ],
    ['ed25519', ['-algorithm', 'Ed25519'], { algorithm: 'Ed25519', sizeBits: 256, curve: undefined }],
    ['ed448', ['-algorithm', 'Ed448'], { algorithm: 'Ed448', sizeBits: 456, curve: undefined }],
  ])('%s', async (name, newKey, key) => {
    expect((await factsOf(shop.selfSigned(name, newKey))).key).toEqual(key);
  });

  test('DSA', async () => {
    shop.run('dsaparam', '-out', 'dsa.params', '2048');
    const facts = await factsOf(shop.selfSigned('dsa', ['-paramfile', 'dsa.params']));
    expect(facts.key).toEqual({ algorithm: 'DSA', sizeBits: 2048, curve: undefined });
    expect(facts.signatureAlgorithm).toBe('dsa-with-SHA256');
  });

  test('a key nobody knows keeps its dotted identifier', async () => {
    const der = new X509Certificate(shop.selfSigned('strange', ['-algorithm', 'Ed25519'])).raw;
    // 1.3.101.112 -> 1.3.101.127, in the key and in both signatures
    const strange = Uint8Array.from(der, (byte, i) =>
      byte === 0x70 && der[i - 1] === 0x65 && der[i - 2] === 0x2b ? 0x7f : byte,
    );
    const facts = await factsOf(strange);
    expect(facts.key).toEqual({ algorithm: '1.3.101.127', sizeBits: undefined, curve: undefined });
    expect(facts.signatureAlgorithm).toBe('1.3.101.127');
  });
});

describe('facts', () => {
  test('of a client certificate agree with what Node reads', async () => {
    const node = new X509Certificate(shop.read('client.pem'));
    const facts = await factsOf(shop.read('client.pem'));
    expect(facts).toMatchObject({
      subject: 'CN=smtp-client.contoso.com, O=Contoso',
      issuer: 'CN=Contoso Issuing CA, O=Contoso, C=US',
      names: ['relay.contoso.com', 'smtp-client.contoso.com'],
      signatureAlgorithm: 'sha256WithRSAEncryption',
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: [{ oid: '1.3.6.1.5.5.7.3.2', name: 'clientAuth' }],
      isSelfSigned: false,
    });
    expect(facts.thumbprint).toBe(node.fingerprint.replaceAll(':', ''));
    expect(facts.thumbprint).toMatch(/^[0-9A-F]{40}$/);
    expect(facts.serial.replace(/^00/, '')).toBe(node.serialNumber);
    expect(facts.notBefore).toEqual(new Date(node.validFrom));
    expect(facts.notAfter).toEqual(new Date(node.validTo));
  });

  test.each([
    ['neither', [], undefined, undefined],
    ['ku', ['keyUsage=critical,digitalSignature,keyEncipherment'], ['digitalSignature', 'keyEncipherment'], undefined],
    ['ku9', ['keyUsage=keyAgreement,decipherOnly'], ['keyAgreement', 'decipherOnly'], undefined],
    ['eku', ['extendedKeyUsage=serverAuth,clientAuth'], undefined, ['serverAuth', 'clientAuth']],
    ['any', ['extendedKeyUsage=anyExtendedKeyUsage'], undefined, ['anyExtendedKeyUsage']],
    ['own', ['extendedKeyUsage=1.2.3.4.5'], undefined, ['1.2.3.4.5']],
    ['both', ['keyUsage=keyCertSign', 'extendedKeyUsage=codeSigning'], ['keyCertSign'], ['codeSigning']],
  ])('key usage: %s', async (name, extensions, keyUsage, extended) => {
    const facts = await factsOf(
      shop.selfSigned(`usage-${name}`, p256, ...extensions.flatMap((each) => ['-addext', each])),
    );
    expect(facts.keyUsage).toEqual(keyUsage);
    expect(facts.extendedKeyUsage?.map((use) => use.name ?? use.oid)).toEqual(extended);
  });

  test('names: the common name comes after the others, and not twice', async () => {
    const facts = await factsOf(
      shop.selfSigned(
        'names',
        p256,
        '-subj',
        '/CN=Portal',
        '-addext',
        'subjectAltName=DNS:a.contoso.com,IP:10.0.0.1,email:a@contoso.com',
      ),
    );
    expect(facts.names).toEqual(['a.contoso.com', 'Portal']);
    expect(facts.isSelfSigned).toBe(true);
  });

  test('a subject with commas, quotes, non-ASCII letters and unknown parts', async () => {
    const facts = await factsOf(
      shop.selfSigned(
        'odd',
        p256,
        '-utf8',
        '-subj',
        '/C=DE/ST=Bayern/O=Contoso, "Süd"/businessCategory=x/emailAddress=a@contoso.com',
      ),
    );
    expect(facts.subject).toBe('E=a@contoso.com, OID.2.5.4.15=x, O="Contoso, ""Süd""", S=Bayern, C=DE');
    expect(facts.names).toEqual([]);
  });

  test('a date after 2049', async () => {
    const facts = await factsOf(shop.selfSigned('late', p256, '-days', '36500'));
    expect(facts.notAfter).toEqual(new Date(new X509Certificate(shop.read('late.pem')).validTo));
    expect(facts.notAfter.getUTCFullYear()).toBeGreaterThan(2100);
  });
});

describe('forms of file', () => {
  test('DER', async () => {
    shop.run('x509', '-in', 'client.pem', '-outform', 'DER', '-out', 'client.cer');
    const reading = await readCertificate(shop.read('client.cer'));
    expect(reading).toMatchObject({ kind: 'read', format: 'DER', hasPrivateKey: false });
  });

  test('PEM: leaf first whatever the order, with and without a key', async () => {
    const parts = ['root.pem', 'client.pem', 'issuing.pem'].map((file) => shop.text(file));
    const bare = await readCertificate(new TextEncoder().encode(parts.join('')));
    const keyed = await readCertificate(new TextEncoder().encode(`${shop.text('client.key')}${parts.join('\r\n')}`));
    expect(bare).toMatchObject({ kind: 'read', format: 'PEM', hasPrivateKey: false });
    expect(keyed).toMatchObject({ kind: 'read', format: 'PEM', hasPrivateKey: true });
    expect(commonNames(bare)).toEqual(['smtp-client.contoso.com', 'Contoso Issuing CA', 'Contoso Root']);
    expect(commonNames(keyed)).toEqual(commonNames(bare));
  });

  test('PEM in UTF-16, as Windows PowerShell writes it, and with a UTF-8 mark', async () => {
    const text = shop.text('client.pem');
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(await readCertificate(utf16)).toMatchObject({ kind: 'read', format: 'PEM' });
    expect(await readCertificate(utf16.map((_, i) => utf16[i ^ 1] ?? 0))).toMatchObject({
      kind: 'read',
      format: 'PEM',
    });
    expect(await readCertificate(new TextEncoder().encode(`\ufeff${text}`))).toMatchObject({ kind: 'read' });
  });

  test('PEM with trust settings, with notes around it, and base64 alone', async () => {
    shop.run('x509', '-in', 'client.pem', '-addtrust', 'clientAuth', '-trustout', '-out', 'trusted.pem');
    shop.run('x509', '-in', 'client.pem', '-text', '-out', 'noted.pem');
    const alone = shop.text('client.pem').replace(/-----.*-----\n/g, '');
    const expected = [await factsOf(shop.read('client.pem'))];
    for (const bytes of [shop.read('trusted.pem'), shop.read('noted.pem'), new TextEncoder().encode(alone)]) {
      expect(await readCertificate(bytes)).toEqual({
        kind: 'read',
        format: 'PEM',
        hasPrivateKey: false,
        certificates: expected,
      });
    }
  });

  test.each(['PEM', 'DER'])('P7B in %s', async (form) => {
    const certificates = ['root', 'issuing', 'client'].flatMap((name) => ['-certfile', `${name}.pem`]);
    shop.run('crl2pkcs7', '-nocrl', ...certificates, '-outform', form, '-out', `chain.${form}.p7b`);
    const reading = await readCertificate(shop.read(`chain.${form}.p7b`));
    expect(reading).toMatchObject({ kind: 'read', format: 'P7B', hasPrivateKey: false });
    expect(commonNames(reading)).toEqual(['smtp-client.contoso.com', 'Contoso Issuing CA', 'Contoso Root']);
  });
});

test('P7B whose lengths are left open (BER)', async () => {
  shop.write('chain.pem', `${shop.text('root.pem')}${shop.text('issuing.pem')}`);
  const signer = ['-signer', 'client.pem', '-inkey', 'client.key', '-certfile', 'chain.pem'];
  shop.run(
    'cms',
    '-sign',
    '-stream',
    '-nodetach',
    '-in',
    'client.csr',
    ...signer,
    '-outform',
    'DER',
    '-out',
    'open.p7b',
  );
  expect(shop.read('open.p7b')[1]).toBe(0x80);
  const reading = await readCertificate(shop.read('open.p7b'));
  expect(reading).toMatchObject({ kind: 'read', format: 'P7B' });
  expect(commonNames(reading)).toEqual(['smtp-client.contoso.com', 'Contoso Issuing CA', 'Contoso Root']);
  expect(await readCertificate(shop.read('open.p7b').subarray(0, 900))).toMatchObject({
    reason: 'the file is cut off before its end',
  });
});

function commonNames(reading: Awaited<ReturnType<typeof readCertificate>>): (string | undefined)[] {
  return reading.kind === 'read' ? reading.certificates.map((each) => /CN=([^,]*)/.exec(each.subject)?.[1]) : [];
}

describe('what cannot be read is said in plain words', () => {
  const none = 'it is not a certificate in PEM, DER, PFX or P7B form';

  test.each([
    ['nothing', new Uint8Array(0), 'the file is empty'],
    ['text', new TextEncoder().encode('hello'), none],
    ['a web page', new TextEncoder().encode('<!doctype html><p>Sign in'), none],
    ['zeros', new Uint8Array(4096), none],
    ['a Java key store', Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2), none],
    ['another ASN.1 value', Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05), none],
  ])('%s', async (_, bytes, reason) => {
    expect(await readCertificate(bytes)).toEqual({ kind: 'unreadable', reason });
  });

  test('a certificate cut off, in DER and in PEM', async () => {
    shop.run('x509', '-in', 'client.pem', '-outform', 'DER', '-out', 'whole.cer');
    expect(await readCertificate(shop.read('whole.cer').subarray(0, 300))).toEqual({
      kind: 'unreadable',
      reason: 'the file is cut off before its end',
    });
    expect(await readCertificate(shop.read('client.pem').subarray(0, 300))).toEqual({
      kind: 'unreadable',
      reason: 'the file is cut off: BEGIN CERTIFICATE without its END',
    });
  });

  test('damaged base64, and base64 of something else', async () => {
    const broken = shop.text('client.pem').replace('\nMII', '\nM!I');
    const other = '-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----\n';
    expect(await readCertificate(new TextEncoder().encode(broken))).toMatchObject({
      reason: 'what stands under BEGIN CERTIFICATE is damaged',
    });
    expect(await readCertificate(new TextEncoder().encode(other))).toMatchObject({
      reason: 'what stands under BEGIN CERTIFICATE is no certificate',
    });
  });

  const large = 1024 * 1024;
  test.each([
    ['spaces', ' '.repeat(large)],
    ['equals signs', '='.repeat(large)],
    ['beginnings', '-----BEGIN A-----\n'.repeat(large / 18)],
    ['a beginning and spaces', `-----BEGIN CERTIFICATE-----${' '.repeat(large)}x`],
    [
      'a header and spaces',
      `-----BEGIN CERTIFICATE-----\na:${' '.repeat(large)}x${' '.repeat(large)}y\n\n-----END CERTIFICATE-----`,
    ],
    ['the shortest values there are', `0\x83\x0f\xff\xfa${'0\0'.repeat(large / 2 - 3)}`],
    ['values in values', '0\x80'.repeat(large / 2)],
  ])('a megabyte of %s is told apart in a moment', async (_, text) => {
    const began = performance.now();
    expect(await readCertificate(new Uint8Array(Buffer.from(text, 'latin1')))).toMatchObject({ kind: 'unreadable' });
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  test('a private key alone, a certificate request', async () => {
    const key = { kind: 'unreadable', reason: 'it holds a private key and no certificate' };
    const request = { kind: 'unreadable', reason: 'it is a certificate request, not a certificate' };
    shop.run('pkey', '-in', 'client.key', '-outform', 'DER', '-out', 'key.der');
    shop.run('rsa', '-in', 'client.key', '-traditional', '-outform', 'DER', '-out', 'rsa.der');
    shop.run('pkcs8', '-topk8', '-in', 'client.key', '-passout', 'pass:x', '-outform', 'DER', '-out', 'locked.der');
    shop.run('req', '-in', 'client.csr', '-outform', 'DER', '-out', 'request.der');
    for (const file of ['client.key', 'key.der', 'rsa.der', 'locked.der']) {
      expect(await readCertificate(shop.read(file)), file).toEqual(key);
    }
    for (const file of ['client.csr', 'request.der']) {
      expect(await readCertificate(shop.read(file)), file).toEqual(request);
    }
  });
});

describe('never throws', () => {
  test('on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await readCertificate(bytes, new Secret('password'));
        await readCertificate(Uint8Array.of(0x30, 0x80, ...bytes), new Secret('password'));
      }),
    );
  });

  test('on a certificate with some of its bytes changed or cut', async () => {
    shop.run('x509', '-in', 'client.pem', '-outform', 'DER', '-out', 'fuzz.cer');
    const whole = shop.read('fuzz.cer');
    const place = fc.nat(whole.length - 1);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 5 }), place, async (changes, cut) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        await readCertificate(bytes);
        await readCertificate(bytes.subarray(0, cut));
      }),
    );
  });

  test('on ASN.1 nested without end', async () => {
    const deep = new Uint8Array(100_000).fill(0x30).map((byte, i) => (i % 2 === 0 ? byte : 0x80));
    expect((await readCertificate(deep)).kind).toBe('unreadable');
  });
});
