import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, makeAuthority } from '../servers/authority.ts';
import { password, userName } from '../smtp/attempt.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { type Exim, startExim } from './exim.ts';
import { header, read, send } from './send.ts';

const account = { name: userName, password };

describe('Exim', () => {
  let authority: Authority;
  let exim: Exim;

  beforeAll(async () => {
    authority = await makeAuthority();
    exim = await startExim({ identity: await authority.issue(), users: [account] });
  });

  afterAll(() => exim.stop());

  test('a mail with STARTTLS and AUTH LOGIN is delivered as it was meant', async () => {
    const outcome = await send(exim.port, { authority, login: account, characterSet: 1251 });
    expect(outcome).toMatchObject({ outcome: 'accepted', summary: '250 accepted' });
    expectNoSecret(outcome, password);
    const [delivered] = await exim.mailbox('me').mails();
    const mail = await read(delivered);
    expect(mail.from?.address).toBe('sharepoint@contoso.com');
    expect(mail.to?.map(({ address }) => address)).toEqual(['me@contoso.com']);
    expect(header(mail, 'content-type')).toBe('text/plain; charset=windows-1251');
    expect(exim.log()).toContain(`A=login:${userName}`);
  });

  test('a wrong password', async () => {
    const outcome = await send(exim.port, { authority, login: { name: userName, password: 'not the password' } });
    expect(outcome).toMatchObject({
      outcome: 'failed',
      summary: '535 at AUTH LOGIN',
      details: { id: 'login-refused', setting: 'authentication' },
    });
  });

  test('a certificate of an authority that is not trusted: no login is tried', async () => {
    const outcome = await send(exim.port, { authority: await makeAuthority('CN=Another Root'), login: account });
    expect(outcome).toMatchObject({ outcome: 'failed', details: { id: 'certificate-issuer-not-sent' } });
    expectNoSecret(outcome, password);
  });

  test('relaying, without a login and with one', async () => {
    const refused = await send(exim.port, { authority, to: 'me@elsewhere.com' });
    expect(refused).toMatchObject({ summary: '550 at RCPT TO', details: { id: 'relay-denied' } });
    const accepted = await send(exim.port, { authority, to: 'me@elsewhere.com', login: account });
    expect(accepted).toMatchObject({ outcome: 'accepted' });
  });

  test('a recipient whom nobody knows', async () => {
    const outcome = await send(exim.port, { authority, to: 'nobody@contoso.com' });
    expect(outcome).toMatchObject({ summary: '550 at RCPT TO', details: { id: 'recipient-unknown' } });
  });
});
