import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Kerberos, KerberosFailure } from '../../server/src/smtp/mechanisms/mechanism.ts';
import { sharePointOrder } from '../../server/src/smtp/mechanisms/order.ts';
import type { Network } from '../../server/src/smtp/network.ts';
import type { TestOutcome } from '../../server/src/smtp/outcome.ts';
import { type Authority, type Identity, makeAuthority } from '../servers/authority.ts';
import { challenge, gssapiScript, ntlmScript, oids, reply } from '../servers/gssapi-acceptor.ts';
import { misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { pair, targetInfoOf, usualPairs } from '../servers/ntlm-acceptor.ts';
import { attempt, loopback, password } from './attempt.ts';
import { account, hostileLogins, offering } from './misbehaviour-ntlm.ts';
import { expectNoSecret, expectSafe } from './secrets.ts';

let authority: Authority;
let identity: Identity;

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
});

interface Tried {
  readonly outcome: TestOutcome;
  /** What the client said inside TLS, line by line. */
  readonly said: readonly string[];
}

async function tryOut(script: Script, wish: Parameters<typeof attempt>[1] = {}): Promise<Tried> {
  const server = await misbehavingServer({ tls: identity, ...script });
  const outcome = await attempt(server, { authority, login: true, ...wish });
  await server.allClosed();
  await server.close();
  expectSafe(outcome, server, password, true);
  const said = server.received.secured.split('\r\n');
  const mail = said.findIndex((line) => /^(?:MAIL|QUIT)/.test(line));
  expectNoToken(outcome, said.slice(0, mail < 0 ? said.length : mail));
  return { outcome, said };
}

/** No part of a login is shown anywhere, whole or without its padding. */
function expectNoToken(outcome: TestOutcome, said: readonly string[]): void {
  const shown = JSON.stringify(outcome);
  for (const line of said) {
    const token = line.replace(/^AUTH \w+ /, '').replace(/=+$/, '');
    if (/^[A-Za-z0-9+/]{16,}$/.test(token)) expect(shown).not.toContain(token);
  }
}

const notes = ({ session }: TestOutcome) =>
  session?.conversation.filter(({ from }) => from === 'note').map(({ text }) => text) ?? [];

