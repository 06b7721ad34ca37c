import { describe, expect, test } from 'vitest';
import { Secret } from '../../server/src/settings/secret.ts';
import { type ProbeInput, probeServer, sendTestEmail } from '../../server/src/smtp/attempt.ts';
import { observationsOf } from '../../server/src/smtp/observations.ts';
import type { TestOutcome } from '../../server/src/smtp/outcome.ts';
import { reportJson } from '../../server/src/smtp/report/json.ts';
import { renderMarkdown } from '../../server/src/smtp/report/markdown.ts';
import { notProven } from '../../server/src/smtp/report/not-proven.ts';
import { reportOf } from '../../server/src/smtp/report/report.ts';
import { renderText } from '../../server/src/smtp/report/text.ts';
import { attempted, certificate, note, plans, replied, secured, testedOf } from './facts.ts';
import { type ScriptedServer, scriptedNetwork } from './scripted-network.ts';

const facts = { ...certificate, subject: 'CN=smtp.contoso.com', names: ['smtp.contoso.com'] };
const clear = [
  '220 smtp.contoso.com ESMTP\r\n',
  '250-smtp.contoso.com\r\n250-SIZE 36700160\r\n250 STARTTLS\r\n',
  '220 2.0.0 Go\r\n',
];
const inTls = '250-smtp.contoso.com\r\n250-SIZE 36700160\r\n250 AUTH LOGIN\r\n';
const challenge = '334 UGFzc3dvcmQ6\r\n';
const yes = '250 2.1.0 OK\r\n';
const bye = '221 2.0.0 Bye\r\n';
const loggedIn = [...clear, inTls, challenge, '235 2.7.0 Accepted\r\n'];

type Wish = Partial<Omit<ProbeInput, 'network'>> & { readonly server: ScriptedServer };

function run({ server, plan = plans.withLogin, ...more }: Wish): Promise<TestOutcome> {
  const input = {
    plan,
    to: 'me@contoso.com',
    password: new Secret('Zq7~correct horse'),
    signal: new AbortController().signal,
    network: scriptedNetwork(server),
    columns: 80,
    ...more,
  };
  return plan.purpose === 'probe' ? probeServer(input) : sendTestEmail(input);
}

const probe = { ...plans.withLogin, purpose: 'probe' } as const;

const reports: readonly (readonly [name: string, wish: Wish])[] = [
  [
    'accepted',
    {
      server: {
        ports: { 587: [...loggedIn, yes, yes, '354 Go\r\n', '250 2.0.0 queued as 4F1\r\n', bye] },
        tls: secured('notAsked', facts),
      },
    },
  ],
  [
    'login-refused',
    {
      server: {
        ports: { 587: [...clear, inTls, challenge, '535 5.7.8 Bad credentials\r\n', bye] },
        tls: secured('notAsked', facts),
      },
    },
  ],
  [
    'gone-on-without-login',
    {
      afterRefusedLogin: 'goOn',
      server: {
        ports: {
          587: [
            ...clear,
            inTls,
            challenge,
            '535 5.7.8 Bad credentials\r\n',
            '530 5.7.57 Client was not authenticated\r\n',
            bye,
          ],
        },
        tls: secured('notAsked', facts),
      },
    },
  ],
  [
    'certificate-for-another-name',
    {
      plan: plans.anonymous,
      server: {
        ports: { 587: clear },
        tls: { kind: 'untrusted', problem: 'otherName', detail: 'ERR_TLS_CERT_ALTNAME_INVALID', certificate },
      },
    },
  ],
  [
    'unknown-whether-accepted',
    {
      plan: plans.inClear,
      server: { ports: { 587: [clear[0] ?? '', clear[1] ?? '', yes, yes, '354 Go\r\n'] } },
    },
  ],
  [
    'probe',
    {
      plan: probe,
      outsideRecipient: 'someone@fabrikam.com',
      otherSender: 'anna@contoso.com',
      comparePorts: true,
      server: {
        addresses: ['192.0.2.7', '192.0.2.8'],
        ports: {
          587: [
            ...loggedIn,
            yes,
            yes,
            yes,
            yes,
            '550 5.7.54 Unable to relay\r\n',
            yes,
            '550 5.7.60 No permission to send as this sender\r\n',
            yes,
            bye,
          ],
        },
        tls: secured('askedAndNone', { ...facts, validTo: new Date('2026-12-10T00:00:00Z') }),
      },
    },
  ],
  [
    'probe-in-clear-text',
    {
      plan: { ...plans.withLoginInClear, purpose: 'probe' },
      server: { ports: { 587: [clear[0] ?? '', '250-smtp.contoso.com\r\n250-STARTTLS\r\n250 AUTH LOGIN\r\n', bye] } },
    },
  ],
];

/** How long a composed message is does not belong here. */
function withoutSize(text: string): string {
  return text.replace(/\(the message: [\d,]+ bytes\)/, '(the message: many bytes)');
}

