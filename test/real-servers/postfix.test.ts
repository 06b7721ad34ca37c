import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Authority, type Identity, makeAuthority } from '../servers/authority.ts';
import { password, userName } from '../smtp/attempt.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { cyrusLogins } from './cyrus.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { type Postfix, startPostfix } from './postfix.ts';
import { header, read, send } from './send.ts';

const account = { name: userName, password };
const owners = { 'sharepoint@contoso.com': [userName], 'boss@contoso.com': ['CONTOSO\\boss'] };

let authority: Authority;
let identity: Identity;
let dovecot: Dovecot;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
  dovecot = await startDovecot({ mechanisms: ['login'], users: [account] });
  running.push(dovecot);
});

afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()));
});

async function started(wish: Omit<Parameters<typeof startPostfix>[0], 'identity'>): Promise<Postfix> {
  const postfix = await startPostfix({ identity, ...wish });
  running.push(postfix);
  return postfix;
}

describe.each([
  { name: 'Dovecot', logins: () => dovecot.logins },
  { name: 'Cyrus SASL', logins: () => cyrusLogins({ mechanisms: ['LOGIN'], users: [account] }) },
])('Postfix with logins by $name', ({ logins }) => {
  let postfix: Postfix;

  beforeAll(async () => {
    postfix = await started({ logins: logins(), owners });
  });

  test('a mail with STARTTLS and AUTH LOGIN is delivered as it was meant', async () => {
    const outcome = await send(postfix.submissionPort, { authority, login: account, characterSet: 1251 });
    expect(outcome).toMatchObject({ outcome: 'accepted', summary: '250 accepted' });
    expectNoSecret(outcome, password);
    const [delivered] = await postfix.mailbox('me').mails();
    const mail = await read(delivered);
    expect(mail.from?.address).toBe('sharepoint@contoso.com');
    expect(mail.to?.map(({ address }) => address)).toEqual(['me@contoso.com']);
    expect(mail.replyTo?.map(({ address }) => address)).toEqual(['helpdesk@contoso.com']);
    expect(header(mail, 'return-path')).toBe('<sharepoint@contoso.com>');
    expect(header(mail, 'content-type')).toBe('text/plain; charset=windows-1251');
    expect(mail.text).toContain('This is a test');
    expect(postfix.log()).toContain(`sasl_method=LOGIN, sasl_username=${userName}`);
  });

  test('a wrong password', async () => {
    const wrong = { name: userName, password: 'not the password' };
    const outcome = await send(postfix.submissionPort, { authority, login: wrong });
    expect(outcome).toMatchObject({
      outcome: 'failed',
      summary: '535 5.7.8 at AUTH LOGIN',
      details: { id: 'login-refused', setting: 'authentication' },
    });
    expectNoSecret(outcome, wrong.password);
  });

  test('a user whom nobody knows', async () => {
    const outcome = await send(postfix.submissionPort, { authority, login: { name: 'nobody', password } });
    expect(outcome).toMatchObject({
      summary: '535 5.7.8 at AUTH LOGIN',
      details: { id: 'login-refused-bare-name' },
    });
  });

  test('a certificate of an authority that is not trusted: no login is tried', async () => {
    const outcome = await send(postfix.submissionPort, {
      authority: await makeAuthority('CN=Another Root'),
      login: account,
    });
    expect(outcome).toMatchObject({ outcome: 'failed', details: { id: 'certificate-issuer-not-sent' } });
    expectNoSecret(outcome, password);
    await vi.waitFor(() => expect(postfix.log()).toContain('lost connection after STARTTLS'), 5_000);
  });

  test('a sender that belongs to another login', async () => {
    const outcome = await send(postfix.submissionPort, { authority, login: account, from: 'boss@contoso.com' });
    expect(outcome).toMatchObject({
      outcome: 'failed',
      summary: '553 5.7.1 at RCPT TO',
      details: { id: 'send-as-denied' },
    });
  });

  test('without a login, where one is wanted', async () => {
    const outcome = await send(postfix.submissionPort, { authority });
    expect(outcome).toMatchObject({ summary: '553 5.7.1 at RCPT TO', details: { id: 'send-as-denied-anonymous' } });
  });
});

describe('Postfix on the port that is like 25', () => {
  let postfix: Postfix;

  beforeAll(async () => {
    postfix = await started({ recipientAnswers: { 'later@contoso.com': '450 4.2.0 Greylisted, come back later' } });
  });

  test('mail for its own domain arrives, with and without TLS', async () => {
    expect(await send(postfix.port, { authority })).toMatchObject({ outcome: 'accepted' });
    expect(await send(postfix.port, { tls: false })).toMatchObject({ outcome: 'accepted' });
    expect(await postfix.mailbox('me').mails(2)).toHaveLength(2);
  });

  test.each([
    { what: 'a recipient elsewhere', to: 'me@elsewhere.com', summary: '554 5.7.1 at RCPT TO', id: 'relay-denied' },
    { what: 'an unknown one', to: 'nobody@contoso.com', summary: '550 5.1.1 at RCPT TO', id: 'recipient-unknown' },
    { what: 'one that is greylisted', to: 'later@contoso.com', summary: '450 4.2.0 at RCPT TO', id: 'greylisted' },
  ])('$what', async ({ to, summary, id }) => {
    expect(await send(postfix.port, { authority, to })).toMatchObject({ outcome: 'failed', summary, details: { id } });
  });
});

describe('Postfix that wants more', () => {
  let strict: Postfix;
  let closed: Postfix;

  beforeAll(async () => {
    strict = await started({ tls: 'wanted', messageSizeLimit: 500 });
    closed = await started({ clientCertificates: { authority, wanted: true } });
  });

  test('TLS, which is off', async () => {
    const outcome = await send(strict.port, { tls: false });
    expect(outcome).toMatchObject({ summary: '530 5.7.0 at MAIL FROM', details: { id: 'tls-wanted' } });
  });

  test('a smaller message', async () => {
    const outcome = await send(strict.port, { authority });
    expect(outcome).toMatchObject({ outcome: 'failed', details: { id: 'too-big' } });
    expect(outcome.summary).toContain('552 5.3.4');
  });

  test('a client certificate', async () => {
    const outcome = await send(closed.port, { authority });
    expect(outcome).toMatchObject({ details: { id: 'client-certificate-required', setting: 'clientCertificate' } });
    expect(outcome.explanation).toContain('421 4.7.1 mail.test Error: No client certificate presented');
  });
});

test('Postfix that relays for this computer', async () => {
  const relay = await started({ relays: true });
  expect(await send(relay.port, { authority, to: 'me@elsewhere.com' })).toMatchObject({ outcome: 'accepted' });
  // It goes nowhere.
  const delivery = /to=<me@elsewhere\.com>, relay=none, .* status=sent \(elsewhere\.com\)/;
  await vi.waitFor(() => expect(relay.log()).toMatch(delivery), 5_000);
});