describe('AUTH NTLM', () => {
  test('logs in with NTLMv2, a MIC, and the service it means', async () => {
    const login = ntlmScript(account);
    const { outcome, said } = await tryOut({ ...offering('NTLM'), ...login });
    expect(login.problems).toEqual([]);
    expect(login.verdict()).toMatchObject({ userName: 'svc-mail', domain: 'CONTOSO', workstation: 'SP-APP01' });
    expect(outcome.outcome).toBe('accepted');
    expect(outcome.session?.logins).toEqual([{ mechanism: 'NTLM', inside: undefined, failure: undefined }]);
    expect(said.find((line) => line.startsWith('AUTH'))).toMatch(/^AUTH NTLM TlRMTVNTUAABAAAA/);
  });

  test('binds the answer to the certificate of the server', async () => {
    const serverEndPoint = new Uint8Array(32).fill(0x42);
    const login = ntlmScript({ ...account, serverEndPoint });
    const { outcome } = await tryOut({ ...offering('NTLM'), ...login }, { network: withEndPoint(serverEndPoint) });
    expect(login.problems).toEqual([]);
    expect(outcome.outcome).toBe('accepted');
  });

  test('an answer for another channel is told apart by the server', async () => {
    const login = ntlmScript({ ...account, serverEndPoint: new Uint8Array(32).fill(1) });
    await tryOut({ ...offering('NTLM'), ...login }, { network: withEndPoint(new Uint8Array(32).fill(2)) });
    expect(login.problems).toEqual(['another channel']);
  });

  test.each([
    ['svc-mail@contoso.com', { userName: 'svc-mail@contoso.com', domain: '' }],
    ['svc-mail', { userName: 'svc-mail', domain: '' }],
    ['CONTOSO\\jürgen', { userName: 'jürgen', domain: 'CONTOSO' }],
  ])('the user %s', async (userName, user) => {
    const login = ntlmScript({ ...account, ...user });
    const { outcome } = await tryOut({ ...offering('NTLM'), ...login }, { userName });
    expect(login.problems).toEqual([]);
    expect(outcome.outcome).toBe('accepted');
  });

  test('a server that does not tell its time gets an LMv2 response as well', async () => {
    const targetInfo = targetInfoOf(usualPairs.slice(0, 4));
    const login = ntlmScript({ ...account, challenge: { targetInfo } });
    const { outcome } = await tryOut({ ...offering('NTLM'), ...login });
    expect(login.problems).toEqual([]);
    expect(outcome.outcome).toBe('accepted');
  });

  test('pairs that are the client’s are not taken from the server', async () => {
    const foreign = [
      pair(6, Buffer.of(1, 0, 0, 0)),
      pair(9, Buffer.from('HTTP/evil', 'utf16le')),
      pair(10, Buffer.alloc(16, 7)),
    ];
    const targetInfo = targetInfoOf([...foreign, ...usualPairs]);
    const serverEndPoint = new Uint8Array(32).fill(0x42);
    const login = ntlmScript({ ...account, challenge: { targetInfo }, serverEndPoint });
    const { outcome } = await tryOut({ ...offering('NTLM'), ...login }, { network: withEndPoint(serverEndPoint) });
    expect(login.problems).toEqual([]);
    expect(outcome.outcome).toBe('accepted');
  });

  test.each(['NTLM', 'GSSAPI'])('D9: no answer where it cannot be bound to the certificate: %s', async (name) => {
    const { AUTH } = name === 'NTLM' ? ntlmScript(account) : gssapiScript(account);
    const script = { ...offering(name), AUTH, challenged: ['501 5.0.0 cancelled\r\n'] };
    const { outcome, said } = await tryOut(script, { network: withEndPoint(undefined) });
    expect(outcome.details?.id).toBe('login-ntlm-unbound');
    expect(said.slice(1)).toEqual([expect.stringMatching(`^AUTH ${name} `), '*', 'QUIT', '']);
  });

  test('without key exchange, without 128 bits', async () => {
    const login = ntlmScript({ ...account, challenge: { without: 0x6000_0000 } });
    const { outcome } = await tryOut({ ...offering('NTLM'), ...login });
    expect(login.problems).toEqual([]);
    expect(outcome.outcome).toBe('accepted');
  });

  test('a wrong password is refused, and LOGIN is tried next, as System.Net.Mail does', async () => {
    const login = ntlmScript({ ...account, password: 'another' });
    const { outcome, said } = await tryOut({ ...offering('NTLM LOGIN'), ...login });
    expect(login.problems).toContain('wrong proof');
    expect(said.filter((line) => line.startsWith('AUTH')).map((line) => line.split(' ')[1])).toEqual(['NTLM', 'LOGIN']);
    expect(outcome.session?.logins.map(({ mechanism }) => mechanism)).toEqual(['NTLM', 'LOGIN']);
  });
});

describe('AUTH GSSAPI with NTLM inside', () => {
  test.each([
    ['with the layer step', {}],
    ['without the layer step', { afterwards: 'noLayerStep' }],
    ['with a yes at once', { afterwards: 'yesAtOnce' }],
    ['with a signature asked for', { requestMic: true }],
    ['without a signature of the server', { mic: 'absent' }],
    ['with no layer as the only offer', { layers: Uint8Array.of(1, 0, 0, 0) }],
    ['without key exchange', { challenge: { without: 0x4000_0000 } }],
  ] as const)('%s', async (_, wish) => {
    const login = gssapiScript({ ...account, ...wish });
    const { outcome, said } = await tryOut({ ...offering('GSSAPI NTLM LOGIN'), ...login });
    expect(login.problems).toEqual([]);
    expect(outcome.outcome).toBe('accepted');
    expect(outcome.session?.logins).toEqual([
      { mechanism: 'GSSAPI', inside: 'NTLM', noKerberos: 'noLibrary', failure: undefined },
    ]);
    expect(said.filter((line) => line.startsWith('AUTH'))).toHaveLength(1);
    expect(notes(outcome)).toContain(
      'No Kerberos library is installed on this computer. NTLM is tried inside GSSAPI instead, as Windows does.',
    );
  });

  test('is shown without what is secret, an empty answer as one', async () => {
    const { outcome } = await tryOut({ ...offering('GSSAPI'), ...gssapiScript(account) });
    const said = outcome.session?.conversation.filter(({ from }) => from === 'client').map(({ text }) => text);
    expect(said).toEqual(expect.arrayContaining(['AUTH GSSAPI ***', '***', '(empty answer)']));
  });

  test('is not followed by NTLM where it is refused, but by LOGIN', async () => {
    const login = gssapiScript({ ...account, password: 'another' });
    const { said } = await tryOut({ ...offering('LOGIN NTLM GSSAPI'), ...login });
    const tried = said.filter((line) => line.startsWith('AUTH')).map((line) => line.split(' ')[1]);
    expect(tried).toEqual(['GSSAPI', 'LOGIN']);
  });
});

