import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkshop, type Workshop } from '../certificates/openssl.ts';
import { type Authority, ExtendedKeyUsage, type Identity, KeyUsageFlags, makeAuthority } from '../servers/authority.ts';
import { type NodeTlsServer, opensslServer, type TlsServer, tlsServer } from '../servers/tls-servers.ts';
import { clientIdentity, outcomeOf, shakeHands } from './handshake.ts';

const versions = ['TLSv1.2', 'TLSv1.3'] as const;
const newKeys = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'ecdsa-256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ecdsa-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'ecdsa-521': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  ed25519: ['-algorithm', 'ED25519'],
  'rsa-pss': ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
} as const;
const keys = [...Object.keys(newKeys), 'dsa'];

let shop: Workshop;
let root: Authority;

beforeAll(async () => {
  shop = openWorkshop();
  root = await makeAuthority();
  shop.write('root.pem', root.certificate);
  shop.write('root.key', root.key);
  const { cert, key } = await root.issue();
  shop.write('server.pem', cert);
  shop.write('server.key', key);
  for (const [name, newKey] of Object.entries(newKeys)) shop.issued(name, 'root', newKey);
  shop.run('genpkey', '-genparam', '-algorithm', 'DSA', '-pkeyopt', 'dsa_paramgen_bits:2048', '-out', 'dsa.params');
  shop.issued('dsa', 'root', ['-paramfile', 'dsa.params']);
});
afterAll(() => shop.close());

const identity = (name: string) => clientIdentity(shop.text(`${name}.pem`) + shop.text(`${name}.key`));
const authorities = () => [root.certificate];

function nodeServer(version: (typeof versions)[number], more: Parameters<typeof tlsServer>[0] = {}) {
  const own = { cert: shop.text('server.pem'), key: shop.text('server.key'), ca: root.certificate };
  return tlsServer({ ...own, minVersion: version, maxVersion: version, ...more });
}

describe.each(versions)('whether the server asked, and what it was given, in %s', (version) => {
  let asking: NodeTlsServer;
  let silent: NodeTlsServer;
  beforeAll(async () => {
    [asking, silent] = await Promise.all([nodeServer(version, { asks: true }), nodeServer(version)]);
  });
  afterAll(() => Promise.all([asking.close(), silent.close()]));

  test('a server that does not ask', async () => {
    expect(outcomeOf(await shakeHands(silent, { authorities: authorities() }))).toBe('notAsked');
    const wish = { authorities: authorities(), identity: identity('rsa') };
    expect(outcomeOf(await shakeHands(silent, wish))).toBe('notAsked');
    expect(silent.clients).toEqual([undefined, undefined]);
  });

  test('a server that asks in vain', async () => {
    expect(outcomeOf(await shakeHands(asking, { authorities: authorities() }))).toBe('askedAndNone');
    expect(asking.clients.at(-1)).toBeUndefined();
  });

  test.each(keys)('a server that asks a client with a key of %s', async (name) => {
    const wish = { authorities: authorities(), identity: identity(name) };
    const outcome = outcomeOf(await shakeHands(asking, wish));
    // TLS 1.3 knows no DSA: OpenSSL holds such a certificate back.
    const isSent = name !== 'dsa' || version === 'TLSv1.2';
    expect({ outcome, client: asking.clients.at(-1) }).toEqual(
      isSent ? { outcome: 'presented', client: name } : { outcome: 'askedAndNone', client: undefined },
    );
  });

  const algorithms = [
    'RSA+SHA256:rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha256:rsa_pss_pss_sha256',
    'rsa_pss_rsae_sha256:DSA+SHA256',
    'ECDSA+SHA256:RSA+SHA256:rsa_pss_rsae_sha256',
    'ecdsa_secp384r1_sha384:ECDSA+SHA256',
    'ed25519:ECDSA+SHA256',
  ];
  test.each(algorithms)('what is said to be sent is sent, to a server that takes %s alone', async (sigalgs) => {
    // With a certificate that these can sign for.
    const own = await root.issue({ algorithm: sigalgs.includes('ECDSA') ? 'P-256' : 'RSA' });
    const server = await nodeServer(version, { asks: true, sigalgs, ...own });
    for (const name of keys) {
      const wish = { authorities: authorities(), identity: identity(name) };
      const outcome = outcomeOf(await shakeHands(server, wish));
      expect([name, outcome]).toEqual([name, server.clients.at(-1) === name ? 'presented' : 'askedAndNone']);
    }
    await server.close();
  });

  test('what authorities the server names does not matter: the certificate is sent', async () => {
    const stranger = await makeAuthority('CN=Somebody else');
    const server = await nodeServer(version, { asks: true, ca: stranger.certificate });
    const wish = { authorities: authorities(), identity: identity('rsa') };
    expect(outcomeOf(await shakeHands(server, wish))).toBe('presented');
    expect(server.clients).toEqual(['rsa']);
    await server.close();
  });
});

