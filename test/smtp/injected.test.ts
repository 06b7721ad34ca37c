import { beforeAll, describe, expect, test } from 'vitest';
import { type Authority, type Identity, makeAuthority } from '../servers/authority.ts';
import { gssapiScript, ntlmScript } from '../servers/gssapi-acceptor.ts';
import { type Answer, type Move, misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { attempt, password } from './attempt.ts';
import { account, offering } from './misbehaviour-ntlm.ts';
import { expectSafe } from './secrets.ts';

let authority: Authority;
let identity: Identity;

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
});

/** What comes behind a reply, unasked, in the same packet. */
const forged = [
  ['a reply', '250 2.0.0 forged\r\n'],
  ['a yes to the login', '235 2.7.0 welcome\r\n'],
  ['a challenge', '334 \r\n'],
  ['one byte', '2'],
  ['an end of line', '\r\n'],
] as const;

function behind(answer: Answer, more: string): Answer {
  return (line) => {
    const move = typeof answer === 'function' ? answer(line) : answer;
    return typeof move === 'string' ? move + more : move;
  };
}

type Moment = readonly [name: string, script: (more: string) => Script, next: string, lastWord: RegExp];

const mail = (name: string, moment: keyof Script, reply: string, next: string, lastWord: RegExp): Moment => [
  name,
  (more) => ({ ...offering('LOGIN'), [moment]: `${reply}${more}` satisfies Move }),
  next,
  lastWord,
];

const moments: readonly Moment[] = [
  mail('EHLO after TLS', 'ehloAfterTls', '250-x\r\n250 AUTH LOGIN\r\n', 'authenticate', /^EHLO/),
  [
    'the challenge of LOGIN',
    (more) => ({ ...offering('LOGIN'), AUTH: `334 UGFzc3dvcmQ6\r\n${more}` }),
    'authenticate',
    /^AUTH LOGIN /,
  ],
  [
    'the challenge of NTLM',
    (more) => ({ ...offering('NTLM'), AUTH: behind(ntlmScript(account).AUTH, more) }),
    'authenticate',
    /^AUTH NTLM /,
  ],
  ...[0, 1, 2].map((round): Moment => {
    const at = (more: string): Script => {
      const { AUTH, challenged } = gssapiScript(account);
      const answers = [AUTH, ...challenged].map((answer, i) => (i === round ? behind(answer, more) : answer));
      const [first = '', ...rest] = answers;
      return { ...offering('GSSAPI'), AUTH: first, challenged: rest };
    };
    return [
      `challenge ${round + 1} of GSSAPI`,
      at,
      'authenticate',
      round === 1 ? /^\S{200,}$/ : /^(?:AUTH GSSAPI .*)?$/,
    ];
  }),
  [
    'the yes to LOGIN',
    (more) => ({ ...offering('LOGIN'), challenged: [`235 2.7.0 welcome\r\n${more}`] }),
    'MAIL FROM',
    /^\S{20,}$/,
  ],
  mail('MAIL', 'MAIL', '250 ok\r\n', 'RCPT TO', /^MAIL/),
  mail('RCPT', 'RCPT', '250 ok\r\n', 'DATA', /^RCPT/),
  mail('DATA', 'DATA', '354 go on\r\n', 'DATA', /^DATA/),
];

describe.concurrent('D6: what comes unasked ends the session, and nothing more is said', () => {
  const all = moments.flatMap(([name, ...moment]) =>
    forged.map(([what, bytes]) => [what, name, bytes, ...moment] as const),
  );

  test.each(all)('%s behind %s', async (_what, _name, bytes, script, next, lastWord) => {
    const server = await misbehavingServer({ tls: identity, ...script(bytes) });
    const outcome = await attempt(server, { authority, login: true });
    await server.allClosed();
    await server.close();
    expect(outcome.session?.stopped).toEqual({ step: next, failure: { kind: 'injected' } });
    expect(server.received.secured.split('\r\n').at(-2)).toMatch(lastWord);
    expect(server.messages).toEqual([]);
    expectSafe(outcome, server, password, true);
  });
});
