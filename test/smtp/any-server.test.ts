import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Incoming, Network, TlsAnswer } from '../../server/src/smtp/network.ts';
import { nodeNetwork } from '../../server/src/smtp/node-network.ts';
import { challenge, oids, reply } from '../servers/gssapi-acceptor.ts';
import { challengeOf } from '../servers/ntlm-acceptor.ts';
import { attempt, password } from './attempt.ts';
import { expectNoSecret } from './secrets.ts';

const secured: TlsAnswer = {
  kind: 'secured',
  version: 'TLSv1.3',
  cipher: 'X',
  certificate: undefined,
  clientCertificate: 'notAsked',
  serverEndPoint: new Uint8Array(32),
};

/** A network in memory: the server's bytes come in these pieces, one a read, whatever is said to it. */
function networkOf(pieces: readonly (string | Uint8Array)[], tls: TlsAnswer, log: { clear: string }): Network {
  const left = [...pieces];
  let isSecured = false;
  return {
    ...nodeNetwork,
    resolve: async () => ({ kind: 'addresses', addresses: ['127.0.0.1'] }),
    connect: async ({ address, port }) => ({
      kind: 'connected',
      connection: {
        address,
        port,
        hasUnread: () => false,
        read: async (): Promise<Incoming> => {
          const piece = left.shift();
          return piece === undefined ? { kind: 'closed' } : { kind: 'bytes', bytes: Buffer.from(piece) };
        },
        write(bytes) {
          if (!isSecured) log.clear += Buffer.from(bytes).toString('latin1');
        },
        startTls: async () => {
          isSecured = tls.kind === 'secured';
          return tls;
        },
        destroy() {},
      },
    }),
  };
}

const replies = [
  '220 ready\r\n',
  '250-x\r\n250-STARTTLS\r\n250 AUTH LOGIN NTLM\r\n',
  '220 go\r\n',
  '250-x\r\n250 AUTH LOGIN\r\n',
  '334 UGFzc3dvcmQ6\r\n',
  `535 5.7.8 ${password}\r\n`,
  '235 2.7.0 ok\r\n',
  '250 ok\r\n',
  '354 go\r\n',
  '421 bye\r\n',
  '550 5.7.1 no\r\n',
  '250-x\r\n250 AUTH GSSAPI NTLM LOGIN\r\n',
  '250-x\r\n250 AUTH NTLM LOGIN\r\n',
  challenge(challengeOf({})),
  challenge(reply({ state: 1, mechanism: oids.ntlm, token: challengeOf({}) })),
  challenge(reply({ state: 0, mic: new Uint8Array(16) })),
  challenge(reply({ state: 2 })),
] as const;

const piece = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...replies) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
);
const offers = fc.constantFrom(...replies.filter((each) => /^250-x\r\n250 AUTH/.test(each)));
const tlsAnswer = fc.constantFrom<TlsAnswer>(
  secured,
  secured,
  { kind: 'untrusted', problem: 'expired', detail: 'CERT_HAS_EXPIRED', certificate: undefined },
  { kind: 'failed', cause: 'other', detail: 'EPROTO' },
);

describe('whatever a server says, in whatever order', () => {
  test('a session ends in a result with a report, without the secret, and nothing secret in clear text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 14 }),
        offers,
        fc.boolean(),
        tlsAnswer,
        async (random, offer, isUsual, tls) => {
          const log = { clear: '' };
          const begin = [...replies.slice(0, 3), offer];
          const pieces = isUsual ? [...begin, ...random] : random;
          const outcome = await attempt({ port: 587 }, { network: networkOf(pieces, tls, log), login: true });
          expect(outcome.report).toContain('Farm Email test: ');
          expect(outcome.summary.length).toBeLessThanOrEqual(60);
          expect(outcome.details === undefined).toBe(outcome.outcome === 'accepted');
          expect(log.clear).toMatch(/^(?:EHLO SP-APP01\r\n|HELO SP-APP01\r\n|STARTTLS\r\n|QUIT\r\n)*$/);
          expectNoSecret(outcome, password);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('the same conversation gives the same result', async () => {
    const run = () =>
      attempt({ port: 587 }, { network: networkOf(replies.slice(0, 6), secured, { clear: '' }), login: true });
    const [first, second] = [await run(), await run()];
    expect(first.session?.stopped).toEqual(second.session?.stopped);
    expect(first.details).toEqual(second.details);
  });
});
