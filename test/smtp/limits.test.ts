import { beforeAll, describe, expect, test } from 'vitest';
import type { Kerberos } from '../../server/src/smtp/mechanisms/mechanism.ts';
import type { Network } from '../../server/src/smtp/network.ts';
import { openWorkshop } from '../certificates/openssl.ts';
import { type Authority, type Identity, makeAuthority } from '../servers/authority.ts';
import { misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { attempt, loopback, password } from './attempt.ts';
import { clientIdentity } from './handshake.ts';
import { expectSafe } from './secrets.ts';

let authority: Authority;
let identity: Identity;

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
});

const silence = { after: 'silence' } as const;
const moments: readonly (readonly [string, Script])[] = [
  ['greeting', { greeting: silence }],
  ['EHLO', { EHLO: silence }],
  ['STARTTLS', { STARTTLS: silence }],
  ['the TLS handshake', { STARTTLS: { send: '220 go\r\n', after: 'silence' } }],
  ['EHLO after TLS', { ehloAfterTls: silence }],
  ['AUTH', { AUTH: silence }],
  ['the password', { challenged: [silence] }],
  ['MAIL', { MAIL: silence }],
  ['RCPT', { RCPT: silence }],
  ['DATA', { DATA: silence }],
];

describe('a cancel closes the connection at once, whatever the session waits for', () => {
  test.each(moments)('%s', async (_, script) => {
    const cancel = new AbortController();
    let cancelled = 0;
    const server = await misbehavingServer({ tls: identity, ...script }, () => {
      cancelled = performance.now();
      cancel.abort();
    });
    const outcome = await attempt(server, { authority, login: true, signal: cancel.signal });
    await server.allClosed();
    expect(performance.now() - cancelled).toBeLessThan(200);
    expect(outcome.outcome).toBe('cancelled');
    expect(outcome.details?.id).toBe('cancelled');
    expectSafe(outcome, server, password, true);
    await server.close();
  });

  test.each(['begin', 'step'] as const)('Kerberos of this computer, which does not answer: %s', async (moment) => {
    const cancel = new AbortController();
    let cancelled = 0;
    const hang = () => {
      cancelled = performance.now();
      cancel.abort();
      return new Promise<never>(() => {});
    };
    const unknown = async () => undefined;
    const context = { kind: 'context', principal: undefined, step: hang, unwrap: unknown, wrap: unknown } as const;
    const kerberos: Kerberos = { begin: moment === 'begin' ? hang : async () => context };
    const server = await misbehavingServer({ tls: identity, ehloAfterTls: '250-x\r\n250 AUTH GSSAPI\r\n' });
    const outcome = await attempt(server, { authority, login: true, kerberos, signal: cancel.signal });
    await server.allClosed();
    expect(performance.now() - cancelled).toBeLessThan(200);
    expect(outcome.outcome).toBe('cancelled');
    expect(server.received.secured).not.toContain('AUTH');
    await server.close();
  });

  test('a client certificate whose password takes seconds to try', async () => {
    const shop = openWorkshop();
    shop.chain();
    const pbe = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-iter', '60000'];
    const parts = ['-in', 'client.pem', '-inkey', 'client.key', '-passout', 'pass:key-file'];
    shop.run('pkcs12', '-export', ...parts, ...pbe, '-out', 'slow.pfx');
    const slow = clientIdentity(shop.read('slow.pfx'), 'key-file');
    shop.close();
    const cancel = new AbortController();
    let cancelled = 0;
    const server = await misbehavingServer({ STARTTLS: { send: '220 go\r\n', after: 'silence' } }, () => {
      cancelled = performance.now();
      cancel.abort();
    });
    const outcome = await attempt(server, { authority, identity: slow, signal: cancel.signal });
    await server.allClosed();
    expect(performance.now() - cancelled).toBeLessThan(200);
    expect(outcome.outcome).toBe('cancelled');
    // No byte of TLS: the handshake had not begun.
    expect(server.received.clear).toMatch(/^EHLO [^\r]*\r\nSTARTTLS\r\n$/);
    await server.close();
  });

  test('after the message, when only the server knows', async () => {
    const cancel = new AbortController();
    const server = await misbehavingServer({ tls: identity, message: silence }, () => cancel.abort());
    const outcome = await attempt(server, { authority, login: true, signal: cancel.signal });
    expect(outcome.outcome).toBe('unknown');
    expect(outcome.summary).toBe('cancelled after the message; may be delivered');
    await server.close();
  });

  test('at QUIT, when the mail was taken', async () => {
    const cancel = new AbortController();
    const server = await misbehavingServer({ tls: identity, QUIT: silence }, () => cancel.abort());
    const outcome = await attempt(server, { authority, login: true, signal: cancel.signal });
    await server.allClosed();
    expect(outcome.outcome).toBe('accepted');
    await server.close();
  });

  test.each(['resolve', 'connect'] as const)('%s', async (step) => {
    const cancel = new AbortController();
    const wait = () => {
      cancel.abort();
      return new Promise<never>(() => {});
    };
    const network: Network = { ...loopback, [step]: wait };
    const outcome = await attempt({ port: 25 }, { network, signal: cancel.signal });
    expect(outcome.outcome).toBe('cancelled');
    expect(outcome.session?.stopped?.step).toBe(step);
  });

  test('before it began: nothing is resolved', async () => {
    let asked = false;
    const resolve = (host: string) => {
      asked = true;
      return loopback.resolve(host);
    };
    const outcome = await attempt({ port: 25 }, { network: { ...loopback, resolve }, signal: AbortSignal.abort() });
    expect(outcome.outcome).toBe('cancelled');
    expect(asked).toBe(false);
  });
});

