import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Kerberos } from '../../server/src/smtp/mechanisms/mechanism.ts';
import { kerberosOver } from '../../server/src/smtp/node-kerberos.ts';
import type { TestOutcome } from '../../server/src/smtp/outcome.ts';
import { type Authority, type Identity, makeAuthority } from '../servers/authority.ts';
import { attempt } from '../smtp/attempt.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { temporaryFolders } from '../temporary.ts';
import { freePort } from '../workbench/code-server.mjs';
import { cyrusLogins } from './cyrus.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { startExim } from './exim.ts';
import { type Realm, startRealm } from './kerberos.ts';
import { kerberosPackage } from './kerberos-addon.mjs';
import { type Postfix, startPostfix } from './postfix.ts';

const temporaryFolder = temporaryFolders();
const account = { name: 'svc-mail', password: 'only in this test' };
const windowsAccount = { ...account, name: 'CONTOSO\\svc-mail' };
const owners = {
  'sharepoint@contoso.com': [windowsAccount.name, 'svc-mail@CONTOSO', 'svc-mail@', 'svc-mail@CONTOSO.COM'],
};
const outside = { ...process.env };

let authority: Authority;
let identity: Identity;
let realm: Realm;
let tickets: string;
let kerberos: Kerberos;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
  realm = kept(await startRealm({ users: [account], services: ['SMTPSVC/localhost', 'smtp/localhost'] }));
  tickets = await realm.logIn(account);
  kerberos = kerberosOver(() => createRequire(import.meta.url)(kerberosPackage), false);
  useTickets();
});

afterEach(() => useTickets());

afterAll(async () => {
  process.env = outside;
  await Promise.all(running.map((server) => server.stop()));
});

function kept<T extends { stop(): Promise<void> }>(server: T): T {
  running.push(server);
  return server;
}

/** The ticket cache and the realm this process is in. */
function useTickets(cache = tickets, configuration = realm.env.KRB5_CONFIG): void {
  process.env.KRB5CCNAME = cache;
  process.env.KRB5_CONFIG = configuration;
}

async function tryOut(port: number, wish: Parameters<typeof attempt>[1] = {}): Promise<TestOutcome> {
  const { name: userName, password } = windowsAccount;
  const outcome = await attempt({ port }, { authority, login: true, userName, password, ...wish });
  expectNoSecret(outcome, wish.password ?? password);
  return outcome;
}

