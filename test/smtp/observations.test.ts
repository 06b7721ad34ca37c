import { describe, expect, test } from 'vitest';
import type { NoKerberos } from '../../server/src/smtp/mechanisms/mechanism.ts';
import { observations, observationsOf, type Tested } from '../../server/src/smtp/observations.ts';
import type { PortFacts } from '../../server/src/smtp/ports.ts';
import { attempted, certificate, note, plans, replied, secured, testedOf } from './facts.ts';
import { expectWellSaid } from './well-said.ts';

const no = replied('535 5.7.8 no');
const gssapi = { startTls: true, beforeTls: [], afterTls: ['GSSAPI', 'LOGIN'] };
const client = { plan: plans.withCertificate };
const login = { plan: plans.withLogin };
const probe = { plan: { ...plans.anonymous, purpose: 'probe' }, message: undefined } as const;
const override = { plan: { ...plans.anonymous, overrideEnvelopeSender: true } };
const days = (count: number) => new Date(Date.parse('2026-11-22T05:00:00Z') + count * 86_400_000);
const ntlmViaGssapi = (cause?: NoKerberos) => ({
  offered: gssapi,
  logins: [attempted('GSSAPI', undefined, 'NTLM', cause)],
});

const port = (number: number, afterTls: readonly string[], order: PortFacts['order'] = []): PortFacts => ({
  port: number,
  stopped: undefined,
  offered: { startTls: true, beforeTls: [], afterTls },
  order,
});

const answered = (
  question: 'outsideRecipient' | 'otherSender',
  verdict: 'accepted' | 'refused' | 'later',
  text: string,
  more: Parameters<typeof testedOf>[0] = {},
  given: Parameters<typeof testedOf>[1] = probe,
) => {
  const failure = replied(text);
  if (failure.kind !== 'reply') throw new Error('A reply is wanted.');
  const address = question === 'otherSender' ? 'anna@contoso.com' : 'someone@fabrikam.com';
  return testedOf({ probes: [{ question, address, verdict, at: 'RCPT TO', reply: failure.reply }], ...more }, given);
};