describe('no server can keep a session longer than its limits', () => {
  test('a reply that drips ends at the limit for replies', async () => {
    const server = await misbehavingServer({ MAIL: { send: `250 ${'x'.repeat(900)}`, drip: 5 } });
    const outcome = await attempt(server, { tls: false, limits: { reply: 200 } });
    expect(outcome.details?.id).toBe('reply-timeout');
    expect(outcome.milliseconds).toBeLessThan(1_500);
    await server.close();
  });

  test('a session of slow replies ends at the limit for sessions', async () => {
    const slow = (text: string) => ({ send: text, drip: 10 });
    const server = await misbehavingServer({
      greeting: slow('220 mail.test ESMTP\r\n'),
      EHLO: slow('250 mail.test\r\n'),
      MAIL: slow('250 2.1.0 ok\r\n'),
      RCPT: slow('250 2.1.5 ok\r\n'),
    });
    const outcome = await attempt(server, { tls: false, limits: { session: 300 } });
    expect(outcome.details?.id).toBe('session-timeout');
    expect(outcome.milliseconds).toBeLessThan(1_500);
    await server.close();
  });

  test('a name server that never answers', async () => {
    const network: Network = { ...loopback, resolve: () => new Promise(() => {}) };
    const outcome = await attempt({ port: 25 }, { network, limits: { connect: 50 } });
    expect(outcome.details?.id).toBe('resolve-timeout');
    expect(outcome.summary).toBe('timed out at resolve');
  });

  test('a firewall that drops packets', async () => {
    const aborted: string[] = [];
    const network: Network = {
      ...loopback,
      resolve: async () => ({ kind: 'addresses', addresses: ['10.0.0.1', '10.0.0.2'] }),
      connect: ({ address, signal }) => {
        signal.addEventListener('abort', () => aborted.push(address));
        return new Promise(() => {});
      },
    };
    const outcome = await attempt({ port: 25 }, { network, limits: { connect: 60 } });
    expect(outcome.details?.id).toBe('connect-timeout');
    expect(outcome.summary).toBe('timed out at connect');
    expect(aborted).toEqual(['10.0.0.1', '10.0.0.2']);
  });
});

