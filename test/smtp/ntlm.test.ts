import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Secret } from '../../server/src/settings/secret.ts';
import { readChallenge } from '../../server/src/smtp/mechanisms/ntlm/challenge.ts';
import { ntlmClient } from '../../server/src/smtp/mechanisms/ntlm/client.ts';
import { hmacMd5, md4, md5 } from '../../server/src/smtp/mechanisms/ntlm/digests.ts';
import { netBiosName, ntlmUser, upperCase, utf16 } from '../../server/src/smtp/mechanisms/ntlm/names.ts';
import { rc4 } from '../../server/src/smtp/mechanisms/ntlm/rc4.ts';
import {
  fileTime,
  lmV2Response,
  ntlmV2Response,
  responseKey,
} from '../../server/src/smtp/mechanisms/ntlm/responses.ts';
import {
  messageSignature,
  sealingKey,
  signatures,
  signingKey,
} from '../../server/src/smtp/mechanisms/ntlm/signatures.ts';
import { readPairs } from '../../server/src/smtp/mechanisms/ntlm/target-info.ts';
import { type ChallengeWish, challengeOf, pair, targetInfoOf } from '../servers/ntlm-acceptor.ts';
import { loginContext } from './login-context.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const text = (value: string) => new TextEncoder().encode(value);

describe('the digests of the RFCs', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const digits = '1234567890'.repeat(8);

  test.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    [letters, '043f8582f241db351ce627e153e7f0e4'],
    [digits, 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('MD4 (RFC 1320): %j', (message, digest) => {
    expect(hex(md4(text(message)))).toBe(digest);
  });

  test.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a', '0cc175b9c0f1b6a831c399e269772661'],
    ['abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
    [letters, 'd174ab98d277d9f5a5611c2c9f419d9f'],
    [digits, '57edf4a22be3c955ac49da2e2107b67a'],
  ])('MD5 (RFC 1321): %j', (message, digest) => {
    expect(hex(md5(text(message)))).toBe(digest);
  });

  test.each([
    ['0b'.repeat(16), hex(text('Hi There')), '9294727a3638bb1c13f48ef8158bfc9d'],
    [hex(text('Jefe')), hex(text('what do ya want for nothing?')), '750c783e6ab0b503eaa86e310a5db738'],
    ['aa'.repeat(16), 'dd'.repeat(50), '56be34521d144c88dbb8c733f0e8b3f6'],
    ['0102030405060708090a0b0c0d0e0f10111213141516171819', 'cd'.repeat(50), '697eaf0aca3a3aea3a75164746ffaa79'],
  ])('HMAC-MD5 (RFC 2202): key %s', (key, message, digest) => {
    expect(hex(hmacMd5(bytes(key), bytes(message)))).toBe(digest);
  });

  test('of any message, in any pieces, they are those of Node', () => {
    const piece = fc.uint8Array({ maxLength: 150 });
    fc.assert(
      fc.property(piece, piece, fc.uint8Array({ maxLength: 64 }), (one, two, key) => {
        expect(hex(md5(one, two))).toBe(createHash('md5').update(one).update(two).digest('hex'));
        expect(hex(hmacMd5(key, one, two))).toBe(createHmac('md5', key).update(one).update(two).digest('hex'));
        expect(hex(md4(one, two))).toBe(hex(md4(Buffer.concat([one, two]))));
      }),
    );
  });
});

describe('RC4', () => {
  test.each([
    ['Key', 'Plaintext', 'bbf316e8d940af0ad3'],
    ['Wiki', 'pedia', '1021bf0420'],
    ['Secret', 'Attack at dawn', '45a01f645fc35b383552544b9bf5'],
  ])('with the key %s', (key, plain, sealed) => {
    expect(hex(rc4(text(key)).apply(text(plain)))).toBe(sealed);
  });

  test('the key stream of RFC 6229 for 128 bits', () => {
    const stream = rc4(bytes('0102030405060708090a0b0c0d0e0f10'));
    expect(hex(stream.apply(new Uint8Array(16)))).toBe('9ac7cc9a609d1ef7b2932899cde41b97');
    expect(hex(stream.apply(new Uint8Array(16)))).toBe('5248c4959014126a6e8a84f11d1a9e1c');
  });
});

