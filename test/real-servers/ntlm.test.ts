import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, makeAuthority } from '../servers/authority.ts';
import { cyrusLogins } from './cyrus.ts';
import { afterTls } from './dialogue.ts';
import { startDovecot } from './dovecot.ts';
import { startExim } from './exim.ts';
import { startPostfix } from './postfix.ts';

const user = { name: 'svc-mail', password: 'not a secret' };
const inDomain = { name: 'CONTOSO\\svc-mail', password: 'not a secret' };

/** NEGOTIATE_MESSAGE of [MS-NLMP]: Unicode, target, sign, NTLM, always sign, extended security, 128, key exchange. */
const negotiate = Buffer.concat([Buffer.from('NTLMSSP\0'), Buffer.from('0100000015820860', 'hex'), Buffer.alloc(16)]);

/** The same in a NegTokenInit of RFC 4178 that names NTLM alone. */
const spnego = Buffer.concat([
  Buffer.from('604806062b0601050502a03e303ca00e300c060a2b06010401823702020aa22a0428', 'hex'),
  Buffer.concat([negotiate, Buffer.alloc(8)]),
]);

const extendedSecurity = 0x0008_0000;
const targetInfo = 0x0080_0000;

let authority: Authority;
let ports: Record<'postfixWithDovecot' | 'postfixWithCyrus' | 'eximWithDovecot' | 'exim', number>;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  authority = await makeAuthority();
  const identity = await authority.issue();
  const dovecot = await startDovecot({ mechanisms: ['login', 'ntlm'], ntlm: inDomain });
  running.push(dovecot);
  const mechanisms = ['LOGIN', 'NTLM', 'GSSAPI'];
  const postfixes = [
    await startPostfix({ identity, logins: dovecot.logins }),
    await startPostfix({ identity, logins: cyrusLogins({ mechanisms, users: [user], ntlmInGssapi: inDomain }) }),
  ];
  const exims = [
    await startExim({ identity, dovecot: { service: dovecot, mechanisms: ['NTLM'] } }),
    await startExim({ identity, ntlmV1: user }),
  ];
  running.push(...postfixes, ...exims);
  const [postfixWithDovecot = 0, postfixWithCyrus = 0] = postfixes.map(({ submissionPort }) => submissionPort);
  const [eximWithDovecot = 0, exim = 0] = exims.map(({ port }) => port);
  ports = { postfixWithDovecot, postfixWithCyrus, eximWithDovecot, exim };
});

afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()));
});

describe('which NTLM a server speaks is seen in its challenge', () => {
  const modern = extendedSecurity | targetInfo;

  test.each([
    { server: 'postfixWithDovecot', offered: 'LOGIN NTLM', mechanism: 'NTLM', first: negotiate, flags: modern },
    { server: 'postfixWithCyrus', offered: 'LOGIN NTLM GSSAPI', mechanism: 'NTLM', first: negotiate, flags: 0 },
    { server: 'postfixWithCyrus', offered: 'LOGIN NTLM GSSAPI', mechanism: 'GSSAPI', first: spnego, flags: modern },
    { server: 'eximWithDovecot', offered: 'NTLM', mechanism: 'NTLM', first: negotiate, flags: modern },
    { server: 'exim', offered: 'NTLM', mechanism: 'NTLM', first: negotiate, flags: 0 },
  ] as const)('$server, $mechanism', async ({ server, offered, mechanism, first, flags }) => {
    const dialogue = await afterTls(ports[server], authority);
    expect(dialogue.offered).toBe(offered);
    const answer = await dialogue.say(`AUTH ${mechanism} ${first.toString('base64')}`);
    expect(answer).toMatch(/^334 ./);
    const token = Buffer.from(answer.slice(4), 'base64');
    const challenge = token.subarray(token.indexOf('NTLMSSP\0'));
    expect(challenge.readUInt32LE(8)).toBe(2);
    expect(challenge.readUInt32LE(20) & (extendedSecurity | targetInfo)).toBe(flags);
    dialogue.close();
  });

  test('Exim’s own asks for the first token in words that are no base64', async () => {
    const dialogue = await afterTls(ports.exim, authority);
    expect(await dialogue.say('AUTH NTLM')).toBe('334 NTLM supported');
    dialogue.close();
  });
});
