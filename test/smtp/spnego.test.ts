import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../server/src/settings/secret.ts';
import { fromBase64 } from '../../server/src/smtp/base64.ts';
import { mechListOf, readReply, writeFirst, writeNext } from '../../server/src/smtp/mechanisms/gssapi/spnego.ts';
import { gssapi } from '../../server/src/smtp/mechanisms/gssapi.ts';
import type {
  Exchange,
  Kerberos,
  KerberosFailure,
  KerberosToken,
  Turn,
} from '../../server/src/smtp/mechanisms/mechanism.ts';
import { gssapiScript, oids, readOffer, readResponse, reply } from '../servers/gssapi-acceptor.ts';
import { challengeOf } from '../servers/ntlm-acceptor.ts';
import { loginContext } from './login-context.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const text = (value: string) => new TextEncoder().encode(value);
const credentials = { userName: 'CONTOSO\\svc-mail', password: new Secret('a password nobody has') };

/** The bytes a turn says. */
function said(turn: Turn): Buffer {
  if (turn.kind === 'fault') throw new Error(turn.fault);
  return Buffer.from(fromBase64(turn.line) ?? text('not base64'));
}

function faultOf(turn: Turn): string | undefined {
  return turn.kind === 'fault' ? turn.fault : undefined;
}

/** Kerberos that says `AP-REQ`, is complete after `AP-REP`, and wraps a text between brackets. */
function kerberosOf(principal = 'svc-mail@CONTOSO.COM'): Kerberos {
  return {
    async begin({ host }) {
      let complete = false;
      return {
        kind: 'context',
        get principal() {
          return complete ? principal : undefined;
        },
        async step(challenge): Promise<KerberosToken | KerberosFailure> {
          if (!challenge) return { kind: 'token', token: text(`AP-REQ for ${host}`), complete: false };
          complete = Buffer.from(challenge).toString() === 'AP-REP';
          if (complete) return { kind: 'token', token: new Uint8Array(), complete };
          return { kind: 'failure', cause: 'other', detail: 'Mutual authentication failed' };
        },
        async unwrap(message) {
          return message[0] === 0x5b && message.at(-1) === 0x5d ? message.subarray(1, -1) : undefined;
        },
        wrap: async (message) => Buffer.concat([text('['), message, text(']')]),
      };
    },
  };
}

async function begin(kerberos: Kerberos | undefined): Promise<{ exchange: Exchange; notes: string[] }> {
  const notes: string[] = [];
  const exchange = await gssapi.begin(
    credentials,
    loginContext({ host: 'localhost', kerberos, note: (note) => notes.push(note) }),
  );
  return { exchange, notes };
}

