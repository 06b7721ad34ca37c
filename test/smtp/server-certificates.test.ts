import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CertificateFacts, TlsAnswer } from '../../server/src/smtp/network.ts';
import { serverEndPointOf } from '../../server/src/smtp/node-certificates.ts';
import { openWorkshop, type Workshop } from '../certificates/openssl.ts';
import { root as repository } from '../house/sources.ts';
import { type Authority, ExtendedKeyUsage, type Identity, makeAuthority } from '../servers/authority.ts';
import { tlsServer } from '../servers/tls-servers.ts';
import { temporaryFolders } from '../temporary.ts';
import { outcomeOf, type Shaken, shakeHands } from './handshake.ts';

const temporaryFolder = temporaryFolders();
let root: Authority;
let shop: Workshop;

beforeAll(async () => {
  root = await makeAuthority();
  shop = openWorkshop();
  shop.write('root.pem', root.certificate);
  shop.write('root.key', root.key);
});
afterAll(() => shop.close());

type Options = Parameters<typeof tlsServer>[0];

async function meet(options: Options, wish: Parameters<typeof shakeHands>[1] = {}): Promise<Shaken> {
  const server = await tlsServer(options);
  const shaken = await shakeHands(server, { authorities: [root.certificate], ...wish });
  await server.close();
  return shaken;
}