/** MS-NLMP, section 4.2: what the values are made of. */
const published = {
  user: { name: 'User', domain: 'Domain' },
  password: new Secret('Password'),
  serverNonce: bytes('0123456789abcdef'),
  clientNonce: bytes('aaaaaaaaaaaaaaaa'),
  time: new Uint8Array(8),
  targetInfo: bytes('02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000'),
  randomSessionKey: bytes('55'.repeat(16)),
  /** 4.2.4: with extended session security, key exchange, signing, sealing and 128 bits. */
  flags: 0xe28a8233,
};

describe('the published values of NTLMv2 (MS-NLMP, section 4.2.4)', () => {
  const key = responseKey(published.password, published.user);
  const { ntResponse, sessionBaseKey } = ntlmV2Response({ ...published, key });

  test('NTOWFv2', () => {
    expect(hex(key)).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
  });

  test('the response: proof, and what it is over', () => {
    expect(hex(ntResponse.subarray(0, 16))).toBe('68cd0ab851e51c96aabc927bebef6a1c');
    expect(hex(ntResponse.subarray(16))).toBe(
      '01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000',
    );
  });

  test('LMv2', () => {
    expect(hex(lmV2Response({ ...published, key }))).toBe('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa');
  });

  test('the keys of the session', () => {
    expect(hex(sessionBaseKey)).toBe('8de40ccadbc14a82f15cb0ad0de95ca3');
    expect(hex(rc4(sessionBaseKey).apply(published.randomSessionKey))).toBe('c5dad2544fc9799094ce1ce90bc9d03e');
  });

  test('the signature behind a sealed message', () => {
    const { randomSessionKey, flags } = published;
    const sealKey = sealingKey(randomSessionKey, flags, 'client-to-server');
    const signKey = signingKey(randomSessionKey, 'client-to-server');
    expect(hex(sealKey)).toBe('59f600973cc4960a25480a7c196e4c58');
    expect(hex(signKey)).toBe('4788dc861b4782f35d43fd98fe1a2d39');
    const stream = rc4(sealKey);
    const message = utf16('Plaintext');
    expect(hex(stream.apply(message))).toBe('54e50165bf1936dc996020c1811b0f06fb5f');
    expect(hex(messageSignature({ signKey, stream, sequence: 0, message }))).toBe('010000007fb38ec5c55d497600000000');
  });
});

describe('names', () => {
  test.each([
    ['CONTOSO\\svc-mail', 'CONTOSO', 'svc-mail'],
    ['svc-mail@contoso.com', '', 'svc-mail@contoso.com'],
    ['svc-mail', '', 'svc-mail'],
    ['CONTOSO\\odd\\name', 'CONTOSO', 'odd\\name'],
    ['.\\local', '.', 'local'],
  ])('%s', (userName, domain, name) => {
    expect(ntlmUser(userName)).toEqual({ name, domain });
  });

  test('capitals are made one for one, and stay in or out of ASCII', () => {
    expect(upperCase('svc-Mail ünï ß ı ſ ÿ')).toBe('SVC-MAIL ÜNÏ ß ı ſ Ÿ');
  });

  test('a computer has its NetBIOS name', () => {
    expect(netBiosName('sp-app01.contoso.com')).toBe('SP-APP01');
    expect(netBiosName('a-very-long-computer-name')).toBe('A-VERY-LONG-COM');
  });

  test('text is little endian', () => {
    expect(hex(utf16('Aü😀'))).toBe(Buffer.from('Aü😀', 'utf16le').toString('hex'));
  });
});

