import { describe, expect, test } from 'vitest';
import { agreed, type Learned, learnedOf } from '../../server/src/smtp/learned.ts';
import type { SessionResult } from '../../server/src/smtp/session.ts';
import { attempted, plans, replied, resultOf, secured } from './facts.ts';

/** A session that went as far as RCPT TO, but for what is given. */
const learned = (given: Partial<SessionResult>): Partial<Learned> => {
  const all = learnedOf(plans.withLogin, resultOf(given));
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== undefined && name !== 'host'));
};

const usual = { startTls: true, clientCertificates: 'ignore' } as const;
const loggedIn = { logins: [attempted('LOGIN')] };
const answered = (
  question: 'outsideRecipient' | 'otherSender',
  verdict: 'accepted' | 'refused' | 'later',
  text: string,
): Partial<SessionResult> => {
  const failure = replied(text);
  if (failure.kind !== 'reply') throw new Error('A reply is wanted.');
  const address = question === 'otherSender' ? 'anna@contoso.com' : 'someone@fabrikam.com';
  return { probes: [{ question, address, verdict, at: 'RCPT TO', reply: failure.reply }] };
};
const stoppedAt = (step: 'STARTTLS' | 'EHLO after TLS' | 'MAIL FROM', text: string): Partial<SessionResult> => {
  const order = ['resolve', 'connect', 'greeting', 'EHLO', 'STARTTLS', 'certificate', 'EHLO after TLS', 'MAIL FROM'];
  const names = order.slice(0, order.indexOf(step) + 1) as (typeof step)[];
  return {
    outcome: 'failed',
    steps: names.map((name) => ({ name, milliseconds: 1, ok: name !== step })),
    stopped: { step, failure: replied(text) },
  };
};

describe('of a test only what it showed is recorded', () => {
  test.each<[what: string, given: Partial<SessionResult>, shown: Partial<Learned>]>([
    ['mail without a login is taken', {}, { ...usual, anonymousAccess: true }],
    ['mail with a login says nothing of mail without one', loggedIn, usual],
    ['a client certificate may be why mail is taken', { tls: secured('presented') }, { startTls: true }],
    [
      'a login is wanted, of this address: the farm has another',
      stoppedAt('MAIL FROM', '530 5.7.57 Client was not authenticated'),
      usual,
    ],
    [
      'mechanisms inside TLS',
      { ...loggedIn, offered: { startTls: true, beforeTls: ['LOGIN'], afterTls: ['GSSAPI', 'NTLM'] } },
      { ...usual, authMechanisms: ['GSSAPI', 'NTLM'] },
    ],
    [
      'mechanisms in clear text are not those inside TLS',
      { ...loggedIn, tls: undefined, offered: { startTls: true, beforeTls: ['LOGIN'], afterTls: undefined } },
      { startTls: true },
    ],
    [
      'of a server without TLS they are all there are',
      { ...loggedIn, tls: undefined, offered: { startTls: false, beforeTls: ['NTLM'], afterTls: undefined } },
      { startTls: false, authMechanisms: ['NTLM'] },
    ],
    [
      'a firewall on the way may have crossed STARTTLS out',
      {
        ...loggedIn,
        tls: undefined,
        offered: { startTls: false, beforeTls: [], afterTls: undefined },
        capabilities: ['SIZE', 'XXXXXXXA'],
      },
      {},
    ],
    ['names that no server has', { ...loggedIn, offered: { startTls: true, beforeTls: [], afterTls: ['<X>'] } }, usual],
    [
      'a certificate is asked for and not needed',
      { tls: secured('askedAndNone') },
      { startTls: true, clientCertificates: 'accept', anonymousAccess: true },
    ],
    [
      'a certificate is needed, as Postfix says it',
      {
        ...stoppedAt('EHLO after TLS', '421 4.7.1 Error: No client certificate presented'),
        tls: secured('askedAndNone'),
      },
      { startTls: true, clientCertificates: 'require' },
    ],
    [
      'relaying after a login',
      { ...loggedIn, ...answered('outsideRecipient', 'accepted', '250 2.1.5 OK') },
      { ...usual, relayAllowed: true },
    ],
    [
      'relaying without a login is that of this address',
      answered('outsideRecipient', 'accepted', '250 2.1.5 OK'),
      { ...usual, anonymousAccess: true },
    ],
    [
      'no relaying for this account: what is allowed to addresses may differ',
      { ...loggedIn, ...answered('outsideRecipient', 'refused', '550 5.7.54 Unable to relay') },
      usual,
    ],
    [
      'a sender of another',
      { ...loggedIn, ...answered('otherSender', 'refused', '553 5.7.1 Sender address rejected: not owned by user') },
      { ...usual, impersonation: 'blocked' },
    ],
    [
      'a sender whose domain does not exist',
      { ...loggedIn, ...answered('otherSender', 'refused', '550 5.1.8 Domain not found') },
      usual,
    ],
    [
      'a sender who is taken: servers look at the message as well',
      { ...loggedIn, ...answered('otherSender', 'accepted', '250 2.1.5 OK') },
      usual,
    ],
  ])('%s', (_what, given, shown) => {
    expect(learned(given)).toEqual(shown);
  });
});

test('of two tests of a server only that in which they agree, for two ports may differ', () => {
  const one = learnedOf(
    plans.withLogin,
    resultOf({ ...loggedIn, offered: { startTls: true, beforeTls: [], afterTls: ['GSSAPI', 'NTLM'] } }),
  );
  const other = learnedOf(
    plans.anonymous,
    resultOf({ offered: { startTls: true, beforeTls: [], afterTls: ['NTLM'] } }),
  );
  expect(agreed(one, undefined)).toEqual(one);
  expect(agreed(one, other)).toEqual({ ...one, authMechanisms: undefined, anonymousAccess: true });
});