describe('where Kerberos cannot be used, it is said why', () => {
  const failing = (cause: KerberosFailure['cause']): Kerberos => ({
    begin: async () => ({ kind: 'failure', cause, detail: 'what the library says' }),
  });

  test.each(['noTicket', 'unknownService', 'noKdc', 'clock', 'other'] as const)('%s: NTLM instead', async (cause) => {
    const { outcome } = await tryOut({ ...offering('GSSAPI'), ...gssapiScript(account) }, { kerberos: failing(cause) });
    expect(outcome.session?.logins).toMatchObject([{ mechanism: 'GSSAPI', inside: 'NTLM', noKerberos: cause }]);
    expect(notes(outcome).find((note) => note.startsWith('Kerberos: '))).toMatch(
      /^Kerberos: .+ \(what the library says\)\. NTLM is tried inside GSSAPI instead, as Windows does\.$/,
    );
  });

  test('a wrong password ends it: one more try might lock the account', async () => {
    const { outcome, said } = await tryOut(
      { ...offering('GSSAPI LOGIN'), ...gssapiScript(account) },
      { kerberos: failing('wrongPassword') },
    );
    expect(outcome.session?.stopped?.failure).toEqual({ kind: 'login', mechanism: 'GSSAPI', fault: 'wrongPassword' });
    expect(said.filter((line) => line.startsWith('AUTH'))).toEqual([]);
  });
});

describe.concurrent('whatever a server does in these logins, they stop, and nothing of them is shown', () => {
  test.each(hostileLogins)('$name', async ({ script, fault, failure }) => {
    const { outcome, said } = await tryOut(script());
    expect(outcome.outcome).toBe('failed');
    expect(outcome.session?.stopped?.step).toBe('authenticate');
    if (fault) expect(outcome.session?.stopped?.failure).toMatchObject({ kind: 'login', fault });
    if (failure) expect(outcome.details?.id).toBe(failure);
    expect(said.filter((line) => line.startsWith('AUTH'))).toHaveLength(1);
    expect(said.some((line) => line.startsWith('MAIL'))).toBe(false);
    expectNoSecret(said.join('\n'), password);
  });
});

describe('a line of a login that comes back is not shown', () => {
  const back = (line: string): readonly string[] => {
    const token = line.replace(/^AUTH \w+ /, '');
    return [token.slice(0, 300), token.slice(100, 160), token.slice(-40), token.slice(200, 240).toUpperCase()];
  };

  // 65,535 bytes are the most that Windows makes: a user in many groups has a ticket of that kind.
  test.each([200, 30_000, 65_535])('the ticket of Kerberos, of %i bytes, in pieces', async (size) => {
    let pieces: readonly string[] = [];
    const { outcome } = await tryOut(
      {
        ...offering('GSSAPI'),
        AUTH: (line) => {
          pieces = back(line);
          return `535 5.7.8 not understood: ${pieces.join(' and ')}\r\n`;
        },
      },
      { kerberos: withTicket(randomBytes(size)) },
    );
    expect(outcome.details?.id).toBe('kerberos-refused');
    expect(outcome.details?.happened).toContain('not understood: *** and *** and *** and ***');
    const shown = JSON.stringify(outcome);
    for (const piece of pieces) expect(shown).not.toContain(piece.slice(3, 20));
  });

  test('the answer of NTLM, cut off', async () => {
    const login = ntlmScript(account);
    let answer = '';
    const { outcome } = await tryOut({
      ...offering('NTLM'),
      ...login,
      challenged: [
        (line) => {
          answer = line;
          return `500 5.5.6 line too long: ${line.slice(0, 400)}...\r\n`;
        },
      ],
    });
    expect(outcome.report).toContain('line too long: ***...');
    expect(JSON.stringify(outcome)).not.toContain(answer.slice(40, 60));
  });

  test('the password of LOGIN in base64, cut off', async () => {
    const { outcome } = await tryOut({
      ...offering('LOGIN'),
      challenged: [(line) => `501 5.5.2 cannot decode ${line.slice(0, 15)}\r\n`],
    });
    expect(outcome.report).toContain('501 5.5.2 cannot decode ***');
    expect(JSON.stringify(outcome)).not.toContain(Buffer.from(password).toString('base64').slice(0, 15));
  });
});

