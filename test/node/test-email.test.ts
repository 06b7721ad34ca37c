import { afterEach, expect, test, vi } from 'vitest';
import { type Order, probe, send } from '../../server/src/node/test-email.ts';
import { Secret } from '../../server/src/settings/secret.ts';
import { planOf } from '../smtp/attempt.ts';
import { clientIdentity } from '../smtp/handshake.ts';
import { certificate, login, setting, settings } from '../smtp/settings.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.doUnmock('../../server/src/smtp/attempt.ts');
});

function order(): Order {
  const identity = clientIdentity('a key');
  const plan = planOf({
    settings: settings({
      smtpServer: setting('127.0.0.1'),
      smtpPort: setting(1),
      authentication: setting(login('svc-mail')),
      clientCertificate: setting<string | null>(identity.name),
    }),
    certificates: [certificate(identity.name)],
  });
  const destination = { kind: 'asConfigured' } as const;
  const { signal } = new AbortController();
  return {
    plan,
    destination,
    to: 'me@contoso.com',
    password: new Secret('secret'),
    identity,
    signal,
    onStep: () => {},
  };
}

const bytesOf = ({ identity }: Order): string => Buffer.from(identity?.file.bytes ?? []).toString('latin1');

test.each([
  ['fails', () => {}, (wish: Order) => send(wish), 'failed'],
  ['is refused', () => {}, (wish: Order) => send({ ...wish, to: 'nobody' }), 'refused'],
  ['is cancelled', () => {}, (wish: Order) => send({ ...wish, signal: AbortSignal.abort() }), 'cancelled'],
  [
    'is a mistake of ours',
    () => {},
    (wish: Order) => send({ ...wish, plan: { ...wish.plan, purpose: 'probe' } }),
    'thrown',
  ],
  [
    'cannot be begun',
    () => vi.doMock('../../server/src/smtp/attempt.ts', () => Promise.reject(new Error('no disk'))),
    (wish: Order) => probe(wish),
    'thrown',
  ],
])('D24: the key is overwritten where the test %s', async (_, prepare, run, expected) => {
  prepare();
  const wish = order();
  expect(bytesOf(wish)).toBe('a key');
  const outcome = await run(wish).then(
    (result) => result.outcome,
    () => 'thrown',
  );
  expect(outcome).toBe(expected);
  expect(bytesOf(wish)).toBe('\0\0\0\0\0');
});

test('a folder that is gone does not end a test', async () => {
  vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw Object.assign(new Error('no such file or directory, uv_cwd'), { code: 'ENOENT' });
  });
  expect(await send(order())).toMatchObject({ outcome: 'failed', summary: 'connection refused at connect' });
});