describe('the tokens of SPNEGO', () => {
  const mechList = mechListOf(['1.2.840.113554.1.2.2', '1.3.6.1.4.1.311.2.2.10']);

  test('a list of mechanisms', () => {
    expect(hex(mechList)).toBe(`30170609${oids.kerberos}060a${oids.ntlm}`);
  });

  test('the first token', () => {
    expect(hex(writeFirst(mechList, text('token')))).toBe(
      `60300606${oids.spnego}a0263024a019${hex(mechList)}a2070405${hex(text('token'))}`,
    );
  });

  test('the next ones', () => {
    expect(hex(writeNext(text('token'), undefined))).toBe(`a110300ea0030a0101a2070405${hex(text('token'))}`);
    expect(hex(writeNext(undefined, text('mic')))).toBe(`a10e300ca0030a0101a3050403${hex(text('mic'))}`);
  });

  test('a reply is read', () => {
    const token = text('x'.repeat(300));
    const bytes = reply({ state: 3, mechanism: oids.ntlm, token, mic: text('mic') });
    expect(readReply(Uint8Array.from(bytes))).toEqual({
      state: 'requestMic',
      mechanism: '1.3.6.1.4.1.311.2.2.10',
      token,
      mechListMic: text('mic'),
    });
    expect(readReply(reply({}))).toEqual({
      state: undefined,
      mechanism: undefined,
      token: undefined,
      mechListMic: undefined,
    });
  });

  test('of any bytes it is read, or is none', () => {
    const whole = reply({ state: 1, mechanism: oids.ntlm, token: challengeOf({}), mic: new Uint8Array(16) });
    const changed = fc
      .tuple(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), fc.nat(whole.length))
      .map(([changes, length]) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes.subarray(0, length);
      });
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        const parts = readReply(bytes);
        expect(parts === undefined || 'state' in parts).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('with Kerberos', () => {
  test('is offered first, NTLM after it, and takes no layer', async () => {
    const { exchange, notes } = await begin(kerberosOf());
    const offer = readOffer(said(exchange.initial));
    expect(offer.mechanisms).toEqual([oids.kerberos, oids.ntlm]);
    expect(offer.token.toString()).toBe('AP-REQ for localhost');
    expect(exchange.end()).toBe('tooEarly');

    const last = await exchange.answer(reply({ state: 0, mechanism: oids.kerberos, token: text('AP-REP') }));
    expect(last).toEqual({ kind: 'line', line: '' });
    expect(exchange.inside).toBe('Kerberos');
    expect(exchange.noKerberos).toBeUndefined();
    expect(notes).toEqual(['Kerberos: the ticket is that of svc-mail@CONTOSO.COM.']);
    expect(exchange.end()).toBeUndefined();

    const layer = await exchange.answer(Buffer.concat([text('['), Uint8Array.of(7, 0, 16, 0), text(']')]));
    expect(said(layer)).toEqual(Buffer.concat([text('['), Uint8Array.of(1, 0, 0, 0), text(']')]));
    expect(exchange.end()).toBeUndefined();
    expect(faultOf(await exchange.answer(text('more')))).toBe('unexpected');
  });

  test('Microsoft’s number for it is the same mechanism', async () => {
    const { exchange } = await begin(kerberosOf());
    const answer = reply({ state: 0, mechanism: oids.microsoftKerberos, token: text('AP-REP') });
    expect(await exchange.answer(answer)).toEqual({ kind: 'line', line: '' });
  });

  test('a ticket of another user than the settings name is pointed out', async () => {
    const { exchange, notes } = await begin(kerberosOf('developer@CONTOSO.COM'));
    await exchange.answer(reply({ state: 0, token: text('AP-REP') }));
    expect(notes).toEqual(['Kerberos: the ticket is that of developer@CONTOSO.COM, and not of CONTOSO\\svc-mail.']);
  });

  test('the server has to prove itself', async () => {
    const early = await begin(kerberosOf());
    expect(faultOf(await early.exchange.answer(reply({ state: 0, mechanism: oids.kerberos })))).toBe('tooEarly');
    expect(early.exchange.end()).toBe('tooEarly');
    const wrong = await begin(kerberosOf());
    expect(faultOf(await wrong.exchange.answer(reply({ state: 0, token: text('something else') })))).toBe('unexpected');
    expect(wrong.notes).toEqual(['Kerberos: the server’s answer was not accepted (Mutual authentication failed).']);
    expect(wrong.exchange.end()).toBe('tooEarly');
  });

  test('it may go on once more before it is through', async () => {
    const { exchange } = await begin(kerberosOf());
    const more = await exchange.answer(reply({ state: 1, mechanism: oids.kerberos, token: text('AP-REP') }));
    expect(readResponse(said(more))).toEqual({ token: Buffer.alloc(0), mic: Buffer.alloc(0) });
    expect(await exchange.answer(reply({ state: 0 }))).toEqual({ kind: 'line', line: '' });
    expect(exchange.end()).toBeUndefined();
  });

  test('a signature of the choice cannot be given', async () => {
    const { exchange } = await begin(kerberosOf());
    const answer = reply({ state: 3, mechanism: oids.kerberos, token: text('AP-REP') });
    expect(faultOf(await exchange.answer(answer))).toBe('unexpected');
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['not wrapped', Uint8Array.of(7, 0, 0, 0)],
    ['a layer only', Buffer.from('[\x06\0\x10\0]')],
    ['cut off', Buffer.from('[\x07]')],
  ])('a layer step with %s is not answered', async (_, layers) => {
    const { exchange } = await begin(kerberosOf());
    await exchange.answer(reply({ state: 0, token: text('AP-REP') }));
    expect(faultOf(await exchange.answer(layers))).toBe('noLayer');
  });
});

describe('where the server chooses NTLM although Kerberos was offered', () => {
  const account = {
    userName: 'svc-mail',
    domain: 'CONTOSO',
    password: credentials.password.reveal(),
    host: 'localhost',
  };

  /** Up to the CHALLENGE: the acceptor gets the offer as if NTLM had been in it. */
  async function chosen(wish: Parameters<typeof gssapiScript>[0]) {
    const { exchange } = await begin(kerberosOf());
    const offer = readOffer(said(exchange.initial));
    const negotiate = readResponse(said(await exchange.answer(reply({ state: 3, mechanism: oids.ntlm })))).token;
    const acceptor = gssapiScript(wish);
    const start = writeFirst(offer.mechList, negotiate);
    const line = (answer: (typeof acceptor)['AUTH'], what: Uint8Array, prefix = '') => {
      const move = typeof answer === 'function' ? answer(`${prefix}${Buffer.from(what).toString('base64')}`) : answer;
      return Buffer.from(String(move).replace(/^\d+ /, ''), 'base64');
    };
    const first = line(acceptor.AUTH, start, 'AUTH GSSAPI ');
    const [authenticated = '', layers = ''] = acceptor.challenged;
    return { exchange, acceptor, first, line, authenticated, layers };
  }

  test('it is begun, and the choice is signed by both', async () => {
    const { exchange, acceptor, first, line, authenticated, layers } = await chosen({
      ...account,
      serverEndPoint: new Uint8Array(32).fill(0x42),
    });
    const second = line(authenticated, said(await exchange.answer(first)));
    expect(acceptor.problems).toEqual([]);
    expect(exchange.inside).toBe('NTLM');
    expect(exchange.end()).toBe('tooEarly');
    expect(await exchange.answer(second)).toEqual({ kind: 'line', line: '' });
    expect(exchange.end()).toBeUndefined();
    const choice = said(await exchange.answer(line(layers, new Uint8Array())));
    expect(choice.subarray(16)).toEqual(Buffer.of(1, 0, 0, 0));
  });

  test('without the server’s signature it is not accepted', async () => {
    const { exchange, first, line, authenticated } = await chosen({ ...account, mic: 'absent' });
    const second = line(authenticated, said(await exchange.answer(first)));
    expect(faultOf(await exchange.answer(second))).toBe('tooEarly');
  });

  test('it cannot change its mind', async () => {
    const { exchange } = await chosen(account);
    expect(faultOf(await exchange.answer(reply({ state: 1, mechanism: oids.kerberos, token: text('AP-REP') })))).toBe(
      'kerberosOnly',
    );
    const other = await begin(kerberosOf());
    await other.exchange.answer(reply({ state: 1, mechanism: oids.kerberos, token: text('AP-REP') }));
    expect(faultOf(await other.exchange.answer(reply({ state: 1, mechanism: oids.ntlm })))).toBe('unexpected');
  });
});

test('whatever a server says, each answer is a line or a fault, and it never may end before it has proved anything', async () => {
  const token = fc.constantFrom(text('AP-REP'), challengeOf({}), new Uint8Array(), text('x'));
  const mechanism = fc.constantFrom(oids.kerberos, oids.ntlm, oids.microsoftKerberos, '2a0304');
  const option = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
  const replies = fc
    .record({ state: option(fc.nat(4)), mechanism: option(mechanism), token: option(token), mic: option(token) })
    .map((parts) => {
      const given = Object.entries(parts).filter(([, value]) => value !== undefined);
      return reply(Object.fromEntries(given));
    });
  const anything = fc.oneof({ weight: 5, arbitrary: replies }, fc.uint8Array({ maxLength: 60 }));
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(anything, { maxLength: 6 }), async (hasKerberos, challenges) => {
      const { exchange } = await begin(hasKerberos ? kerberosOf() : undefined);
      expect(exchange.end()).toBe('tooEarly');
      for (const challenge of challenges) {
        const turn = await exchange.answer(challenge);
        if (turn.kind === 'fault') break;
        expect(turn.line).toMatch(/^[A-Za-z0-9+/]*={0,2}$/);
      }
      const heard = challenges.map((each) => Buffer.from(each).toString('latin1')).join();
      if (!/AP-REP|NTLMSSP/.test(heard)) expect(exchange.end()).toBe('tooEarly');
      exchange.dispose();
    }),
    { numRuns: 300 },
  );
});