const logins = ({ session }: TestOutcome) =>
  session?.logins.map(({ mechanism, inside, failure }) =>
    [
      mechanism,
      inside,
      failure?.kind === 'reply' ? failure.reply.code : failure?.kind === 'login' ? failure.fault : failure?.kind,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );
const notes = ({ session }: TestOutcome) =>
  session?.conversation
    .filter(({ from, text }) => from === 'note' && text.startsWith('Kerberos'))
    .map(({ text }) => text);

describe('NTLM with Samba’s NTLM behind Dovecot', () => {
  let dovecot: Dovecot;
  let postfix: Postfix;

  beforeAll(async () => {
    dovecot = kept(
      await startDovecot({ mechanisms: ['ntlm', 'login'], ntlm: windowsAccount, users: [windowsAccount] }),
    );
    postfix = kept(await startPostfix({ identity, logins: dovecot.logins, owners }));
  });

  test.each([
    ['CONTOSO\\svc-mail', 'svc-mail@CONTOSO'],
    ['CONTOSO\\SVC-Mail', 'SVC-Mail@CONTOSO'],
    // Without a domain in the message, as .NET has it.
    ['svc-mail', 'svc-mail@'],
  ])('logs in %s', async (userName, known) => {
    const outcome = await tryOut(postfix.submissionPort, { userName });
    expect(logins(outcome)).toEqual(['NTLM']);
    expect(outcome.outcome).toBe('accepted');
    expect(postfix.log()).toContain(`sasl_method=NTLM, sasl_username=${known}\n`);
  });

  test('a wrong password, and then LOGIN as SharePoint would', async () => {
    const outcome = await tryOut(postfix.submissionPort, { password: 'another one' });
    expect(logins(outcome)).toEqual(['NTLM 535', 'LOGIN 535']);
    expect(outcome.outcome).toBe('failed');
  });

  test('of Exim, which leaves NTLM to Dovecot', async () => {
    const exim = kept(await startExim({ identity, dovecot: { service: dovecot, mechanisms: ['NTLM'] } }));
    const outcome = await tryOut(exim.port);
    expect(logins(outcome)).toEqual(['NTLM']);
    expect(outcome.outcome).toBe('accepted');
  });
});

describe('NTLM of servers that know only its first version', () => {
  test('Cyrus SASL', async () => {
    const postfix = kept(
      await startPostfix({ identity, logins: cyrusLogins({ mechanisms: ['NTLM', 'LOGIN'], users: [account] }) }),
    );
    const outcome = await tryOut(postfix.submissionPort);
    expect(logins(outcome)).toEqual(['NTLM ntlmV1Only']);
  });

  test('Exim', async () => {
    const exim = kept(await startExim({ identity, ntlmV1: account }));
    const outcome = await tryOut(exim.port);
    expect(logins(outcome)).toEqual(['NTLM ntlmV1Only']);
  });
});

describe('GSSAPI with Kerberos', () => {
  let postfix: Postfix;

  beforeAll(async () => {
    const dovecot = kept(
      await startDovecot({
        mechanisms: ['gssapi', 'login'],
        users: [windowsAccount],
        kerberos: await realm.serverOf('SMTPSVC/localhost'),
      }),
    );
    postfix = kept(await startPostfix({ identity, logins: dovecot.logins, owners }));
  });

  test('logs in with the ticket of this computer', async () => {
    const outcome = await tryOut(postfix.submissionPort, { kerberos });
    expect(logins(outcome)).toEqual(['GSSAPI Kerberos']);
    expect(outcome.outcome).toBe('accepted');
    expect(notes(outcome)).toEqual(['Kerberos: the ticket is that of svc-mail@CONTOSO.COM.']);
    expect(postfix.log()).toContain('sasl_method=GSSAPI, sasl_username=svc-mail@CONTOSO.COM');
  });

  test('the ticket counts, not the user of the settings: that is said', async () => {
    const outcome = await tryOut(postfix.submissionPort, { kerberos, userName: 'CONTOSO\\other' });
    expect(outcome.outcome).toBe('accepted');
    expect(notes(outcome)).toEqual([
      'Kerberos: the ticket is that of svc-mail@CONTOSO.COM, and not of CONTOSO\\other.',
    ]);
  });

  test('without a ticket it is NTLM inside GSSAPI, which this server does not take; then LOGIN', async () => {
    useTickets(`${tickets}-none`);
    const outcome = await tryOut(postfix.submissionPort, { kerberos });
    expect(logins(outcome)).toEqual(['GSSAPI NTLM 535', 'LOGIN']);
    expect(outcome.session?.logins[0]?.noKerberos).toBe('noTicket');
    expect(notes(outcome)).toEqual([expect.stringMatching(/^Kerberos: this computer has no ticket \(.*\)\. NTLM is/)]);
  });

  test('a name the realm has no service for', async () => {
    const wish = { authority, identity: await authority.issue({ names: ['mail.contoso.com'] }) };
    const server = kept(await startPostfix({ ...wish, logins: cyrusLogins({ mechanisms: ['GSSAPI'] }) }));
    const outcome = await tryOut(server.submissionPort, { kerberos, host: 'mail.contoso.com' });
    expect(outcome.session?.logins[0]?.noKerberos).toBe('unknownService');
    expect(outcome.observations.map(({ id }) => id)).toContain('kerberos-service-unknown');
  });

  test('Cyrus SASL has the service smtp alone, and refuses SharePoint’s', async () => {
    const logins = cyrusLogins({
      mechanisms: ['GSSAPI'],
      kerberos: await realm.serverOf('SMTPSVC/localhost', 'smtp/localhost'),
    });
    const server = kept(await startPostfix({ identity, hostName: 'localhost', logins }));
    const outcome = await tryOut(server.submissionPort, { kerberos });
    expect(outcome.session?.logins).toMatchObject([{ inside: 'Kerberos', failure: { reply: { code: 535 } } }]);
    expect(outcome.details?.id).toBe('kerberos-refused');
  });

  test('the same where LOGIN follows: the refused ticket is told besides', async () => {
    const cyrus = cyrusLogins({
      mechanisms: ['GSSAPI', 'LOGIN'],
      users: [account],
      kerberos: await realm.serverOf('SMTPSVC/localhost', 'smtp/localhost'),
    });
    const server = kept(await startPostfix({ identity, hostName: 'localhost', logins: cyrus }));
    const outcome = await tryOut(server.submissionPort, { kerberos, userName: account.name });
    expect(logins(outcome)).toEqual(['GSSAPI Kerberos 535', 'LOGIN']);
    expect(outcome.observations.map(({ id }) => id)).toContain('kerberos-ticket-refused');
  });

  test('no key distribution centre', async () => {
    const configuration = readFileSync(realm.env.KRB5_CONFIG, 'utf8');
    const elsewhere = path.join(temporaryFolder(), 'krb5.conf');
    writeFileSync(elsewhere, configuration.replace(/(kdc = 127\.0\.0\.1:)\d+/, `$1${await freePort()}`));
    useTickets(await realm.logIn(account), elsewhere);
    const outcome = await tryOut(postfix.submissionPort, { kerberos });
    expect(outcome.session?.logins[0]?.noKerberos).toBe('noKdc');
  });
});

describe('GSSAPI with NTLM inside, which Cyrus SASL does by gss-ntlmssp', () => {
  test('up to the layer step, where gss-ntlmssp seals although only signatures were agreed on', async () => {
    const logins = cyrusLogins({
      mechanisms: ['GSSAPI'],
      kerberos: await realm.serverOf('smtp/localhost'),
      ntlmInGssapi: windowsAccount,
    });
    const server = kept(await startPostfix({ identity, hostName: 'localhost', logins }));
    const outcome = await tryOut(server.submissionPort);
    expect(outcome.session?.logins).toMatchObject([{ inside: 'NTLM', failure: { fault: 'noLayer' } }]);
    // CHALLENGE, the last word of SPNEGO, the layers: it was content with AUTHENTICATE and both signatures of the choice.
    expect(outcome.session?.conversation.filter(({ text }) => text.startsWith('334'))).toHaveLength(3);
  });
});