test('D14: a login takes ten challenges at most, though Kerberos always has an answer', async () => {
  const more = (line: string) => {
    if (line === '*') return '501 5.0.0 cancelled\r\n';
    return challenge(reply({ state: 1, mechanism: oids.kerberos, token: Buffer.from('more') }));
  };
  const { outcome, said } = await tryOut(
    { ...offering('GSSAPI'), AUTH: more, challenged: [more] },
    { kerberos: withTicket(Buffer.from('always')) },
  );
  expect(outcome.session?.stopped?.failure).toEqual({ kind: 'login', mechanism: 'GSSAPI', fault: 'unexpected' });
  expect(said.slice(1)).toEqual([
    expect.stringMatching(/^AUTH GSSAPI \S+$/),
    ...Array.from({ length: 9 }, () => expect.stringMatching(/^\S{20,}$/)),
    '*',
    'QUIT',
    '',
  ]);
});

describe('the order of System.Net.Mail', () => {
  test.each([
    [
      ['LOGIN', 'NTLM', 'GSSAPI'],
      ['GSSAPI', 'LOGIN'],
    ],
    [
      ['LOGIN', 'NTLM'],
      ['NTLM', 'LOGIN'],
    ],
    [['NTLM'], ['NTLM']],
    [['PLAIN', 'LOGIN', 'CRAM-MD5'], ['LOGIN']],
    [['GSSAPI'], ['GSSAPI']],
    [['PLAIN', 'GSS-SPNEGO', 'XOAUTH2'], []],
    [[], []],
  ])('of %j: %j', (offered, order) => {
    expect(sharePointOrder(offered)).toEqual(order);
  });

  test('each is tried after a refusal of the one before', async () => {
    const { outcome, said } = await tryOut({
      ...offering('LOGIN GSSAPI NTLM'),
      AUTH: (line) => (line.startsWith('AUTH LOGIN') ? '334 UGFzc3dvcmQ6\r\n' : '504 5.5.4 not really\r\n'),
    });
    expect(said.filter((line) => line.startsWith('AUTH')).map((line) => line.split(' ')[1])).toEqual([
      'GSSAPI',
      'LOGIN',
    ]);
    expect(outcome.outcome).toBe('accepted');
    expect(outcome.session?.logins.map(({ failure }) => failure?.kind)).toEqual(['reply', undefined]);
  });

  test('nothing of these logins is said without TLS', async () => {
    const server = await misbehavingServer({ EHLO: '250-mail.test\r\n250 AUTH GSSAPI NTLM LOGIN\r\n' });
    const outcome = await attempt(server, { login: true });
    await server.allClosed();
    await server.close();
    expect(outcome.session?.stopped?.failure.kind).toBe('noStartTls');
    expect(server.received.clear).not.toMatch(/AUTH|NTLM/);
  });
});

/** Kerberos whose first token is this ticket, and which knows no more. */
function withTicket(token: Uint8Array): Kerberos {
  const unknown = async () => undefined;
  const step = async () => ({ kind: 'token', token, complete: false }) as const;
  return { begin: async () => ({ kind: 'context', principal: undefined, step, unwrap: unknown, wrap: unknown }) };
}

/** The real network, but the certificate of the server has this hash. */
function withEndPoint(serverEndPoint: Uint8Array | undefined): Network {
  return {
    ...loopback,
    async connect(target) {
      const connected = await loopback.connect(target);
      if (connected.kind !== 'connected') return connected;
      const { connection } = connected;
      const startTls: typeof connection.startTls = async (wish) => {
        const answer = await connection.startTls(wish);
        return answer.kind === 'secured' ? { ...answer, serverEndPoint } : answer;
      };
      return { kind: 'connected', connection: { ...connection, startTls } };
    },
  };
}
