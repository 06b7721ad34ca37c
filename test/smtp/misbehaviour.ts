import type { Limits } from '../../server/src/smtp/conversation.ts';
import type { StepName } from '../../server/src/smtp/failure.ts';
import type { TestOutcome } from '../../server/src/smtp/outcome.ts';
import type { Move, Script } from '../servers/misbehaving.ts';
import { password } from './attempt.ts';

/** One way in which a server misbehaves, and what must come of it. */
export interface Misbehaviour {
  readonly name: string;
  readonly script: Script;
  readonly outcome?: TestOutcome['outcome'];
  /** Where it stops; absent where the mail is accepted. */
  readonly step?: StepName;
  readonly explanation?: string;
  readonly limits?: Partial<Limits>;
}

type Row = readonly [name: string, move: Move, step: StepName, explanation: string];

const quick = { reply: 400, connect: 400 };
/** Leaves room for the TLS handshake before it. */
const quickAfterTls = { reply: 1_000 };
const silence = { after: 'silence' } as const;
const close = { after: 'close' } as const;
const reset = { after: 'reset' } as const;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const alert = (description: number) => Uint8Array.of(0x15, 3, 3, 0, 2, 2, description);

function rows(moment: keyof Script, list: readonly Row[]): readonly Misbehaviour[] {
  return list.map(([name, move, step, explanation]) => ({
    name,
    script: { [moment]: move },
    step,
    explanation,
    ...(typeof move !== 'string' && (move.after === 'silence' || move.drip)
      ? { limits: isAfterTls(moment) ? quickAfterTls : quick }
      : {}),
  }));
}

function isAfterTls(moment: keyof Script): boolean {
  return moment === 'ehloAfterTls' || moment === 'AUTH';
}

