import type { LoginFault } from '../../server/src/smtp/mechanisms/mechanism.ts';
import {
  bytesOf,
  challenge,
  type GssapiWish,
  gssapiScript,
  ntlmScript,
  oids,
  readOffer,
  reply,
} from '../servers/gssapi-acceptor.ts';
import type { Move, Script } from '../servers/misbehaving.ts';
import { type ChallengeWish, challengeOf, pair, targetInfoOf } from '../servers/ntlm-acceptor.ts';
import { password } from './attempt.ts';

/** A server that misbehaves at AUTH NTLM or AUTH GSSAPI, and what must come of it. */
export interface LoginMisbehaviour {
  readonly name: string;
  /** Made anew for each login. */
  readonly script: () => Script;
  /** Absent where something else than the login ends the session. */
  readonly fault?: LoginFault;
  readonly failure?: string;
}

/** The one user of these servers. */
export const account = { userName: 'svc-mail', domain: 'CONTOSO', password, host: 'localhost' };

export const offering = (mechanisms: string) => ({ ehloAfterTls: `250-mail.test\r\n250 AUTH ${mechanisms}\r\n` });

const base64 = (text: string) => Buffer.from(text).toString('base64');
const onlyNtlm = offering('NTLM LOGIN');
const onlyGssapi = offering('GSSAPI NTLM LOGIN');

function atNtlm(name: string, AUTH: Move, fault: LoginFault): LoginMisbehaviour {
  return { name: `NTLM: ${name}`, script: () => ({ ...onlyNtlm, AUTH }), fault };
}

function withChallenge(name: string, wish: ChallengeWish, fault: LoginFault): readonly LoginMisbehaviour[] {
  const inSpnego = () => challenge(reply({ state: 1, mechanism: oids.ntlm, token: challengeOf(wish) }));
  return [
    atNtlm(name, challenge(challengeOf(wish)), fault),
    { name: `GSSAPI: ${name}`, script: () => ({ ...onlyGssapi, AUTH: inSpnego() }), fault },
  ];
}

function atGssapi(name: string, AUTH: Move, fault: LoginFault): LoginMisbehaviour {
  return { name: `GSSAPI: ${name}`, script: () => ({ ...onlyGssapi, AUTH }), fault };
}

function withAcceptor(name: string, wish: Partial<GssapiWish>, fault: LoginFault): LoginMisbehaviour {
  const script = () => ({ ...onlyGssapi, ...gssapiScript({ ...account, ...wish }) });
  return { name: `GSSAPI: ${name}`, script, fault };
}

