import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../server/src/settings/secret.ts';
import type { ClientIdentity } from '../../server/src/smtp/network.ts';
import type { TestOutcome } from '../../server/src/smtp/outcome.ts';
import { type Authority, ExtendedKeyUsage, type Identity, makeAuthority } from '../servers/authority.ts';
import { misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { attempt, password } from './attempt.ts';
import { clientIdentity } from './handshake.ts';
import { aroundStartTls, atLogin, inReplies, type Misbehaviour } from './misbehaviour.ts';
import { expectNoSecret, expectSafe } from './secrets.ts';

let authority: Authority;
let identity: Identity;

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
});

async function tryOut(script: Script, wish: Parameters<typeof attempt>[1] = {}): Promise<TestOutcome> {
  const server = await misbehavingServer({ tls: identity, ...script });
  const outcome = await attempt(server, { authority, login: true, ...wish });
  await server.allClosed();
  await server.close();
  expectSafe(outcome, server, password, wish.tls ?? true);
  return outcome;
}

async function expectFor(row: Misbehaviour, wish: Parameters<typeof attempt>[1] = {}): Promise<void> {
  const outcome = await tryOut(row.script, { ...wish, ...(row.limits ? { limits: row.limits } : {}) });
  expect({
    outcome: outcome.outcome,
    step: outcome.session?.stopped?.step,
    explanation: outcome.details?.id,
  }).toEqual({ outcome: row.outcome ?? 'failed', step: row.step, explanation: row.explanation });
}

describe.concurrent('whatever happens around STARTTLS, nothing secret and no mail goes out in clear text', () => {
  test.each(aroundStartTls)('$name', (row) => expectFor(row));
});

test('what the server said in clear text is forgotten once TLS is on', async () => {
  const outcome = await tryOut({
    EHLO: '250-mail.test\r\n250-STARTTLS\r\n250 AUTH LOGIN\r\n',
    ehloAfterTls: '451 later\r\n',
  });
  expect(outcome.session?.capabilities).toEqual([]);
  expect(outcome.session?.offered).toEqual({ startTls: true, beforeTls: ['LOGIN'], afterTls: undefined });
  expect(outcome.report).toMatch(/Offered after TLS +not reached/);
  expect(outcome.report).not.toContain('SharePoint’s order');
});

describe.concurrent('whatever happens at the login, the password is sent only when asked for and never shown', () => {
  test.each(atLogin)('$name', (row) => expectFor(row));
});

describe.concurrent('whatever a server replies, the session ends with an explanation', () => {
  test.each(inReplies)('$name', (row) => expectFor(row, { tls: false, login: false }));
});

test('a reset before the greeting is explained as one, whether it comes while connecting or after', async () => {
  const outcome = await tryOut({ greeting: { after: 'reset' } });
  expect(outcome.details?.id).toBe('closed-at-greeting');
  expect(outcome.outcome).toBe('failed');
});

describe('a certificate that is not right stops the session before another byte is said', () => {
  const bad = [
    ['expired', { validFrom: -5, validTo: -2 }, 'certificate-expired'],
    ['not yet valid', { validFrom: 2, validTo: 5 }, 'certificate-not-yet-valid'],
    ['another name', { names: ['other.test'] }, 'certificate-other-name'],
    ['self-signed', { selfSigned: true }, 'certificate-self-signed'],
    ['for clients only', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] }, 'certificate-wrong-purpose'],
  ] as const;

  test.each(bad)('%s', async (_, wish, explanation) => {
    const tls = await authority.issue(wish);
    const outcome = await tryOut({ tls });
    expect(outcome.session?.stopped?.step).toBe('certificate');
    expect(outcome.details?.id).toBe(explanation);
    expect(outcome.report).toContain('SHA-256');
  });

  test('an issuer that is not known', async () => {
    const stranger = await makeAuthority('CN=Somebody else');
    const leaf = await stranger.issue();
    expect((await tryOut({ tls: leaf })).details?.id).toBe('certificate-issuer-not-sent');
    const chain = { ...leaf, cert: `${leaf.cert}\n${stranger.certificate}` };
    expect((await tryOut({ tls: chain })).details?.id).toBe('certificate-unknown-issuer');
  });

  test('a name that resolves elsewhere is still the name that counts', async () => {
    const outcome = await tryOut({}, { host: 'smtp.contoso.com' });
    expect(outcome.details?.id).toBe('certificate-other-name');
    expect(outcome.explanation).toContain('localhost, 127.0.0.1');
  });

  test('the name is said in TLS, an IP address is not', async () => {
    const server = await misbehavingServer({ tls: identity });
    await attempt(server, { authority });
    await attempt(server, { authority, host: '127.0.0.1' });
    expect(server.serverNames).toEqual(['localhost', false]);
    await server.close();
  });

  test('an IP address is checked as one', async () => {
    expect((await tryOut({}, { host: '127.0.0.1' })).outcome).toBe('accepted');
    const tls = await authority.issue({ names: ['localhost'] });
    expect((await tryOut({ tls }, { host: '127.0.0.1' })).details?.id).toBe('certificate-other-name');
  });

  test('TLS 1.1 is not enough, TLS 1.2 is', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    expect((await tryOut({ tls: { ...identity, ...old } })).details?.id).toBe('tls-version');
    const outcome = await tryOut({ tls: { ...identity, maxVersion: 'TLSv1.2' } });
    expect(outcome.outcome).toBe('accepted');
    expect(outcome.report).toContain('TLSv1.2');
  });
});

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('a server that requires a client certificate, in %s', (version) => {
  const secret = 'key-file-password';
  const requiring = () => ({ ...identity, requestCert: true, ca: authority.certificate, maxVersion: version });
  const clientOf = async (by: Authority): Promise<ClientIdentity> => {
    const { cert, key } = await by.issue({ extendedKeyUsage: [ExtendedKeyUsage.clientAuth] });
    const encrypted = createPrivateKey(key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: secret,
    });
    return clientIdentity(cert + encrypted.toString(), secret);
  };

  test('and gets none', async () => {
    expect((await tryOut({ tls: requiring() })).details?.id).toBe('client-certificate-required');
  });

  test('and gets one it trusts: the mail is sent, with the login besides', async () => {
    const outcome = await tryOut({ tls: requiring() }, { identity: await clientOf(authority) });
    expect(outcome.outcome).toBe('accepted');
    expect(outcome.session?.tls).toMatchObject({ clientCertificate: 'presented' });
    expectNoSecret(outcome, secret);
  });

  test('and there is a password that does not open the file', async () => {
    const { file, ...rest } = await clientOf(authority);
    const outcome = await tryOut({ tls: requiring() }, { identity: { ...rest, file, password: new Secret('wrong') } });
    expect(outcome.session?.stopped).toEqual({
      step: 'STARTTLS',
      failure: { kind: 'tls', cause: 'clientCertificateUnusable', detail: 'the password does not open it' },
    });
  });
});

describe('NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment changes nothing', () => {
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  beforeAll(() => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  });
  afterAll(() => {
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
  });

  test('a self-signed certificate is not accepted', async () => {
    const outcome = await tryOut({ tls: await authority.issue({ selfSigned: true }) });
    expect(outcome.details?.id).toBe('certificate-self-signed');
  });

  test('nor one for another name', async () => {
    expect((await tryOut({}, { host: 'smtp.contoso.com' })).details?.id).toBe('certificate-other-name');
  });
});
