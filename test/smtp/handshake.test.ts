import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ClientIdentity, Connection } from '../../server/src/smtp/network.ts';
import { type ClientCertificateState, tlsCauseOf } from '../../server/src/smtp/node-errors.ts';
import { nodeNetwork } from '../../server/src/smtp/node-network.ts';
import { ExtendedKeyUsage, makeAuthority } from '../servers/authority.ts';
import { tlsServer } from '../servers/tls-servers.ts';
import { clientIdentity, outcomeOf, shakeHands } from './handshake.ts';

afterEach(() => {
  vi.doUnmock('node:tls');
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function makeIdentity(): Promise<ClientIdentity> {
  const { cert, key } = await (await makeAuthority()).issue({ extendedKeyUsage: [ExtendedKeyUsage.clientAuth] });
  return clientIdentity(cert + key);
}

describe('what an alert says of the client certificate', () => {
  const states = {
    notAsked: { use: 'notAsked', hasIdentity: true },
    none: { use: 'askedAndNone', hasIdentity: false },
    heldBack: { use: 'askedAndNone', hasIdentity: true },
    presented: { use: 'presented', hasIdentity: true },
    unknownWith: { use: 'unknown', hasIdentity: true },
    unknownWithout: { use: 'unknown', hasIdentity: false },
  } as const satisfies Readonly<Record<string, ClientCertificateState>>;
  const causesOf = (code: string) =>
    Object.values(states).map((state) => tlsCauseOf(Object.assign(new Error('of TLS'), { code }), state)?.cause);
  const required = 'clientCertificateRequired';
  const refused = 'clientCertificateRefused';

  // As OpenSSL 3.0 and 3.5 name them; BoringSSL has the names of the former.
  test.each(
    ['SSLV3_ALERT', 'SSL/TLS_ALERT', 'TLSV1_ALERT'].flatMap((prefix) =>
      [
        'BAD_CERTIFICATE',
        'UNSUPPORTED_CERTIFICATE',
        'CERTIFICATE_REVOKED',
        'CERTIFICATE_EXPIRED',
        'CERTIFICATE_UNKNOWN',
        'UNKNOWN_CA',
        'ACCESS_DENIED',
        'DECRYPT_ERROR',
      ].map((alert) => `ERR_SSL_${prefix}_${alert}`),
    ),
  )('%s', (code) => {
    expect(causesOf(code)).toEqual(['other', required, required, refused, refused, required]);
  });

  test.each(['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'])('%s', (code) => {
    const cipher = 'noCommonCipher';
    expect(causesOf(code)).toEqual([cipher, required, required, refused, cipher, cipher]);
  });

  test('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', () => {
    expect(causesOf('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')).toEqual(Array(6).fill(required));
  });

  test('one that was held back is told apart from none', () => {
    const error = Object.assign(new Error('of TLS'), { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' });
    expect(tlsCauseOf(error, states.none)?.detail).toBe(error.code);
    expect(tlsCauseOf(error, states.heldBack)?.detail).toContain('the certificate at hand was not sent');
  });

  test('no error of TLS has no cause', () => {
    expect(causesOf('ECONNRESET')).toEqual(Array(6).fill(undefined));
  });
});

describe('a server that does not keep to the order', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))));
  });

  async function meet(signal = new AbortController().signal): Promise<{ connection: Connection; peer: Socket }> {
    const server = createServer((socket) => socket.on('error', () => {}));
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
    const [connected, [peer]] = await Promise.all([
      nodeNetwork.connect({ address: '127.0.0.1', port: address.port, signal }),
      once(server, 'connection'),
    ]);
    if (connected.kind !== 'connected') throw new Error(connected.detail);
    return { connection: connected.connection, peer };
  }

  const wish = { host: 'localhost', authorities: [] };

  test('bytes that came while the client certificate was opened end it', async () => {
    const { connection, peer } = await meet();
    peer.write('250 trust me\r\n');
    while (!connection.hasUnread()) await new Promise(setImmediate);
    const answer = await connection.startTls({ ...wish, identity: await makeIdentity() });
    expect(answer).toEqual({ kind: 'failed', cause: 'notTls', detail: 'bytes before the handshake' });
    await once(peer, 'close');
  });

  test('so does the end of the connection', async () => {
    const { connection, peer } = await meet();
    peer.end();
    expect(await connection.read()).toEqual({ kind: 'closed' });
    const answer = await connection.startTls({ ...wish, identity: undefined });
    expect(answer).toMatchObject({ kind: 'failed', cause: 'closed' });
  });

  test('a certificate that cannot be used ends it without a byte of TLS', async () => {
    const { connection, peer } = await meet();
    const received: Buffer[] = [];
    peer.on('data', (bytes) => received.push(bytes));
    const answer = await connection.startTls({ ...wish, identity: clientIdentity('nothing') });
    expect(answer).toMatchObject({ cause: 'clientCertificateUnusable' });
    await once(peer, 'close');
    expect(received).toEqual([]);
  });

  test.each([false, true])(
    'cancelled in the middle of the handshake, the socket is gone; with a client certificate: %s',
    async (hasIdentity) => {
      const cancelling = new AbortController();
      const { connection, peer } = await meet(cancelling.signal);
      const identity = hasIdentity ? await makeIdentity() : undefined;
      const answering = connection.startTls({ ...wish, identity });
      await once(peer, 'data');
      const began = performance.now();
      cancelling.abort();
      await once(peer, 'close');
      expect(performance.now() - began).toBeLessThan(200);
      expect(await answering).toMatchObject({ kind: 'failed', cause: 'closed' });
    },
  );

  test('cancelled while the client certificate is opened, no handshake begins', async () => {
    const cancelling = new AbortController();
    const { connection, peer } = await meet(cancelling.signal);
    const received: Buffer[] = [];
    peer.on('data', (bytes) => received.push(bytes));
    const answering = connection.startTls({ ...wish, identity: await makeIdentity() });
    cancelling.abort();
    expect(await answering).toMatchObject({ kind: 'failed', cause: 'closed' });
    await once(peer, 'close');
    expect(received).toEqual([]);
  });
});