const rows: readonly (readonly [words: string, tested: Tested, ...ids: readonly string[]])[] = [
  ['nothing to say', testedOf()],
  ['a login that was accepted', testedOf({ logins: [attempted('LOGIN')] }, login)],
  [
    'a login refused and gone on without',
    testedOf({ logins: [attempted('NTLM', no), attempted('LOGIN', no)] }, login),
    'gone-on-without-login',
  ],
  ['a login set and none offered', testedOf({}, login), 'gone-on-none-offered'],
  [
    'GSSAPI refused, LOGIN accepted',
    testedOf({ logins: [attempted('GSSAPI', no, 'NTLM'), attempted('LOGIN')] }, login),
    'login-first-refused',
  ],
  [
    'a Kerberos ticket refused, LOGIN accepted',
    testedOf({ offered: gssapi, logins: [attempted('GSSAPI', no, 'Kerberos'), attempted('LOGIN')] }, login),
    'kerberos-ticket-refused',
  ],
  [
    'a Kerberos ticket refused, and LOGIN too',
    testedOf(
      {
        offered: gssapi,
        logins: [attempted('GSSAPI', no, 'Kerberos'), attempted('LOGIN', no)],
        stopped: { step: 'authenticate', failure: no },
        steps: [],
      },
      login,
    ),
    'kerberos-ticket-refused',
  ],
  [
    'NTLM refused for want of Kerberos, which the explanation tells',
    testedOf(
      {
        offered: { ...gssapi, afterTls: ['GSSAPI'] },
        logins: [attempted('GSSAPI', no, 'NTLM', 'unknownService')],
        stopped: { step: 'authenticate', failure: no },
        steps: [],
      },
      login,
    ),
  ],
  [
    'NTLM refused for want of Kerberos, LOGIN accepted: one remark',
    testedOf({ offered: gssapi, logins: [attempted('GSSAPI', no, 'NTLM', 'noTicket'), attempted('LOGIN')] }, login),
    'kerberos-not-used',
  ],
  [
    'the same for an alias',
    testedOf(
      { offered: gssapi, logins: [attempted('GSSAPI', no, 'NTLM', 'unknownService'), attempted('LOGIN')] },
      login,
    ),
    'kerberos-service-unknown',
  ],
  ['Kerberos not to be had here', testedOf(ntlmViaGssapi('noLibrary'), login), 'kerberos-not-used'],
  ['Kerberos without a ticket', testedOf(ntlmViaGssapi('noTicket'), login), 'kerberos-not-used'],
  ['Kerberos for an alias', testedOf(ntlmViaGssapi('unknownService'), login), 'kerberos-service-unknown'],
  [
    'Kerberos with the ticket of another user',
    testedOf(
      {
        offered: gssapi,
        logins: [attempted('GSSAPI', undefined, 'Kerberos')],
        conversation: [note('Kerberos: the ticket is that of anna@CONTOSO.COM, and not of CONTOSO\\svc-mail.')],
      },
      login,
    ),
    'kerberos-other-user',
  ],
  ['the inbox of this computer', testedOf({ tls: secured('askedAndNone') }, { plan: plans.toInbox })],
  [
    'a login in clear text',
    testedOf({ offered: { startTls: true, beforeTls: ['LOGIN'], afterTls: [] } }),
    'login-offered-in-clear',
  ],
  [
    'TLS off though wanted, which the explanation tells',
    testedOf(
      { tls: undefined, stopped: { step: 'MAIL FROM', failure: replied('530 5.7.0 Must issue STARTTLS first') } },
      { plan: plans.inClear },
    ),
  ],
  ['TLS off though offered', testedOf({ tls: undefined }, { plan: plans.inClear }), 'starttls-not-used'],
  [
    'a certificate that ends soon',
    testedOf({ tls: secured('notAsked', { ...certificate, validTo: days(12) }) }),
    'certificate-ends-soon',
  ],
  [
    'an issuer that ends soon',
    testedOf({ tls: secured('notAsked', { ...certificate, chain: [{ subject: 'CN=Old Root', validTo: days(3) }] }) }),
    'issuer-ends-soon',
  ],
  ['a short key', testedOf({ tls: secured('notAsked', { ...certificate, key: 'RSA 1024' }) }), 'certificate-key-weak'],
  ['a DSA key', testedOf({ tls: secured('notAsked', { ...certificate, key: 'DSA 2048' }) }), 'certificate-key-weak'],
  ['ECDSA', testedOf({ tls: secured('notAsked', { ...certificate, key: 'ECDSA P-256' }) })],
  [
    'a common name only',
    testedOf({ tls: secured('notAsked', { ...certificate, names: [] }) }),
    'certificate-common-name-only',
  ],
  ['a client certificate in vain', testedOf({}, client), 'client-certificate-not-asked'],
  [
    'a client certificate that stayed behind',
    testedOf({ tls: secured('askedAndNone') }, client),
    'client-certificate-stayed-behind',
  ],
  ['a client certificate wanted', testedOf({ tls: secured('askedAndNone') }), 'client-certificate-asked'],
  [
    'a client certificate, nobody knows',
    testedOf({ tls: secured('unknown') }, client),
    'client-certificate-use-unknown',
  ],
  ['a client certificate presented', testedOf({ tls: secured('presented') }, client)],
  [
    'an address without an answer',
    testedOf({ addresses: ['192.0.2.6', '192.0.2.7'] }),
    'address-without-answer',
    'several-addresses',
  ],
  ['several addresses', testedOf({ addresses: ['192.0.2.7', '192.0.2.8'] }), 'several-addresses'],
  ['IPv6', testedOf({ addresses: ['2001:db8::7'], address: '2001:db8::7' }), 'reached-over-ipv6'],
  [
    'HELO only',
    testedOf(
      {
        tls: undefined,
        offered: { startTls: false, beforeTls: [], afterTls: undefined },
        conversation: [{ at: 1, from: 'client', text: 'HELO SP-APP01' }],
      },
      { plan: plans.inClear },
    ),
    'old-server',
  ],
  ['a slow server', testedOf({ steps: [{ name: 'greeting', milliseconds: 12_300, ok: true }] }), 'slow-server'],
  ['an open relay', answered('outsideRecipient', 'accepted', '250 2.1.5 OK'), 'relay-open'],
  [
    'relaying with a login',
    answered('outsideRecipient', 'accepted', '250 2.1.5 OK', { logins: [attempted('LOGIN')] }, login),
    'outside-recipient-accepted',
  ],
  ['no relaying', answered('outsideRecipient', 'refused', '550 5.7.54 Unable to relay'), 'outside-recipient-refused'],
  ['relaying later', answered('outsideRecipient', 'later', '451 4.7.1 Greylisted'), 'outside-recipient-later'],
  ['another sender', answered('otherSender', 'accepted', '250 2.1.5 OK'), 'other-sender-accepted'],
  ['another sender refused', answered('otherSender', 'refused', '550 5.7.60 no'), 'other-sender-refused'],
  [
    'another sender refused, which does not matter',
    answered('otherSender', 'refused', '550 5.7.60 no', {}, override),
    'other-sender-refused-override',
  ],
  ['another sender later', answered('otherSender', 'later', '451 4.7.1 later'), 'other-sender-later'],
  [
    'another port answers',
    testedOf(
      {
        stopped: { step: 'connect', failure: { kind: 'network', cause: 'refused', detail: 'ECONNREFUSED' } },
        address: undefined,
      },
      { ports: [port(25, [])] },
    ),
    'other-port-answers',
  ],
  [
    'another port has STARTTLS',
    testedOf(
      {
        stopped: { step: 'STARTTLS', failure: { kind: 'noStartTls' } },
        offered: { startTls: false, beforeTls: [], afterTls: undefined },
        tls: undefined,
        steps: [],
      },
      { plan: { ...plans.anonymous, port: 25 }, ports: [port(587, [])] },
    ),
    'other-port-starttls',
  ],
  [
    'another port has GSSAPI',
    testedOf(
      { offered: { startTls: true, beforeTls: [], afterTls: ['NTLM', 'LOGIN'] }, logins: [attempted('NTLM')] },
      { plan: { ...plans.withLogin, port: 25 }, ports: [port(587, ['GSSAPI', 'NTLM'], ['GSSAPI'])] },
    ),
    'other-port-gssapi',
  ],
  [
    'another port has a login',
    testedOf(
      {
        stopped: { step: 'authenticate', failure: { kind: 'noMechanism', offered: [], offeredBeforeTls: false } },
        steps: [],
      },
      { plan: { ...plans.withLogin, port: 25 }, ports: [port(587, ['LOGIN'], ['LOGIN'])] },
    ),
    'other-port-login',
  ],
  ['characters that are lost', testedOf({}, { message: { lost: ['ő', '日'] } }), 'characters-lost'],
];

const cases = rows.map(([words, tested, ...ids]) => ({ words, tested, ids }));

describe('what is worth knowing is said', () => {
  test.each(cases)('$words', ({ tested, ids }) => {
    const told = observationsOf(tested);
    expect(told.map(({ id }) => id)).toEqual(ids);
    for (const each of told) expectWellSaid(each);
  });

  test('every observation is reached', () => {
    const reached = new Set(cases.flatMap(({ ids }) => ids));
    expect(observations.map(({ id }) => id).filter((id) => !reached.has(id))).toEqual([]);
  });

  test('no two say the same, and the gravest come first', () => {
    const told = cases.flatMap(({ tested }) => observationsOf(tested));
    const owners = new Map(told.map(({ id, brief }) => [brief, id]));
    for (const { id, brief } of told) expect(owners.get(brief)).toBe(id);
    const severities = observationsOf(
      testedOf({
        addresses: ['192.0.2.6', '192.0.2.7'],
        offered: { startTls: true, beforeTls: ['PLAIN'], afterTls: [] },
      }),
    ).map(({ severity }) => severity);
    expect(severities).toEqual(['warning', 'information', 'information']);
  });
});
