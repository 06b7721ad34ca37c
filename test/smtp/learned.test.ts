import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../server/src/settings/secret.ts';
import { probeServer } from '../../server/src/smtp/attempt.ts';
import { type Learned, learnedOf } from '../../server/src/smtp/learned.ts';
import { type Authority, type Identity, makeAuthority } from '../servers/authority.ts';
import { type Misbehaving, misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { limits, loopback, password, planOf, userName } from './attempt.ts';
import { login, setting, settings } from './settings.ts';

let authority: Authority;
let identity: Identity;
const servers: Misbehaving[] = [];

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** What a probe with both questions learns of a server that follows a script. */
async function learned(script: Script, wish: { tls?: boolean; login?: boolean } = {}): Promise<Learned> {
  const server = await misbehavingServer({ tls: identity, ...script });
  servers.push(server);
  const plan = planOf({
    purpose: 'probe',
    settings: settings({
      smtpServer: setting('localhost'),
      smtpPort: setting(server.port),
      useTls: setting(wish.tls ?? true),
      ...(wish.login ? { authentication: setting(login(userName)) } : {}),
    }),
  });
  const { session } = await probeServer({
    plan,
    to: 'me@contoso.com',
    outsideRecipient: 'someone@fabrikam.com',
    otherSender: 'anna@contoso.com',
    password: wish.login ? new Secret(password) : undefined,
    network: loopback,
    signal: new AbortController().signal,
    trustedAuthorities: [authority.certificate],
    limits,
  });
  if (session === undefined) throw new Error('Nothing was tried.');
  return learnedOf(plan, session);
}

const nothing = {
  host: 'localhost',
  startTls: undefined,
  authMechanisms: undefined,
  anonymousAccess: undefined,
  clientCertificates: undefined,
  relayAllowed: undefined,
  impersonation: undefined,
};
const taken = { ...nothing, startTls: true, authMechanisms: ['LOGIN'], clientCertificates: 'ignore' };

describe('only what a test showed is learned', () => {
  test('without a login the server decides by the address that asks: relaying and senders are not recorded', async () => {
    expect(await learned({})).toEqual({ ...taken, anonymousAccess: true });
  });

  test('with a login the answers hold for the account', async () => {
    expect(await learned({}, { login: true })).toEqual({ ...taken, relayAllowed: true, impersonation: 'allowed' });
  });

  test('what was refused with a login is recorded as refused', async () => {
    const script: Script = {
      MAIL: (line) => (line.includes('anna') ? '550 5.7.60 not as this sender\r\n' : '250 ok\r\n'),
      RCPT: (line) => (line.includes('fabrikam') ? '550 5.7.54 no relay\r\n' : '250 ok\r\n'),
    };
    expect(await learned(script, { login: true })).toEqual({ ...taken, relayAllowed: false, impersonation: 'blocked' });
  });

  test('a temporary refusal tells nothing', async () => {
    const MAIL: Script['MAIL'] = (line) => (line.includes('anna') ? '451 4.7.1 later\r\n' : '250 ok\r\n');
    const RCPT: Script['RCPT'] = (line) => (line.includes('fabrikam') ? '450 later\r\n' : '250 ok\r\n');
    expect(await learned({ MAIL, RCPT }, { login: true })).toEqual(taken);
  });

  test('530 at MAIL FROM: no anonymous access', async () => {
    const script = { MAIL: '530 5.7.57 Client was not authenticated\r\n' };
    expect(await learned(script)).toEqual({ ...taken, anonymousAccess: false });
  });

  test('without TLS: what is offered in clear text', async () => {
    const EHLO = '250-mail.test\r\n250-STARTTLS\r\n250 AUTH NTLM\r\n';
    expect(await learned({ EHLO }, { tls: false })).toEqual({
      ...nothing,
      startTls: true,
      authMechanisms: ['NTLM'],
      anonymousAccess: true,
    });
  });

  test('a server that asks for a client certificate and goes on without one accepts them', async () => {
    const tls = { ...identity, requestCert: 'optional' as const };
    expect(await learned({ tls })).toEqual({ ...taken, clientCertificates: 'accept', anonymousAccess: true });
  });

  test('one that insists requires them', async () => {
    expect(await learned({ tls: { ...identity, requestCert: true } })).toEqual({
      ...nothing,
      startTls: true,
      clientCertificates: 'require',
    });
  });

  test('STARTTLS that is not offered is recorded as such, and where nothing answers nothing is', async () => {
    expect(await learned({ EHLO: '250 mail.test\r\n' })).toEqual({ ...nothing, startTls: false });
    expect(await learned({ greeting: '554 no\r\n' })).toEqual(nothing);
  });

  test('mechanisms with hostile names are left out', async () => {
    const ehloAfterTls = `250-mail.test\r\n250 AUTH LOGIN #{x} ${'A'.repeat(40)} NT-LM\r\n`;
    expect((await learned({ ehloAfterTls })).authMechanisms).toEqual(['LOGIN', 'NT-LM']);
  });
});