/** With TLS on and a login set. */
export const aroundStartTls: readonly Misbehaviour[] = [
  ...rows('EHLO', [
    ['STARTTLS is not offered', '250-mail.test\r\n250 AUTH LOGIN\r\n', 'STARTTLS', 'starttls-not-offered'],
    [
      'STARTTLS is offered in lower case only inside a word',
      '250-mail.test\r\n250 xstarttls\r\n',
      'STARTTLS',
      'starttls-not-offered',
    ],
    ['an old server without EHLO', '500 what?\r\n', 'STARTTLS', 'old-server-without-tls'],
    [
      'an answer to STARTTLS before it was sent',
      '250-mail.test\r\n250 STARTTLS\r\n220 early\r\n',
      'STARTTLS',
      'injected',
    ],
    ['part of an answer before STARTTLS was sent', '250-mail.test\r\n250 STARTTLS\r\n22', 'STARTTLS', 'injected'],
  ]),
  ...[221, 250, 354, 421, 450, 454, 500, 501, 502, 503, 530, 554].map((code) => ({
    name: `STARTTLS is answered with ${code}`,
    script: { STARTTLS: `${code} no\r\n` },
    step: 'STARTTLS' as const,
    explanation:
      { 454: 'starttls-unavailable', 500: 'starttls-unknown', 502: 'starttls-unknown' }[code] ?? 'starttls-refused',
  })),
  ...rows('STARTTLS', [
    ['a forged reply behind the go-ahead', '220 go\r\n250 forged\r\n', 'STARTTLS', 'injected'],
    [
      'a forged EHLO answer with LOGIN behind the go-ahead',
      '220 go\r\n250-x\r\n250 AUTH LOGIN\r\n',
      'STARTTLS',
      'injected',
    ],
    ['one byte behind the go-ahead', '220 go\r\n2', 'STARTTLS', 'injected'],
    ['silence at STARTTLS', silence, 'STARTTLS', 'tls-timeout'],
    ['the connection is closed at STARTTLS', close, 'STARTTLS', 'starttls-dropped'],
    ['silence after the go-ahead', { send: '220 go\r\n', after: 'silence' }, 'STARTTLS', 'tls-timeout'],
    ['closed at the TLS hello', { send: '220 go\r\n', toHello: 'close' }, 'STARTTLS', 'tls-closed'],
    ['reset at the TLS hello', { send: '220 go\r\n', toHello: 'reset' }, 'STARTTLS', 'tls-closed'],
    [
      'clear text instead of TLS',
      { send: '220 go\r\n', toHello: Buffer.from('250 trust me\r\n') },
      'STARTTLS',
      'tls-not-tls',
    ],
    [
      'garbage instead of TLS',
      { send: '220 go\r\n', toHello: new Uint8Array(64).fill(0xee) },
      'STARTTLS',
      'tls-not-tls',
    ],
    [
      'a TLS handshake that drips',
      { send: '220 go\r\n', toHello: Uint8Array.of(0x16, 3, 3, 0x10, 0, ...new Uint8Array(500)), drip: 20 },
      'STARTTLS',
      'tls-timeout',
    ],
    ['a TLS alert: handshake failure', { send: '220 go\r\n', toHello: alert(40) }, 'STARTTLS', 'tls-no-cipher'],
    ['a TLS alert: protocol version', { send: '220 go\r\n', toHello: alert(70) }, 'STARTTLS', 'tls-version'],
    ['a TLS alert: internal error', { send: '220 go\r\n', toHello: alert(80) }, 'STARTTLS', 'tls-alert'],
    ['a go-ahead with two codes', '220-go\r\n250 on\r\n', 'STARTTLS', 'malformed'],
  ]),
  ...rows('ehloAfterTls', [
    ['EHLO after TLS: 421', '421 4.7.0 closing\r\n', 'EHLO after TLS', 'dropped-after-tls'],
    ['EHLO after TLS: closed', close, 'EHLO after TLS', 'connection-lost'],
    ['EHLO after TLS: silence', silence, 'EHLO after TLS', 'reply-timeout'],
    ['EHLO after TLS: unknown command', '500 what?\r\n', 'EHLO after TLS', 'ehlo-refused'],
  ]),
  {
    name: 'LOGIN is offered before TLS and not after',
    script: { EHLO: '250-mail.test\r\n250-STARTTLS\r\n250 AUTH LOGIN\r\n', ehloAfterTls: '250 mail.test\r\n' },
    step: 'authenticate',
    explanation: 'login-only-before-tls',
  },
  {
    name: 'STARTTLS is offered once more after TLS, and left alone',
    script: { ehloAfterTls: '250-mail.test\r\n250-STARTTLS\r\n250 AUTH LOGIN\r\n' },
    outcome: 'accepted',
  },
];

