import { createPrivateKey } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Authority, ExtendedKeyUsage, type Identity, makeAuthority } from '../servers/authority.ts';
import { misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { attempt } from './attempt.ts';
import { clientIdentity } from './handshake.ts';
import { expectNoSecret, spellings } from './secrets.ts';

/*
 * A server that has been told a password before can say it wherever it likes: the reports of a later test must not.
 */

/** In capitals, as keywords of EHLO are kept, and without what no keyword may have. */
const secret = 'SECRET-4711-WORD';

let authority: Authority;
let identity: Identity;

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
});

async function tryOut(script: Script, wish: Parameters<typeof attempt>[1] = {}): Promise<string> {
  const server = await misbehavingServer({ tls: identity, ...script });
  const outcome = await attempt(server, { authority, login: true, password: secret, ...wish });
  await server.allClosed();
  await server.close();
  expectNoSecret(outcome, secret);
  expect(JSON.stringify(outcome)).toContain('***');
  return outcome.report;
}

describe.each(spellings(secret).filter((text, i, all) => all.indexOf(text) === i))('the password, spelt %s', (text) => {
  const said = (code: number) => `${code}-first\r\n${code} ${text} last\r\n`;

  test.each<readonly [string, Script]>([
    ['the greeting', { greeting: said(220) }],
    ['a refused greeting', { greeting: said(554) }],
    ['a greeting that is no reply', { greeting: `2-0 ${text}\r\n` }],
    ['EHLO', { EHLO: `250-x\r\n250-STARTTLS\r\n250-${text}\r\n250-AUTH ${text} LOGIN\r\n250 SIZE ${text}\r\n` }],
    ['a name for STARTTLS', { EHLO: `250-x\r\n250-STARTTLS ${text}\r\n250 STARTTLS ${text}\r\n`, STARTTLS: said(454) }],
    ['a line that is no reply', { STARTTLS: `22x ${text}\r\n` }],
    ['EHLO after TLS', { ehloAfterTls: `250-x\r\n250-${text}\r\n250-AUTH ${text} LOGIN\r\n250 SIZE ${text}\r\n` }],
    ['only foreign logins', { ehloAfterTls: `250-x\r\n250 AUTH ${text} X-${text}\r\n` }],
    ['AUTH', { AUTH: said(504) }],
    ['the refusal', { challenged: [said(535)] }],
    ['the yes', { challenged: [said(235)] }],
    ['MAIL', { MAIL: said(550) }],
    ['RCPT', { RCPT: said(550) }],
    ['DATA', { DATA: said(451) }],
    ['the acceptance', { message: said(250) }],
    ['nothing that is a reply', { message: `25 ${text}\r\n` }],
    ['QUIT', { QUIT: said(221) }],
  ])('in %s', async (_, script) => {
    await tryOut(script);
  });
});

describe('the password in a certificate', () => {
  test.each([
    [
      'of the server',
      async () => authority.issue({ subject: `CN=${secret}, O=${secret}`, names: ['localhost', `${secret}.test`] }),
    ],
    [
      'above it',
      async () => {
        const between = await authority.intermediate(`CN=${secret}`);
        const { cert, key } = await between.issue();
        return { cert: cert + between.certificate, key };
      },
    ],
  ])('%s, accepted or not', async (_, issue) => {
    const tls = await issue();
    expect(await tryOut({ tls })).toContain('TLSv1.3');
    await tryOut({ tls }, { host: 'smtp.contoso.com' });
    const stranger = await makeAuthority();
    expect(await tryOut({ tls }, { authority: stranger })).toContain('Certificate not accepted');
  });
});

test('the password of a key file, said by whomever', async () => {
  const { cert, key } = await authority.issue({ extendedKeyUsage: [ExtendedKeyUsage.clientAuth] });
  const how = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: secret } as const;
  const file = cert + createPrivateKey(key).export(how).toString();
  const server = await misbehavingServer({ tls: identity, MAIL: `550 ${secret}\r\n` });
  const outcome = await attempt(server, { authority, identity: clientIdentity(file, secret) });
  expectNoSecret(outcome, secret);
  expect(outcome.report).toContain('550 ***');
  await server.close();
});