/** A decent acceptor, but for one of its answers. */
function afterwards(name: string, at: 0 | 1 | 2, move: Move, fault: LoginFault): LoginMisbehaviour {
  const script = () => {
    const { AUTH, challenged } = gssapiScript(account);
    return { ...onlyGssapi, AUTH, challenged: [...challenged.slice(0, at), move] };
  };
  return { name: `GSSAPI: ${name}`, script, fault };
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

export const hostileLogins: readonly LoginMisbehaviour[] = [
  ...withChallenge('only NTLMv1 is spoken', { without: 0x0008_0000 }, 'ntlmV1Only'),
  ...withChallenge('no target information', { without: 0x0080_0000 }, 'ntlmNoTargetInfo'),
  ...withChallenge('empty target information', { targetInfo: targetInfoOf([]) }, 'ntlmNoTargetInfo'),
  ...withChallenge('target information outside the message', { targetInfoOffset: 5_000 }, 'malformed'),
  ...withChallenge('target information at 4 GB', { targetInfoOffset: 0xffff_fff0 }, 'malformed'),
  ...withChallenge('target information that has no end', { targetInfo: pair(2, utf16('CONTOSO')) }, 'malformed'),
  ...withChallenge('a target name outside the message', { targetNameOffset: 5_000 }, 'malformed'),
  ...withChallenge('an AUTHENTICATE comes from the server', { type: 3 }, 'malformed'),
  atNtlm('the challenge is no NTLM', `334 ${base64('Password:')}\r\n`, 'malformed'),
  atNtlm('an empty challenge', '334 \r\n', 'malformed'),
  atNtlm('a challenge that is not base64', '334 NTLM supported\r\n', 'notBase64'),
  atNtlm('yes before AUTHENTICATE', '235 2.7.0 welcome\r\n', 'tooEarly'),
  {
    name: 'NTLM: a second challenge',
    script: () => ({ ...onlyNtlm, ...ntlmScript(account), challenged: [challenge(challengeOf({}))] }),
    fault: 'unexpected',
  },
  {
    name: 'NTLM: a huge challenge',
    script: () => ({ ...onlyNtlm, AUTH: `334 ${'A'.repeat(20_000)}\r\n` }),
    failure: 'flooded',
  },
  atGssapi('the challenge is no SPNEGO', challenge(challengeOf({})), 'malformed'),
  atGssapi('an empty challenge', '334 \r\n', 'malformed'),
  atGssapi('bytes behind the token', challenge(Buffer.concat([reply({ state: 2 }), Buffer.of(0)])), 'malformed'),
  atGssapi('a token in a token in a token', challenge(Buffer.alloc(3_000, 'a180', 'hex')), 'malformed'),
  atGssapi('the negotiation is rejected', challenge(reply({ state: 2 })), 'spnegoRejected'),
  atGssapi('Kerberos only', challenge(reply({ state: 1, mechanism: oids.kerberos })), 'kerberosOnly'),
  atGssapi('Kerberos only, by its other name', challenge(reply({ mechanism: oids.microsoftKerberos })), 'kerberosOnly'),
  atGssapi('Kerberos only, and rejected', challenge(reply({ state: 2, mechanism: oids.kerberos })), 'kerberosOnly'),
  atGssapi('a mechanism nobody offered', challenge(reply({ state: 1, mechanism: '2a0304' })), 'unexpected'),
  atGssapi('nothing at all in the reply', challenge(reply({})), 'unexpected'),
  atGssapi('no challenge inside', challenge(reply({ state: 1, mechanism: oids.ntlm })), 'unexpected'),
  atGssapi('accepted before anything was proved', challenge(reply({ state: 0 })), 'tooEarly'),
  atGssapi(
    'accepted together with the challenge',
    challenge(reply({ state: 0, mechanism: oids.ntlm, token: challengeOf({}) })),
    'tooEarly',
  ),
  atGssapi('yes before AUTHENTICATE', '235 2.7.0 welcome\r\n', 'tooEarly'),
  withAcceptor('a wrong signature of the choice', { mic: 'wrong' }, 'tooEarly'),
  withAcceptor('no signature of the choice, though asked for', { mic: 'absent', requestMic: true }, 'tooEarly'),
  withAcceptor('yes without the signature it asked for', { afterwards: 'yesAtOnce', requestMic: true }, 'tooEarly'),
  withAcceptor('a wrong signature at the layer step', { layerSignature: 'wrong' }, 'noLayer'),
  withAcceptor('a layer is demanded', { layers: Uint8Array.of(6, 0, 16, 0) }, 'noLayer'),
  withAcceptor('the layers are cut off', { layers: Uint8Array.of(7) }, 'noLayer'),
  withAcceptor('the layers are too long', { layers: Uint8Array.of(7, 0, 16, 0, 0) }, 'noLayer'),
  afterwards(
    'another challenge after AUTHENTICATE',
    0,
    challenge(reply({ state: 1, token: challengeOf({}) })),
    'unexpected',
  ),
  afterwards('not through after AUTHENTICATE', 0, challenge(reply({ state: 1 })), 'unexpected'),
  afterwards('rejected after AUTHENTICATE', 0, challenge(reply({ state: 2 })), 'spnegoRejected'),
  afterwards('an empty layer step', 1, '334 \r\n', 'noLayer'),
  afterwards('a layer step that is not base64', 1, '334 what?\r\n', 'notBase64'),
  afterwards('a challenge after the layer step', 2, challenge(Buffer.from('more')), 'unexpected'),
  {
    name: 'GSSAPI: an endless row of accepted choices',
    script: () => ({ ...onlyGssapi, AUTH: challenge(reply({ state: 3, mechanism: oids.ntlm })) }),
    fault: 'unexpected',
  },
  {
    name: 'GSSAPI: the client’s own token comes back',
    script: () => ({ ...onlyGssapi, AUTH: (line) => challenge(bytesOf(line)) }),
    fault: 'malformed',
  },
  {
    name: 'GSSAPI: the client’s own NEGOTIATE comes back',
    script: () => ({
      ...onlyGssapi,
      AUTH: (line) => challenge(reply({ state: 1, mechanism: oids.ntlm, token: readOffer(bytesOf(line)).token })),
    }),
    fault: 'malformed',
  },
];