test('time is counted from 1601', () => {
  const view = new DataView(fileTime(new Date(Date.UTC(2026, 0, 1))).buffer);
  expect(view.getBigUint64(0, true)).toBe(134_116_992_000_000_000n);
});

describe('a challenge', () => {
  const fault = (wish: ChallengeWish) => {
    const result = readChallenge(challengeOf(wish));
    return result.kind === 'fault' ? result.fault : result.kind;
  };

  test('is read', () => {
    const challenge = readChallenge(challengeOf({}));
    expect(challenge).toMatchObject({ kind: 'challenge', nonce: bytes('0123456789abcdef') });
  });

  test.each<[string, ChallengeWish, string]>([
    ['without extended session security', { without: 0x0008_0000 }, 'ntlmV1Only'],
    ['without extended session security and target info', { without: 0x0088_0000 }, 'ntlmV1Only'],
    ['without target information', { without: 0x0080_0000 }, 'ntlmNoTargetInfo'],
    ['with empty target information', { targetInfo: new Uint8Array() }, 'ntlmNoTargetInfo'],
    ['with target information that only ends', { targetInfo: targetInfoOf([]) }, 'ntlmNoTargetInfo'],
    ['without Unicode', { without: 1 }, 'malformed'],
    ['of another type', { type: 3 }, 'malformed'],
    ['of another protocol', { signature: 'NTLMSSQ\0' }, 'malformed'],
    ['target information behind the end', { targetInfoOffset: 60_000 }, 'malformed'],
    ['target information that ends behind the end', { targetInfoLength: 60_000 }, 'malformed'],
    ['target information at 4 GB', { targetInfoOffset: 0xffff_ffff }, 'malformed'],
    ['target information before the message', { targetInfoOffset: 0 }, 'malformed'],
    ['target information over its own place', { targetInfoOffset: 40 }, 'malformed'],
    ['a target name behind the end', { targetNameOffset: 50_000 }, 'malformed'],
    ['a pair that is cut off', { targetInfo: bytes('0200ff0041') }, 'malformed'],
    ['pairs without an end', { targetInfo: pair(2, utf16('CONTOSO')) }, 'malformed'],
  ])('%s', (_, wish, expected) => {
    expect(fault(wish)).toBe(expected);
  });

  test('of any length that is cut off is told apart or malformed', () => {
    const whole = challengeOf({});
    for (let length = 0; length < whole.length; length++) {
      expect(readChallenge(whole.subarray(0, length)).kind).toBe('fault');
    }
  });

  test('is read without looking outside it, whatever it holds', () => {
    const around = (message: Uint8Array) => {
      const room = new Uint8Array(message.length + 200).fill(0xee);
      room.set(message, 100);
      return room.subarray(100, 100 + message.length);
    };
    const changed = fc
      .tuple(fc.array(fc.tuple(fc.nat(255), fc.nat(255)), { maxLength: 12 }), fc.nat(400))
      .map(([changes, length]) => {
        const message = challengeOf({});
        for (const [at, value] of changes) message[at % message.length] = value;
        return message.subarray(0, length);
      });
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 300 })), (message) => {
        const inside = readChallenge(around(message));
        expect(inside).toEqual(readChallenge(message));
        if (inside.kind === 'fault') return;
        for (const { value } of inside.targetInfo) {
          const outside = value.buffer.byteLength - 100;
          expect(value.byteOffset).toBeGreaterThanOrEqual(100);
          expect(value.byteOffset + value.length).toBeLessThanOrEqual(outside);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('pairs are read to their end, whatever they hold', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (list) => {
        const pairs = readPairs(list) ?? [];
        expect(pairs.reduce((sum, { value }) => sum + 4 + value.length, 0)).toBeLessThanOrEqual(list.length);
      }),
    );
  });
});

