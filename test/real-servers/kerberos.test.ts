import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, makeAuthority } from '../servers/authority.ts';
import { cyrusLogins } from './cyrus.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { gssapiLogin } from './gssapi.ts';
import { type Realm, startRealm } from './kerberos.ts';
import { type Postfix, startPostfix } from './postfix.ts';

const account = { name: 'svc-mail', password: 'not a secret' };

let authority: Authority;
let realm: Realm;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  authority = await makeAuthority();
  realm = await startRealm({ users: [account], services: ['SMTPSVC/localhost', 'smtp/localhost'] });
  running.push(realm);
  process.env.KRB5_CONFIG = realm.env.KRB5_CONFIG;
  process.env.KRB5CCNAME = await realm.logIn(account);
});

afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()));
});

const tokens = [
  { spnego: true, initial: true },
  { spnego: true, initial: false },
  { spnego: false, initial: true },
];

describe('Dovecot with the keys of SMTPSVC/localhost', () => {
  let dovecot: Dovecot;
  let postfix: Postfix;

  beforeAll(async () => {
    dovecot = await startDovecot({
      mechanisms: ['login', 'gssapi'],
      kerberos: await realm.serverOf('SMTPSVC/localhost'),
    });
    running.push(dovecot);
    postfix = await startPostfix({ identity: await authority.issue(), logins: dovecot.logins });
    running.push(postfix);
  });

  test.each(tokens)('takes a ticket (SPNEGO $spnego, in AUTH $initial), and asks which layer', async (wish) => {
    const dialogue = await gssapiLogin(postfix.submissionPort, authority, { service: 'SMTPSVC', ...wish });
    expect(dialogue).toEqual({
      offered: 'LOGIN GSSAPI',
      answers: [
        ...(wish.initial ? [] : ['empty challenge']),
        ...['token', 'layers', '235 2.7.0 Authentication successful'],
      ],
      // All three of them, in tokens of any size.
      layers: '01ffffff',
    });
    expect(dovecot.log()).toContain('gssapi(svc-mail@CONTOSO.COM,127.0.0.1): Negotiated security layer');
  });

  test('takes no ticket for smtp/localhost, whose key it does not have', async () => {
    const wish = { service: 'smtp', spnego: true, initial: true };
    const { answers } = await gssapiLogin(postfix.submissionPort, authority, wish);
    expect(answers).toEqual(['535 5.7.8 Error: authentication failed: (reason unavailable)']);
  });
});

describe('Cyrus SASL, which is the service smtp and no other', () => {
  let postfix: Postfix;

  beforeAll(async () => {
    const kerberos = await realm.serverOf('SMTPSVC/localhost', 'smtp/localhost');
    postfix = await startPostfix({
      identity: await authority.issue(),
      hostName: 'localhost',
      logins: cyrusLogins({ mechanisms: ['GSSAPI'], kerberos }),
    });
    running.push(postfix);
  });

  test.each(tokens)('takes a ticket for smtp/localhost (SPNEGO $spnego, in AUTH $initial)', async (wish) => {
    const dialogue = await gssapiLogin(postfix.submissionPort, authority, { service: 'smtp', ...wish });
    expect(dialogue.answers.at(-1)).toBe('235 2.7.0 Authentication successful');
    // None.
    expect(dialogue.layers).toBe('01000000');
  });

  test.each(tokens)('and none for SMTPSVC/localhost (SPNEGO $spnego, in AUTH $initial)', async (wish) => {
    const { answers } = await gssapiLogin(postfix.submissionPort, authority, { service: 'SMTPSVC', ...wish });
    expect(answers.at(-1)).toBe('535 5.7.8 Error: authentication failed: authentication failure');
  });
});
