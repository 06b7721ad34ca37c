import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Login } from '../../server/src/settings/model.ts';
import { Secret } from '../../server/src/settings/secret.ts';
import { sendTestEmail } from '../../server/src/smtp/attempt.ts';
import { nodeNetwork } from '../../server/src/smtp/node-network.ts';
import { type Authority, type Identity, makeAuthority } from '../servers/authority.ts';
import { attempt, planOf } from './attempt.ts';
import { expectNoSecret } from './secrets.ts';
import { login, setting, settings } from './settings.ts';

let authority: Authority;
let identity: Identity;
const open: SMTPServer[] = [];

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise<void>((closed) => server.close(closed))));
});

interface Received {
  readonly mail: Email;
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: unknown;
}

/** An ordinary server, made of other people's code. */
async function ordinaryServer(
  options: SMTPServerOptions = {},
): Promise<{ port: number; received: Received[]; passwords: string[] }> {
  const received: Received[] = [];
  const passwords: string[] = [];
  const server = new SMTPServer({
    ...identity,
    authOptional: true,
    authMethods: ['LOGIN'],
    logger: false,
    disableReverseLookup: true,
    onAuth({ username, password }, _, answer) {
      passwords.push(`${username} ${password}`);
      if (password === 'wrong password') return answer(new Error('Authentication unsuccessful'));
      answer(null, { user: username });
    },
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', async () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          mail: await PostalMime.parse(Buffer.concat(chunks)),
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: session.user,
        });
        answer();
      });
    },
    ...options,
  });
  open.push(server);
  server.on('error', () => {});
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return { port: address.port, received, passwords };
}

describe('a test email arrives at an ordinary server', () => {
  test('without TLS and without a login', async () => {
    const server = await ordinaryServer();
    const outcome = await attempt(server, { tls: false });
    expect(outcome).toMatchObject({ outcome: 'accepted', summary: '250 accepted', details: undefined });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ from: 'sharepoint@contoso.com', to: ['me@contoso.com'], secure: false });
    expect(server.received[0]?.mail.text).toContain('This is a test');
  });

  test('with STARTTLS', async () => {
    const server = await ordinaryServer();
    const outcome = await attempt(server, { authority });
    expect(outcome.outcome).toBe('accepted');
    expect(server.received[0]?.secure).toBe(true);
    expect(outcome.session?.tls).toMatchObject({ kind: 'secured', certificate: { names: ['localhost', '127.0.0.1'] } });
  });

  test.each(['secret', 'pass:word\\with\\backslashes', 'pässwörd 日本', 'x'.repeat(1_000)])(
    'with a login: %s',
    async (text) => {
      const server = await ordinaryServer();
      const outcome = await attempt(server, { authority, login: true, password: text });
      expect(outcome.outcome).toBe('accepted');
      expect(server.passwords).toEqual([`CONTOSO\\svc-mail ${text}`]);
      expectNoSecret(outcome.session?.conversation, text);
    },
  );

  test('the steps are told in their order', async () => {
    const server = await ordinaryServer();
    const steps: string[] = [];
    const outcome = await attempt(server, { authority, login: true, onStep: (step) => steps.push(step) });
    expect(steps).toEqual([
      'resolve',
      'connect',
      'greeting',
      'EHLO',
      'STARTTLS',
      'certificate',
      'EHLO after TLS',
      'authenticate',
      'MAIL FROM',
      'RCPT TO',
      'DATA',
    ]);
    expect(outcome.session?.steps.map(({ name }) => name)).toEqual(steps);
  });

  test('a wrong password ends it: nothing is sent without the login', async () => {
    const server = await ordinaryServer();
    const outcome = await attempt(server, { authority, login: true, password: 'wrong password' });
    expect(outcome).toMatchObject({
      outcome: 'failed',
      summary: '535 at AUTH LOGIN',
      details: { id: 'login-refused', setting: 'authentication' },
    });
    expect(server.received).toHaveLength(0);
    expectNoSecret(outcome, 'wrong password');
  });

  test('a recipient that is refused', async () => {
    const server = await ordinaryServer({
      onRcptTo: (_address, _session, answer) =>
        answer(Object.assign(new Error('5.7.1 Unable to relay'), { responseCode: 550 })),
    });
    const outcome = await attempt(server, { authority });
    expect(outcome).toMatchObject({
      outcome: 'failed',
      summary: '550 5.7.1 at RCPT TO',
      details: { id: 'relay-denied' },
    });
  });

  test('to the inbox: the login is tried with a password that is nobody’s', async () => {
    const server = await ordinaryServer();
    const plan = planOf({
      settings: settings({
        authentication: setting<'anonymous' | Login>(login('svc-mail', { kind: 'ask', label: 'x' })),
      }),
      route: { kind: 'localInbox', host: '127.0.0.1', port: server.port },
    });
    const signal = new AbortController().signal;
    const outcome = await sendTestEmail({
      plan,
      to: 'me@contoso.com',
      password: new Secret('the real password'),
      network: nodeNetwork,
      signal,
      trustedAuthorities: [authority.certificate],
    });
    expect(outcome.outcome).toBe('accepted');
    expect(server.passwords).toHaveLength(1);
    expect(server.passwords[0]).not.toContain('the real password');
    expect(outcome.explanation).toContain('inbox on this computer');
  });
});

describe('what is not right is refused before anything is connected', () => {
  const signal = new AbortController().signal;
  const plan = () =>
    planOf({ settings: settings({ authentication: setting<'anonymous' | Login>(login('svc-mail')) }) });

  test.each(['', 'a@b.c\r\nRCPT TO:<x@y.z>', 'a@b.c, d@e.f', 'Name <a@b.c>', 'nobody'])('recipient %j', async (to) => {
    const outcome = await sendTestEmail({ plan: planOf({}), to, network: nodeNetwork, signal });
    expect(outcome).toMatchObject({ outcome: 'refused', report: '', session: undefined });
    expect(outcome.explanation).not.toMatch(/[\r\n]/);
  });

  test.each([undefined, new Secret(''), new Secret('x'.repeat(2_001))])('password %#', async (password) => {
    const outcome = await sendTestEmail({ plan: plan(), to: 'a@b.c', password, network: nodeNetwork, signal });
    expect(outcome.outcome).toBe('refused');
    expect(outcome.explanation).toContain('password');
  });
});

describe('the report can be pasted in a ticket', () => {
  test('of a mail that was accepted', async () => {
    const server = await ordinaryServer();
    const { report } = await attempt(server, { authority, login: true });
    for (const part of [
      'Farm Email test: ACCEPTED',
      '250 accepted',
      'Built-in defaults:',
      'STARTTLS',
      'TLSv1.3',
      'CN=mail.test',
      'C: AUTH LOGIN ***',
      'S: 334 (challenge: 12 bytes)',
      'C: (the message: ',
      'What this test does not prove',
      'helpdesk@contoso.com',
    ]) {
      expect(report).toContain(part);
    }
  });

  test('of a mail that was refused', async () => {
    const server = await ordinaryServer();
    const { report } = await attempt(server, { authority, login: true, password: 'wrong password' });
    expect(report).toContain('Farm Email test: FAILED at AUTH LOGIN');
    expect(report).toContain('What to do (whoever keeps this file; setting authentication)');
    expect(report).toContain('stopped here');
  });
});