describe('what comes before the first byte is explained', () => {
  const failing = (cause: 'nameNotFound' | 'nameServerFailed'): Network => ({
    ...loopback,
    resolve: async () => ({ kind: 'network', cause, detail: 'ENOTFOUND' }),
  });

  test('a name that does not exist', async () => {
    const outcome = await attempt({ port: 25 }, { host: 'smtp.contoso.com', network: failing('nameNotFound') });
    expect(outcome.details?.id).toBe('name-not-found');
    expect(outcome.details?.setting).toBe('smtpServer');
  });

  test('a name server that fails', async () => {
    expect((await attempt({ port: 25 }, { network: failing('nameServerFailed') })).details?.id).toBe(
      'name-server-failed',
    );
  });

  test('a port on which nothing listens', async () => {
    const server = await misbehavingServer();
    await server.close();
    const outcome = await attempt(server);
    expect(outcome.details?.id).toBe('connection-refused');
    expect(outcome.summary).toBe('connection refused at connect');
  });

  test('a name that leads to a metadata address is not connected to', async () => {
    const network: Network = {
      ...loopback,
      resolve: async () => ({ kind: 'addresses', addresses: ['10.0.0.1', '169.254.169.254'] }),
      connect: () => Promise.reject(new Error('must not be connected to')),
    };
    expect((await attempt({ port: 25 }, { network })).details?.id).toBe('forbidden-address');
  });

  test.each([
    '2852039166',
    '0xa9fea9fe',
    '169.254.43518',
    '0251.0376.0251.0376',
    'metadata.test',
    '',
    '169.254.169.254%1',
  ])('“%s” is no address to be connected to, whoever names it', async (address) => {
    const network: Network = {
      ...loopback,
      resolve: async () => ({ kind: 'addresses', addresses: [address] }),
      connect: () => Promise.reject(new Error('must not be connected to')),
    };
    expect((await attempt({ port: 25 }, { network })).details?.id).toBe('forbidden-address');
  });

  test('a password that is a part of the address hides it in the report, and changes nothing else', async () => {
    const authority = await makeAuthority();
    const server = await misbehavingServer({ tls: await authority.issue() });
    const outcome = await attempt(server, { authority, login: true, password: '127.0' });
    expect(outcome.outcome).toBe('accepted');
    expect(outcome.session).toMatchObject({ addresses: ['***.0.1'], address: '***.0.1' });
    expect(outcome.report).toContain('Connected to ***.0.1');
    await server.close();
  });

  test('nor does one that is a part of an address that must not be reached', async () => {
    const network: Network = {
      ...loopback,
      resolve: async () => ({ kind: 'addresses', addresses: ['169.254.169.254'] }),
      connect: () => Promise.reject(new Error('must not be connected to')),
    };
    const outcome = await attempt({ port: 25 }, { network, login: true, password: '169.254' });
    expect(outcome.details?.id).toBe('forbidden-address');
    expect(JSON.stringify(outcome)).not.toContain('169.254');
  });

  test('the second address is tried where the first refuses', async () => {
    const server = await misbehavingServer();
    const network: Network = {
      ...loopback,
      resolve: async () => ({ kind: 'addresses', addresses: ['::1', '127.0.0.1'] }),
    };
    const outcome = await attempt(server, { network, tls: false });
    expect(outcome.outcome).toBe('accepted');
    await server.close();
  });

  test('a port for TLS from the first byte is named as such', async () => {
    const server = await misbehavingServer({ greeting: silence });
    const network: Network = { ...loopback, connect: (target) => loopback.connect({ ...target, port: server.port }) };
    const outcome = await attempt({ port: 465 }, { network, limits: { reply: 100 } });
    expect(outcome.details?.id).toBe('implicit-tls-port');
    expect(outcome.details?.setting).toBe('smtpPort');
    await server.close();
  });
});