describe('a report looks as it did (npx vitest -u after a look at the difference)', () => {
  test.each(reports)('%s', async (name, wish) => {
    const { report, markdown, json } = await run(wish);
    await expect(withoutSize(report)).toMatchFileSnapshot(`reports/${name}.txt`);
    await expect(withoutSize(markdown)).toMatchFileSnapshot(`reports/${name}.md`);
    await expect(withoutSize(`${JSON.stringify(json, null, 2)}\n`)).toMatchFileSnapshot(`reports/${name}.json`);
  });

  test('of logins with GSSAPI, without Kerberos', async () => {
    const no = replied('535 5.7.3 Authentication unsuccessful');
    const tested = testedOf(
      {
        tls: secured('presented', facts),
        mechanism: 'LOGIN',
        logins: [attempted('GSSAPI', no, 'NTLM', 'noTicket'), attempted('LOGIN')],
        offered: { startTls: true, beforeTls: ['NTLM', 'LOGIN'], afterTls: ['GSSAPI', 'NTLM', 'LOGIN', 'XOAUTH2'] },
        conversation: [note('Kerberos: this computer has no ticket (No Kerberos credentials available).')],
      },
      { plan: { ...plans.withLogin, clientCertificate: plans.withCertificate.clientCertificate } },
    );
    const reported = { ...tested, explanation: undefined, observations: observationsOf(tested) };
    await expect(renderText(reportOf(reported), 80)).toMatchFileSnapshot('reports/logins.txt');
    await expect(renderMarkdown(reportOf(reported))).toMatchFileSnapshot('reports/logins.md');
    await expect(`${JSON.stringify(reportJson(reported), null, 2)}\n`).toMatchFileSnapshot('reports/logins.json');
  });

  test.each(reports)('%s: our own sentences fit in 80 columns', async (_, wish) => {
    const { report } = await run(wish);
    const own =
      report.slice(0, report.indexOf('\nConversation')) + report.slice(report.indexOf('\nWhat this test does not'));
    const long = own
      .split('\n')
      .filter((line) => line.length > 80 && !/SHA-256|(?:RCPT TO|MAIL FROM): \d|for the farm/.test(line));
    expect(long).toEqual([]);
  });

  test.each(reports)('%s: the three forms say the same', async (_, wish) => {
    const { report, markdown, json, summary } = await run(wish);
    const words = (text: string) => text.replace(/[`\s]+/g, ' ');
    for (const each of [json?.explanation, ...(json?.observations ?? [])]) {
      if (!each) continue;
      for (const text of [each.happened, each.meaning, ...each.advice]) {
        expect(words(report)).toContain(words(text));
        expect(markdown.replace(/[`\s]/g, '')).toContain(text.replace(/\s/g, ''));
      }
    }
    for (const text of json?.notProven ?? []) expect(words(report)).toContain(words(text));
    expect(report).toContain(summary);
    expect(json?.summary).toBe(summary);
  });
});

test('JSON stays the same when it is written and read', async () => {
  for (const [, wish] of reports) {
    const { json } = await run(wish);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  }
});

test('without a number of columns no sentence is broken: an editor does that itself', async () => {
  const { report, details } = await run({
    server: { ports: { 587: ['554 5.7.1 Not you\r\n', bye] } },
    columns: undefined,
  });
  expect(report).toContain(`\n  ${details?.happened}\n`);
  expect(report).toContain(`\n  ${details?.meaning}\n`);
});

test('what was not tried has no report', async () => {
  const outcome = await sendTestEmail({
    plan: plans.anonymous,
    to: 'nobody',
    network: scriptedNetwork({ ports: {} }),
    signal: new AbortController().signal,
  });
  expect(outcome).toMatchObject({ outcome: 'refused', report: '', markdown: '', json: undefined });
});

describe('what a test does not prove', () => {
  const certificateSet = { ...plans.withCertificate, login: plans.withLogin.login };
  const tested = testedOf(
    { logins: [attempted('LOGIN')], offered: { startTls: true, beforeTls: [], afterTls: ['GSSAPI', 'LOGIN'] } },
    { plan: certificateSet, message: { lost: ['ő'] } },
  );
  const list = notProven({ ...tested, explanation: undefined, observations: [] });

  test.each([
    ['14. revocation', /Revocation was not checked/],
    ['15. the key’s rights', /application pools can read its private key/],
    ['20. Kerberos of the farm', /That Kerberos works/],
    ['24. accepted is not delivered', /filters and further servers/],
    ['25. the next hop', /TLS reaches as far as this server/],
    ['25. somebody reads Reply-To', /That somebody reads helpdesk@contoso\.com/],
    ['26. another address', /address a connection comes from/],
    ['26. another CA store', /trust store of its own/],
    ['26. another account', /for every process/],
    ['26. the credential key of each server', /application credential key/],
    ['TLS 1.2', /takes TLS 1\.2/],
    ['the name of users', /in the name of users/],
    ['lost characters', /“ő”/],
  ])('%s', (_, pattern) => {
    expect(list.filter((item) => pattern.test(item))).toHaveLength(1);
  });

  test('the inbox on this computer proves nothing about the server', () => {
    const inInbox = notProven({ ...tested, plan: plans.toInbox, explanation: undefined, observations: [] });
    expect(inInbox[0]).toContain('stayed on this computer');
    expect(inInbox.join()).not.toContain('farm account');
  });
});