function factsIn(answer: TlsAnswer): CertificateFacts {
  if (answer.kind === 'failed' || answer.certificate === undefined) throw new Error(`No facts: ${answer.kind}`);
  return answer.certificate;
}

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('which certificates are trusted, in %s', (version) => {
  const only = { minVersion: version, maxVersion: version };

  test.each([
    ['as it should be', {}, 'notAsked'],
    ['without any purpose', { extendedKeyUsage: [] }, 'notAsked'],
    ['with RSA', { algorithm: 'RSA' }, 'notAsked'],
    // As SharePoint's own check has it: a certificate without names is for its common name.
    ['CN only', { subject: 'CN=localhost', names: [] }, 'notAsked'],
    ['CN only, of another host', { subject: 'CN=mail.test', names: [] }, 'otherName'],
    ['a CN that fits, and names that do not', { subject: 'CN=localhost', names: ['mail.test'] }, 'otherName'],
    ['expired', { validFrom: -5, validTo: -2 }, 'expired'],
    ['not yet valid', { validFrom: 2, validTo: 5 }, 'notYetValid'],
    ['wrong name', { names: ['smtp.contoso.com', '*.localhost'] }, 'otherName'],
    ['self-signed', { selfSigned: true }, 'selfSigned'],
    ['for clients only', { extendedKeyUsage: [ExtendedKeyUsage.clientAuth] }, 'wrongPurpose'],
  ] as const)('%s', async (_, wish, outcome) => {
    expect(outcomeOf(await meet({ ...only, ...(await root.issue(wish)) }))).toBe(outcome);
  });

  test('of a CA that is not known, and of the same once it is given', async () => {
    const own = { ...only, ...(await root.issue()) };
    expect(outcomeOf(await meet(own, { authorities: [] }))).toBe('issuerNotSent');
    expect(outcomeOf(await meet({ ...own, cert: own.cert + root.certificate }, { authorities: [] }))).toBe(
      'unknownIssuer',
    );
    const stranger = await makeAuthority('CN=Somebody else');
    expect(outcomeOf(await meet(own, { authorities: [stranger.certificate] }))).toBe('issuerNotSent');
    expect(outcomeOf(await meet(own, { authorities: [stranger.certificate, root.certificate] }))).toBe('notAsked');
  });

  test('of an issuing CA that is not sent, that is sent, and that is given', async () => {
    const issuing = await root.intermediate('CN=Test Issuing');
    const { cert, key } = await issuing.issue();
    expect(outcomeOf(await meet({ ...only, cert, key }))).toBe('issuerNotSent');
    const sent = await meet({ ...only, cert: cert + issuing.certificate, key });
    expect(outcomeOf(sent)).toBe('notAsked');
    expect(factsIn(sent.answer).chain.map(({ subject }) => subject)).toEqual(['CN=Test Issuing', 'CN=Test Root']);
    const given = [root.certificate, issuing.certificate];
    expect(outcomeOf(await meet({ ...only, cert, key }, { authorities: given }))).toBe('notAsked');
    // An issuing CA alone is no root.
    expect(outcomeOf(await meet({ ...only, cert, key }, { authorities: [issuing.certificate] }))).toBe('unknownIssuer');
  });

  test('issued by a certificate that is no CA', async () => {
    const leaf = await root.issue({ subject: 'CN=no CA' });
    shop.write('leaf.pem', leaf.cert);
    shop.write('leaf.key', leaf.key);
    shop.issued('below', 'leaf', ['-algorithm', 'RSA'], ['subjectAltName=DNS:localhost']);
    const cert = shop.text('below.pem') + leaf.cert;
    expect(outcomeOf(await meet({ ...only, cert, key: shop.text('below.key') }))).toBe('wrongPurpose');
  });

  test('a key of 768 bits', async () => {
    shop.issued(
      'weak',
      'root',
      ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:768'],
      ['subjectAltName=DNS:localhost'],
    );
    const own = { cert: shop.text('weak.pem'), key: shop.text('weak.key'), ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(outcomeOf(await meet({ ...only, ...own }))).toBe('weak');
  });
});

test.each(['TLSv1', 'TLSv1.1'] as const)('%s is not spoken', async (version) => {
  const old = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
  expect(outcomeOf(await meet({ ...old, ...(await root.issue()) }))).toBe('version');
});

describe('what is told of a certificate', () => {
  test.each([
    ['RSA 2048', { algorithm: 'RSA' }],
    ['ECDSA P-256', {}],
    ['ECDSA P-384', { algorithm: 'P-384' }],
  ] as const)('%s', async (key, wish) => {
    const own = await root.issue({
      ...wish,
      subject: 'O=Contoso, CN=smtp.contoso.com',
      names: ['localhost', '10.0.0.1'],
    });
    const { answer } = await meet(own);
    const certificate = new X509Certificate(own.cert);
    expect(factsIn(answer)).toEqual({
      subject: 'CN=smtp.contoso.com, O=Contoso',
      names: ['localhost', '10.0.0.1'],
      issuer: 'CN=Test Root',
      validFrom: new Date(certificate.validFrom),
      validTo: new Date(certificate.validTo),
      selfSigned: false,
      key,
      chain: [{ subject: 'CN=Test Root', validTo: new Date(new X509Certificate(root.certificate).validTo) }],
      fingerprint: certificate.fingerprint256,
    });
  });

  test('one without names is for its common name', async () => {
    const { answer } = await meet(await root.issue({ subject: 'CN=smtp.contoso.com', names: [] }));
    expect(answer).toMatchObject({ problem: 'otherName', certificate: { names: ['smtp.contoso.com'] } });
  });

  test('a self-signed one has nothing above it', async () => {
    const { answer } = await meet(await root.issue({ selfSigned: true }));
    expect(factsIn(answer)).toMatchObject({ selfSigned: true, chain: [] });
  });

  test('as much as is useful, however much the server sends', async () => {
    const long = 'x'.repeat(60);
    const names = Array.from({ length: 200 }, (_, i) => [long, long, long, long, long, long, `${i}.test`].join('.'));
    const { answer } = await meet(await root.issue({ names, subject: `CN=${'y'.repeat(2_000)}` }));
    const facts = factsIn(answer);
    expect(facts.names.length).toBe(100);
    for (const text of [facts.subject, ...facts.names]) expect(text.length).toBe(300);
  });

  test('a name with a comma in it is one name', async () => {
    const { answer } = await meet(await root.issue({ names: ['a.test, DNS:localhost', 'b.test'] }));
    expect(answer).toMatchObject({ problem: 'otherName', certificate: { names: [expect.any(String), 'b.test'] } });
  });

  test('two authorities that certify each other do not go on for ever', async () => {
    const other = await makeAuthority('CN=Other Root');
    shop.write('other.pem', other.certificate);
    shop.write('other.key', other.key);
    const crossed = (name: string, by: string) => {
      shop.write('crossed.ext', 'basicConstraints=critical,CA:true');
      const signed = ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial', '-extfile', 'crossed.ext'];
      shop.run('x509', '-x509toreq', '-in', `${name}.pem`, '-signkey', `${name}.key`, '-out', 'crossed.csr');
      shop.run('x509', '-req', '-in', 'crossed.csr', ...signed, '-out', 'crossed.pem');
      return shop.text('crossed.pem');
    };
    const chain = crossed('root', 'other') + crossed('other', 'root');
    const { cert, key } = await root.issue();
    const { answer } = await meet({ cert: cert + chain, key }, { authorities: [] });
    expect(factsIn(answer).chain.length).toBeLessThanOrEqual(2);
  });
});

describe('tls-server-end-point', () => {
  const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
  const pss = ['-sigopt', 'rsa_padding_mode:pss'];
  test.each([
    ['MD5', 'sha256', rsa, ['-md5']],
    ['SHA-1', 'sha256', rsa, ['-sha1']],
    ['SHA-224', 'sha224', rsa, ['-sha224']],
    ['SHA-256', 'sha256', rsa, ['-sha256']],
    ['SHA-384', 'sha384', rsa, ['-sha384']],
    ['SHA-512', 'sha512', rsa, ['-sha512']],
    ['RSA-PSS, SHA-1', 'sha256', rsa, ['-sha1', ...pss]],
    ['RSA-PSS, SHA-256', 'sha256', rsa, ['-sha256', ...pss]],
    ['RSA-PSS, SHA-512', 'sha512', rsa, ['-sha512', ...pss]],
    ['ECDSA, SHA-1', 'sha256', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], ['-sha1']],
    ['ECDSA, SHA-384', 'sha384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'], ['-sha384']],
    ['Ed25519', undefined, ['-algorithm', 'ED25519'], []],
  ])('%s', (_, hash, newKey, options) => {
    const pem = shop.selfSigned('binding', newKey, ...options);
    const der = new X509Certificate(pem).raw;
    const expected = hash === undefined ? undefined : new Uint8Array(createHash(hash).update(der).digest());
    expect(serverEndPointOf(der)).toEqual(expected);
  });

  test('of what is no certificate there is none', () => {
    expect(serverEndPointOf(undefined)).toBeUndefined();
    expect(serverEndPointOf(Uint8Array.of(0x30, 0))).toBeUndefined();
  });

  test('comes with the answer', async () => {
    const own = await root.issue();
    const { answer } = await meet(own);
    const expected = new Uint8Array(createHash('sha256').update(new X509Certificate(own.cert).raw).digest());
    expect(answer).toMatchObject({ kind: 'secured', serverEndPoint: expected });
  });
});

test('NODE_TLS_REJECT_UNAUTHORIZED=0 from the start of the program changes nothing', async () => {
  const folder = temporaryFolder();
  const program = path.join(folder, 'shake-hands.mjs');
  await esbuild.build({
    stdin: {
      contents: `
        import { outcomeOf, shakeHands } from './test/smtp/handshake.ts';
        const server = { port: Number(process.argv[2]) };
        console.log(outcomeOf(await shakeHands(server, {})));`,
      resolveDir: repository,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    logLevel: 'error',
  });
  const shakeThere = async (own: Identity) => {
    const server = await tlsServer(own);
    const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const { stdout } = await promisify(execFile)(process.execPath, [program, String(server.port)], { env });
    await server.close();
    return stdout.trim();
  };
  expect(await shakeThere(await root.issue({ selfSigned: true }))).toBe('selfSigned');
  expect(await shakeThere(await root.issue())).toBe('issuerNotSent');
});