/** What a server that requires a certificate it trusts, for clients, comes to. */
describe.each(versions)('a server that requires a client certificate, in %s', (version) => {
  const flag = version === 'TLSv1.2' ? '-tls1_2' : '-tls1_3';
  let server: TlsServer;
  beforeAll(async () => {
    const own = ['-cert', 'server.pem', '-key', 'server.key', '-CAfile', 'root.pem'];
    server = await opensslServer(shop.folder, flag, ...own, '-Verify', '3', '-verify_return_error');
  });
  afterAll(() => server.close());
  const present = async ({ cert, key }: Identity) =>
    outcomeOf(await shakeHands(server, { authorities: authorities(), identity: clientIdentity(cert + key) }));

  test('none given', async () => {
    expect(outcomeOf(await shakeHands(server, { authorities: authorities() }))).toBe('clientCertificateRequired');
  });

  test.each(keys)('a key of %s', async (name) => {
    const outcome = await present({ cert: shop.text(`${name}.pem`), key: shop.text(`${name}.key`) });
    // In TLS 1.3 there are no signatures of DSA, and the certificate is held back.
    expect(outcome).toBe(name === 'dsa' && version === 'TLSv1.3' ? 'clientCertificateRequired' : 'presented');
  });

  const { digitalSignature, keyEncipherment, keyAgreement, nonRepudiation } = KeyUsageFlags;
  const { clientAuth, serverAuth } = ExtendedKeyUsage;
  const usages = [
    ['no key usage', undefined, true],
    ['digitalSignature', digitalSignature, true],
    ['digitalSignature and keyEncipherment', digitalSignature | keyEncipherment, true],
    ['keyAgreement', keyAgreement, true],
    ['keyEncipherment', keyEncipherment, false],
    ['nonRepudiation', nonRepudiation, false],
  ] as const;
  const purposes = [
    ['no extended key usage', [], true],
    ['clientAuth', [clientAuth], true],
    ['clientAuth and serverAuth', [clientAuth, serverAuth], true],
    ['serverAuth', [serverAuth], false],
    ['anyExtendedKeyUsage', ['2.5.29.37.0'], false],
  ] as const;
  const combinations = usages.flatMap(([usage, keyUsage, mayUse]) =>
    purposes.flatMap(([purpose, extendedKeyUsage, isForClients]) =>
      (['RSA', 'P-256'] as const).map((algorithm) => ({
        name: `${algorithm}, ${usage}, ${purpose}`,
        wish: { algorithm, keyUsage, extendedKeyUsage, names: [] },
        isTaken: mayUse && isForClients,
      })),
    ),
  );
  test.each(combinations)('$name', async ({ wish, isTaken }) => {
    expect(await present(await root.issue(wish))).toBe(isTaken ? 'presented' : 'clientCertificateRefused');
  });

  test.each([
    ['expired', { validFrom: -5, validTo: -2, extendedKeyUsage: [] }],
    ['not yet valid', { validFrom: 2, validTo: 5, extendedKeyUsage: [] }],
    ['self-signed', { selfSigned: true, extendedKeyUsage: [] }],
  ])('%s', async (_, wish) => {
    expect(await present(await root.issue(wish))).toBe('clientCertificateRefused');
  });

  test('from a CA the server does not know', async () => {
    const stranger = await makeAuthority('CN=Somebody else');
    expect(await present(await stranger.issue({ extendedKeyUsage: [] }))).toBe('clientCertificateRefused');
  });

  test('from an issuing CA, whose certificate is sent along', async () => {
    const issuing = await root.intermediate('CN=Test Issuing');
    const { cert, key } = await issuing.issue({ extendedKeyUsage: [clientAuth] });
    expect(await present({ cert, key })).toBe('clientCertificateRefused');
    expect(await present({ cert: root.certificate + issuing.certificate + cert, key })).toBe('presented');
  });
});