/** With TLS on and a login set. */
export const atLogin: readonly Misbehaviour[] = [
  ...rows('ehloAfterTls', [
    ['no login is offered', '250 mail.test\r\n', 'authenticate', 'login-not-offered'],
    [
      'only what SharePoint lacks is offered',
      '250-mail.test\r\n250 AUTH PLAIN XOAUTH2 CRAM-MD5\r\n',
      'authenticate',
      'login-only-foreign',
    ],
    [
      'a name that only begins like LOGIN',
      '250-mail.test\r\n250 AUTH LOGINX\r\n',
      'authenticate',
      'login-only-foreign',
    ],
  ]),
  ...(
    [
      [421, '4.3.2 closing', 'login-temporary'],
      [432, '4.7.12 change your password', 'login-password-expired'],
      [454, '4.7.0 directory down', 'login-temporary'],
      [500, 'line too long', 'login-unknown-mechanism'],
      [504, '5.5.4 unknown mechanism', 'login-unknown-mechanism'],
      [530, '5.7.0 must issue STARTTLS', 'login-wants-starttls'],
      [534, '5.7.9 too weak', 'login-too-weak'],
      [535, '5.7.3 Authentication unsuccessful', 'login-refused-exchange'],
      [
        535,
        '5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant',
        'login-exchange-online-off',
      ],
      [538, '5.7.11 encryption needed', 'login-encryption-needed'],
      [550, '5.7.30 Basic authentication is not supported for Client Submission.', 'login-basic-retired'],
      [250, 'fine', 'unexpected-reply'],
    ] as const
  ).map(([code, text, explanation]) => ({
    name: `the password is answered with ${code} ${text}`,
    script: { challenged: [`${code} ${text}\r\n`] },
    step: 'authenticate' as const,
    explanation,
  })),
  ...(
    [
      ['as it is', password],
      ['in base64', base64(password)],
      ['in base64 without padding', base64(password).replace(/=+$/, '')],
      ['in base64, as AUTH PLAIN has it', base64(`\0CONTOSO\\svc-mail\0${password}`)],
      ['for a URL', encodeURIComponent(password)],
      ['in UTF-16', Buffer.from(password, 'utf16le').toString('latin1')],
      ['in base64 of UTF-16', Buffer.from(password, 'utf16le').toString('base64')],
      ['in hexadecimal', Buffer.from(password).toString('hex')],
      ['twice, with a control character', `${password}\x1b[2J${password}`],
    ] as const
  ).map(([how, text]) => ({
    name: `the password comes back ${how}`,
    script: { challenged: [{ send: Buffer.from(`535 5.7.8 wrong: ${text}\r\n`, 'utf8') }] },
    step: 'authenticate' as const,
    explanation: 'login-refused',
  })),
  ...rows('AUTH', [
    ['LOGIN is refused before the password', '535 5.7.8 no\r\n', 'authenticate', 'login-refused'],
    ['a challenge that is not base64', '334 Password:\r\n', 'authenticate', 'login-not-base64'],
    ['a challenge of two lines', '334-UGFz\r\n334 c3dvcmQ6\r\n', 'authenticate', 'login-not-base64'],
    ['a challenge that asks for the user name again', '334 VXNlcm5hbWU6\r\n', 'authenticate', 'login-asks-user-name'],
    ['a huge challenge', `334 ${'A'.repeat(20_000)}\r\n`, 'authenticate', 'flooded'],
    ['two answers at once', '334 UGFzc3dvcmQ6\r\n235 2.7.0 welcome\r\n', 'authenticate', 'injected'],
    ['silence at AUTH', silence, 'authenticate', 'reply-timeout'],
    ['a challenge that drips', { send: `334 ${'A'.repeat(4_000)}`, drip: 20 }, 'authenticate', 'reply-timeout'],
    ['the connection is closed at AUTH', close, 'authenticate', 'connection-lost'],
    ['the connection is reset at AUTH', reset, 'authenticate', 'connection-lost'],
  ]),
  {
    name: 'an endless row of challenges',
    script: { challenged: ['334 UGFzc3dvcmQ6\r\n'] },
    step: 'authenticate',
    explanation: 'login-unexpected',
  },
  {
    name: 'AUTH=LOGIN is read like AUTH LOGIN',
    script: { ehloAfterTls: '250-x\r\n250 AUTH=LOGIN\r\n' },
    outcome: 'accepted',
  },
];

