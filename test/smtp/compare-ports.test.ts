import { afterEach, expect, test } from 'vitest';
import { probeServer } from '../../server/src/smtp/attempt.ts';
import type { Network } from '../../server/src/smtp/network.ts';
import { type Misbehaving, misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { loopback, planOf } from './attempt.ts';
import { setting, settings } from './settings.ts';

const running: Misbehaving[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function server(script: Script = {}): Promise<Misbehaving> {
  const started = await misbehavingServer(script);
  running.push(started);
  return started;
}

/** A network in which ports 25 and 587 of the mail server are those of servers of the test. */
function standIn(at25: Misbehaving, at587: Misbehaving): Network {
  const ports = new Map([
    [25, at25.port],
    [587, at587.port],
  ]);
  return {
    ...loopback,
    connect: (target) => loopback.connect({ ...target, port: ports.get(target.port) ?? target.port }),
  };
}

function probe(port: number, network: Network, session?: number) {
  const plan = planOf({
    purpose: 'probe',
    settings: settings({ smtpServer: setting('localhost'), smtpPort: setting(port), useTls: setting(false) }),
  });
  const { signal } = new AbortController();
  const limits = session === undefined ? {} : { session };
  return probeServer({ plan, to: 'me@contoso.com', network, signal, limits, comparePorts: true });
}

test('ports 25 and 587 are looked at without a login and an envelope; the one that was probed is not asked again', async () => {
  const relay = await server({ EHLO: '250-mail.test\r\n250 AUTH NTLM\r\n' });
  const submission = await server({ EHLO: '250-mail.test\r\n250 AUTH GSSAPI LOGIN\r\n' });
  const { ports } = await probe(25, standIn(relay, submission));
  expect(ports.map(({ port, offered }) => [port, offered.beforeTls])).toEqual([
    [25, ['NTLM']],
    [587, ['GSSAPI', 'LOGIN']],
  ]);
  expect(relay.received.clear.match(/^EHLO/gm)).toHaveLength(1);
  expect(relay.received.clear).toContain('RCPT TO');
  expect(submission.received.clear).toMatch(/^EHLO [^\r]+\r\nQUIT\r\n$/);
});

test('the longest time is that of the whole probe, not of each port', async () => {
  const silent = await server({ greeting: { after: 'silence' } });
  const { outcome, ports } = await probe((await server()).port, standIn(silent, silent), 500);
  expect(outcome).toBe('accepted');
  expect(ports.map(({ stopped }) => stopped?.failure)).toEqual([
    { kind: 'timeout', limit: 'session', milliseconds: expect.any(Number) },
    { kind: 'timeout', limit: 'session', milliseconds: 1 },
  ]);
});

test('D16: a name server that answers otherwise the second time leads to no other address', async () => {
  const relay = await server();
  const asked: string[] = [];
  const connected: string[] = [];
  const network: Network = {
    ...loopback,
    async resolve(host) {
      asked.push(host);
      return { kind: 'addresses', addresses: [asked.length === 1 ? '127.0.0.1' : '127.0.0.9'] };
    },
    connect(target) {
      connected.push(target.address);
      return loopback.connect({ ...target, port: relay.port });
    },
  };
  const { ports } = await probe(25, network);
  expect(ports.map(({ stopped }) => stopped)).toEqual([undefined, undefined]);
  expect(asked).toEqual(['localhost']);
  expect(connected).toEqual(['127.0.0.1', '127.0.0.1']);
});
