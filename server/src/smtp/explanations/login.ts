import type { ExplanationEntry, Facts } from '../explain.ts';
import { mechanismNames } from '../mechanisms/mechanism.ts';
import { allOf, failure, quoted, reply } from './matching.ts';

const goesOn =
  'After a refused login the .NET mail client goes on without one; SharePoint is likely to do the same, and the mail then fails later or goes out without a login.';
const offeredOf = ({ failure: reason }: Facts) => (reason.kind === 'noMechanism' ? reason.offered : []);
const offers = (facts: Facts) => offeredOf(facts).slice(0, 12).join(', ');
const isSharePoints = (name: string) => mechanismNames.some((known) => known === name);

/** The login. */
export const loginExplanations: readonly ExplanationEntry[] = [
  {
    id: 'login-not-offered',
    when: allOf(failure('noMechanism'), (facts) => offeredOf(facts).length === 0),
    happened: ({ failure: reason }) =>
      reason.kind === 'noMechanism' && reason.offeredBeforeTls
        ? 'The server offers a login only before TLS, where a password must not be sent. None was sent.'
        : 'The server offers no login on this port. No password was sent.',
    meaning: 'The settings name a user, but this server takes none here. SharePoint may then send without a login.',
    who: 'whoever keeps this file',
    advice: [
      'If the server is an anonymous relay, set authentication: anonymous.',
      'If it has a login, it may be on another port (587), or for other client addresses only.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-only-sharepoint-others',
    when: allOf(failure('noMechanism'), (facts) => offeredOf(facts).some(isSharePoints)),
    happened: (facts) =>
      `The server offers only ${offers(facts)}; this version can log in with LOGIN only. No password was sent.`,
    meaning: 'SharePoint knows GSSAPI, NTLM and LOGIN, in this order, so its own login may well work.',
    who: 'you',
    advice: [
      'Test the login on a SharePoint server.',
      'Or have LOGIN offered after STARTTLS, if the mail administrator agrees.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-only-foreign',
    when: failure('noMechanism'),
    happened: (facts) => `The server offers only ${offers(facts)}. No password was sent.`,
    meaning: 'SharePoint knows GSSAPI, NTLM and LOGIN only, so it cannot log in here.',
    who: 'the mail administrator',
    advice: [
      'Have LOGIN, NTLM or GSSAPI offered after STARTTLS.',
      'Or use a relay that needs no login from the farm’s addresses.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-asks-user-name',
    when: failure('login', { fault: 'asksForUserName' }),
    happened: 'The server asks for the user name although it stands in the AUTH line. No password was sent.',
    meaning: 'The .NET mail client answers that question with the password, and the login fails.',
    who: 'the mail administrator',
    advice: ['Have the server accept the user name in the AUTH LOGIN line (an initial response, RFC 4954).'],
    setting: 'authentication',
  },
  {
    id: 'login-bad-challenge',
    when: failure('login'),
    happened: 'The server’s part of the login makes no sense; the login was stopped.',
    meaning: goesOn,
    who: 'the mail administrator',
    advice: ['Look for a proxy that rewrites SMTP.', 'Have the server’s log of this minute read.'],
    setting: 'authentication',
  },
  {
    id: 'login-exchange-online-off',
    when: reply(
      {
        codes: [535, 550],
        enhanced: ['5.7.30', '5.7.139'],
        text: /SmtpClientAuthentication is disabled|basic authentication is not supported/i,
      },
      'authenticate',
      'MAIL FROM',
    ),
    happened: (facts) => `Exchange Online refuses logins with user name and password: ${quoted(facts)}.`,
    meaning: 'SharePoint has no other way to log in there (no OAuth for SMTP).',
    who: 'the mail administrator',
    advice: [
      'Where it is only switched off: Set-CASMailbox -SmtpClientAuthenticationDisabled $false for this mailbox. Security defaults and authentication policies can block it too.',
      'Better for the long run: a connector relay (smtpServer is then the tenant’s MX host, port 25, anonymous).',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-encryption-needed',
    when: reply({ codes: [538] }, 'authenticate'),
    happened: (facts) => `The server wants stronger encryption for this login: ${quoted(facts)}.`,
    meaning: goesOn,
    who: 'the mail administrator',
    advice: ['Ask which TLS versions and mechanisms the server wants.'],
    setting: 'useTls',
  },
  {
    id: 'login-too-weak',
    when: reply({ codes: [534] }, 'authenticate'),
    happened: (facts) => `The server finds LOGIN too weak for this user: ${quoted(facts)}.`,
    meaning: 'SharePoint would try GSSAPI or NTLM first where they are offered.',
    who: 'the mail administrator',
    advice: [
      'Some providers want an app password or a sign-in in the browser first.',
      'Ask for an account that may use LOGIN.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-unknown-mechanism',
    when: reply({ codes: [500, 501, 502, 503, 504] }, 'authenticate'),
    happened: (facts) => `The server offered LOGIN and then did not understand it: ${quoted(facts)}.`,
    meaning: goesOn,
    who: 'the mail administrator',
    advice: ['Have the server’s log of this minute read.', 'Look for a proxy that rewrites SMTP.'],
    setting: 'authentication',
  },
  {
    id: 'login-temporary',
    when: reply({ codes: [421, 450, 451, 454] }, 'authenticate'),
    happened: (facts) => `The server cannot check logins at the moment: ${quoted(facts)}.`,
    meaning: 'A temporary fault, for example of the directory behind the server. The password was not judged.',
    who: 'the mail administrator',
    advice: ['Try again in some minutes.'],
  },
  {
    id: 'login-password-expired',
    when: reply({ codes: [432] }, 'authenticate'),
    happened: (facts) =>
      `The server wants the password changed, or has too many connections of this user: ${quoted(facts)}.`,
    meaning: goesOn,
    who: 'the mail administrator',
    advice: [
      'Have the password changed, then set it in SharePoint on every server.',
      'Exchange Online: 432 4.3.2 is its limit on connections.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-refused',
    when: reply({ codes: [530, 535, 550, 553, 554] }, 'authenticate'),
    happened: (facts) => `The server said no to the login: ${quoted(facts)}.`,
    meaning: goesOn,
    who: 'whoever keeps this file',
    advice: [
      'Check the password, and the form of the user name: name@domain or DOMAIN\\user.',
      'Do not try again and again: the account may be locked.',
      'The account may be barred from SMTP: ask the mail administrator.',
      'On the farm the password is kept encrypted with the application credential key, which each server must have.',
    ],
    setting: 'authentication',
  },
];