test('a TLS library that does not tell what was asked is not asked', async () => {
  const versions = { ...process.versions, electron: '37.0.0', openssl: '0.0.0' };
  vi.stubGlobal('process', Object.create(process, { versions: { value: versions } }));
  vi.resetModules();
  const { shakeHands: shakeElsewhere } = await import('./handshake.ts');
  const root = await makeAuthority();
  const server = await tlsServer({ ...(await root.issue()), asks: true });
  const identity = await makeIdentity();
  const shaken = await shakeElsewhere(server, { authorities: [root.certificate], identity });
  expect(outcomeOf(shaken)).toBe('unknown');
  expect(server.clients.length).toBe(1);
  await server.close();
});

describe('authorities', () => {
  test('of the operating system count where Node tells them, besides those that come with Node', async () => {
    const root = await makeAuthority();
    const server = await tlsServer(await root.issue());
    expect(outcomeOf(await shakeHands(server, {}))).toBe('issuerNotSent');

    const asked: string[] = [];
    const getCACertificates = (store: string) => {
      asked.push(store);
      return store === 'system' ? [root.certificate] : [...tls.rootCertificates];
    };
    vi.doMock('node:tls', () => ({ ...tls, getCACertificates }));
    vi.resetModules();
    const { shakeHands: shakeElsewhere } = await import('./handshake.ts');
    expect(outcomeOf(await shakeElsewhere(server, {}))).toBe('notAsked');
    expect(asked).toEqual(['default', 'system']);
    await server.close();
  });

  test('of the user that cannot be read are no reason to trust nothing', async () => {
    const root = await makeAuthority();
    const server = await tlsServer(await root.issue());
    const authorities = ['no certificate', root.certificate];
    expect(outcomeOf(await shakeHands(server, { authorities }))).toBe('notAsked');
    await server.close();
  });
});