describe('what is sent', () => {
  const noTime = targetInfoOf([pair(2, utf16('CONTOSO'))]);
  const credentials = { userName: 'CONTOSO\\svc-mail', password: new Secret('a password nobody has') };

  test('NEGOTIATE names nobody and asks for no LM', () => {
    const { negotiate } = ntlmClient(credentials, loginContext());
    expect(hex(negotiate)).toBe(
      ['4e544c4d53535000', '01000000', '158208e2', '0'.repeat(32), '0a0063450000000f'].join(''),
    );
  });

  test('keys are wiped', () => {
    const random: Uint8Array[] = [];
    const client = ntlmClient(
      credentials,
      loginContext({
        random: (length) => {
          const made = new Uint8Array(length).fill(0x5a);
          random.push(made);
          return made;
        },
      }),
    );
    const answer = client.authenticate(challengeOf({}));
    if (answer.kind === 'fault') throw new Error(answer.fault);
    const before = answer.signatures?.sign(text('x'));
    client.wipe();
    const sessionKey = random.find(({ length }) => length === 16);
    expect(hex(sessionKey ?? text('none'))).toBe('0'.repeat(32));
    expect(answer.signatures?.sign(text('x'))).not.toEqual(before);
  });

  test.each([challengeOf({}), challengeOf({ without: 0x4000_0000 }), challengeOf({ targetInfo: noTime })])(
    'D24: of all that was made of the password, what is left is what was sent (%#)',
    async (challenge) => {
      const made: Uint8Array[] = [];
      vi.doMock('../../server/src/smtp/mechanisms/ntlm/digests.ts', async (original) => {
        const real = await original<typeof import('../../server/src/smtp/mechanisms/ntlm/digests.ts')>();
        const keep = (digest: Uint8Array) => {
          made.push(digest);
          return digest;
        };
        return {
          md4: (...message: readonly Uint8Array[]) => keep(real.md4(...message)),
          md5: (...message: readonly Uint8Array[]) => keep(real.md5(...message)),
          hmacMd5: (key: Uint8Array, ...message: readonly Uint8Array[]) => keep(real.hmacMd5(key, ...message)),
        };
      });
      vi.resetModules();
      try {
        const { ntlmClient: begin } = await import('../../server/src/smtp/mechanisms/ntlm/client.ts');
        const client = begin(credentials, loginContext());
        const answer = client.authenticate(challenge);
        if (answer.kind === 'fault') throw new Error(answer.fault);
        client.wipe();
        const sent = hex(answer.message);
        const left = made.filter((digest) => digest.some((byte) => byte !== 0)).map(hex);
        expect(left.filter((digest) => !sent.includes(digest))).toEqual([]);
        expect(made.length - left.length).toBeGreaterThanOrEqual(7);
      } finally {
        vi.doUnmock('../../server/src/smtp/mechanisms/ntlm/digests.ts');
        vi.resetModules();
      }
    },
  );

  test('a key is exchanged only for signatures', () => {
    const client = ntlmClient(credentials, loginContext());
    const answer = client.authenticate(challengeOf({ without: 0x10 }));
    if (answer.kind === 'fault') throw new Error(answer.fault);
    expect(answer.signatures).toBeUndefined();
    const view = new DataView(answer.message.buffer);
    expect(view.getUint16(52, true)).toBe(0);
    expect(view.getUint32(60, true) & 0x4000_0010).toBe(0);
  });
});

describe('signatures', () => {
  const key = bytes('55'.repeat(16));

  test('count, and begin their key streams anew', () => {
    const side = signatures(key, published.flags);
    const one = hex(side.sign(text('same')));
    const two = hex(side.sign(text('same')));
    side.restartKeyStreams();
    const three = hex(side.sign(text('same')));
    expect([one, two, three].map((each) => each.slice(24))).toEqual(['00000000', '01000000', '02000000']);
    expect(new Set([one, two, three]).size).toBe(3);
    expect(side.isSigned(text('same'), bytes(one))).toBe(false);
  });
});