/** With TLS off and no login. */
export const inReplies: readonly Misbehaviour[] = [
  ...rows('greeting', [
    ['no greeting', silence, 'greeting', 'no-greeting'],
    ['closed without a greeting', close, 'greeting', 'closed-at-greeting'],
    ['a greeting that drips', { send: `220 ${'x'.repeat(200)}`, drip: 10 }, 'greeting', 'no-greeting'],
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'greeting', 'not-smtp'],
    ['an IMAP server', '* OK IMAP4rev1 ready\r\n', 'greeting', 'not-smtp'],
    ['a POP3 server', '+OK POP3 ready\r\n', 'greeting', 'not-smtp'],
    ['an SSH server', 'SSH-2.0-OpenSSH_9.2\r\n', 'greeting', 'not-smtp'],
    ['a TLS alert, then the end', { send: alert(40), after: 'close' }, 'greeting', 'implicit-tls-port'],
    ['a greeting with 421', '421 4.3.2 too busy\r\n', 'greeting', 'greeting-busy'],
    ['a greeting with 554', '554 5.7.1 no\r\n', 'greeting', 'greeting-refused'],
    ['a greeting with 250', '250 hello\r\n', 'greeting', 'unexpected-reply'],
    ['a greeting without end', '220 hel', 'greeting', 'no-greeting'],
    ['two greetings at once', '220 one\r\n220 two\r\n', 'EHLO', 'injected'],
  ]).map((row) => (row.name === 'a greeting without end' ? { ...row, limits: quick } : row)),
  ...rows('EHLO', [
    ['ten thousand EHLO lines', `${'250-X\r\n'.repeat(10_000)}250 X\r\n`, 'EHLO', 'flooded'],
    ['one line of megabytes', '2'.repeat(3_000_000), 'EHLO', 'flooded'],
    ['lines that end with LF only', '250-mail.test\n250 X\n', 'EHLO', 'malformed'],
    ['lines that end with CR only', '250-mail.test\r250 X\r', 'EHLO', 'malformed'],
    ['a code of two digits', '25 ok\r\n', 'EHLO', 'malformed'],
    ['a code of four digits', '2500 ok\r\n', 'EHLO', 'malformed'],
    ['a code that does not exist', '650 ok\r\n', 'EHLO', 'malformed'],
    ['no code', 'ok\r\n', 'EHLO', 'malformed'],
    ['codes that differ', '250-mail.test\r\n220 X\r\n', 'EHLO', 'malformed'],
    ['EHLO is refused for the name', '550 5.7.1 bad name\r\n', 'EHLO', 'client-name-refused'],
    ['EHLO: 421', '421 4.3.2 closing\r\n', 'EHLO', 'ehlo-refused'],
    ['EHLO: closed', close, 'EHLO', 'ehlo-dropped'],
    ['EHLO: silence', silence, 'EHLO', 'reply-timeout'],
    ['two answers to EHLO', '250 one\r\n250 two\r\n', 'MAIL FROM', 'injected'],
  ]),
  ...(['MAIL', 'RCPT', 'DATA'] as const).flatMap((verb) => {
    const step = { MAIL: 'MAIL FROM', RCPT: 'RCPT TO', DATA: 'DATA' }[verb] as StepName;
    const refused = { MAIL: 'sender-refused', RCPT: 'recipient-refused', DATA: 'data-refused' }[verb];
    return rows(verb, [
      [`${verb}: 421`, '421 4.3.2 closing\r\n', step, 'closing'],
      [`${verb}: 451`, '451 4.3.0 later\r\n', step, 'temporary'],
      [`${verb}: 554`, '554 5.0.0 no\r\n', step, refused],
      [`${verb}: 503`, '503 5.5.1 bad sequence\r\n', step, 'refused'],
      [`${verb}: an unknown 2xx`, '259 sort of\r\n', step, 'unexpected-reply'],
      [`${verb}: closed`, close, step, 'connection-lost'],
      [`${verb}: reset`, reset, step, 'connection-lost'],
      [`${verb}: silence`, silence, step, 'reply-timeout'],
      [`${verb}: not a reply`, '25 ok\r\n', step, 'malformed'],
    ]);
  }),
  ...rows('MAIL', [
    [
      '530 5.7.57',
      '530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM\r\n',
      'MAIL FROM',
      'login-wanted',
    ],
    ['530 5.7.0 STARTTLS first', '530 5.7.0 Must issue a STARTTLS command first\r\n', 'MAIL FROM', 'tls-wanted'],
    [
      'send as denied',
      '550 5.7.60 SMTP; Client does not have permissions to send as this sender\r\n',
      'MAIL FROM',
      'send-as-denied-anonymous',
    ],
    [
      'sender not owned',
      '553 5.7.1 <a@b>: Sender address rejected: not owned by user\r\n',
      'MAIL FROM',
      'send-as-denied-anonymous',
    ],
    [
      'direct send refused',
      '550 5.7.68 TenantInboundAttribution; Direct Send not allowed\r\n',
      'MAIL FROM',
      'direct-send-refused',
    ],
    ['too big at MAIL', '552 5.3.4 Message size exceeds limit\r\n', 'MAIL FROM', 'too-big'],
  ]),
  ...rows('RCPT', [
    [
      'relay denied by Exchange',
      '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain\r\n',
      'RCPT TO',
      'relay-denied',
    ],
    ['relay denied by Postfix', '554 5.7.1 <me@contoso.com>: Relay access denied\r\n', 'RCPT TO', 'relay-denied'],
    ['greylisting', '451 4.7.1 Greylisted, try again later\r\n', 'RCPT TO', 'greylisted'],
    ['unknown user', '550 5.1.1 no such user\r\n', 'RCPT TO', 'recipient-unknown'],
    ['mailbox full', '452 4.2.2 full\r\n', 'RCPT TO', 'mailbox-full'],
    [
      'block list',
      '554 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org\r\n',
      'RCPT TO',
      'sender-blocked',
    ],
    [
      'group wants authenticated senders',
      '550 5.7.1 RESOLVER.RST.AuthRequired; authentication required\r\n',
      'RCPT TO',
      'recipient-wants-login',
    ],
    ['too many', '452 4.5.3 too many recipients\r\n', 'RCPT TO', 'too-many-recipients'],
    ['SPF', '550 5.7.23 The message was rejected because of SPF policy\r\n', 'RCPT TO', 'sender-spf'],
  ]),
  ...rows('message', [
    ['the message is too big', '552 5.3.4 too big\r\n', 'DATA', 'too-big'],
    ['the content is refused', '554 5.7.1 spam\r\n', 'DATA', 'content-policy'],
    ['the message is put off', '451 4.3.0 later\r\n', 'DATA', 'temporary'],
    ['421 after the message', '421 4.3.2 closing\r\n', 'DATA', 'closing'],
  ]),
  ...rows('message', [
    ['closed after the message', close, 'DATA', 'delivery-unknown'],
    ['reset after the message', reset, 'DATA', 'delivery-unknown'],
    ['silence after the message', silence, 'DATA', 'delivery-unknown'],
    ['no reply after the message', 'ok\r\n', 'DATA', 'delivery-unknown'],
    ['354 after the message', '354 more\r\n', 'DATA', 'delivery-unknown'],
    ['another 2xx after the message', '251 sort of\r\n', 'DATA', 'delivery-unknown'],
  ]).map((row) => ({ ...row, outcome: 'unknown' as const })),
  {
    name: 'bad UTF-8 in texts',
    script: { MAIL: { send: Buffer.from('250 gr\xfc\xdfe\r\n', 'latin1') } },
    outcome: 'accepted',
  },
  {
    name: 'control, bidirectional and zero-width characters',
    script: { MAIL: '250 \x1b[31m\u202eevil\u200b\0\r\n' },
    outcome: 'accepted',
  },
  { name: 'an old server that knows HELO only', script: { EHLO: '502 what?\r\n' }, outcome: 'accepted' },
  { name: 'RCPT is answered with 251', script: { RCPT: '251 will forward\r\n' }, outcome: 'accepted' },
  { name: 'silence at QUIT', script: { QUIT: silence }, outcome: 'accepted', limits: { quit: 100 } },
  { name: 'an error at QUIT', script: { QUIT: '500 what?\r\n' }, outcome: 'accepted' },
  {
    name: 'more than asked for after the mail was taken',
    script: { message: '250 ok\r\n250 ok\r\n' },
    outcome: 'accepted',
  },
];
