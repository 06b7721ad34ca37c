import type { ExplanationEntry, Facts } from '../explain.ts';
import { reply } from './matching.ts';
import { codesOf, goesOn, lookForProxy, quoted, readLog, tryLater, userOf } from './words.ts';

const mechanismOf = ({ mechanism }: Facts) => mechanism ?? 'the login';

/** What a server says to a login: not now, or a no with its reason. */
export const loginRefusalExplanations: readonly ExplanationEntry[] = [
  {
    id: 'login-wants-starttls',
    severity: 'error',
    when: reply({ text: /starttls/i }, 'authenticate'),
    happened: (facts) => `The server asks for STARTTLS before the login, although TLS is on: ${quoted(facts)}.`,
    brief: (facts) =>
      `${facts.plan.host} asks for STARTTLS inside TLS${codesOf(facts)}; a proxy may end the encryption`,
    meaning: 'Something before the server is likely to end the encryption and to pass the rest on in clear text.',
    who: 'the mail administrator',
    advice: [
      'Look for a proxy or load balancer that ends TLS, and have STARTTLS passed through to the server.',
      readLog,
    ],
    setting: 'smtpServer',
  },
  {
    id: 'login-account-locked',
    severity: 'error',
    when: reply(
      { text: /\block(?:ed|out)\b|too many (?:failed|invalid|bad|wrong|login)|account (?:is )?disabled/i },
      'authenticate',
    ),
    happened: (facts) => `The server says that the account is locked or disabled: ${quoted(facts)}.`,
    brief: (facts) => `The account ${userOf(facts)} is locked or disabled, says ${facts.plan.host}${codesOf(facts)}`,
    meaning:
      'Wrong passwords lock an account. Each mail of the farm with an old password is a try more, and so is each test.',
    who: 'the directory administrator',
    advice: [
      'Have the account unlocked, and look for what still uses an old password.',
      'Save the right password in SharePoint before the account is unlocked.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-extended-protection',
    severity: 'error',
    when: reply({ text: /channel binding|extended protection|bad bindings|80090346/i }, 'authenticate'),
    happened: (facts) =>
      `The server wants the login bound to its TLS connection, and finds it is not: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} finds the login not bound to its TLS connection${codesOf(facts)}`,
    meaning:
      'Extended protection refuses logins that come through something which ends TLS on the way, such as a load balancer or an inspection.',
    who: 'the mail administrator',
    advice: [
      'Let the farm reach the server without anything that ends TLS in between.',
      'Or have extended protection for SMTP set to “allow” instead of “require”.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'login-encryption-needed',
    severity: 'error',
    when: reply({ codes: [538] }, 'authenticate'),
    happened: (facts) => `The server wants stronger encryption for this login: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} wants stronger encryption for the login${codesOf(facts)}`,
    meaning: goesOn,
    who: 'the mail administrator',
    advice: [
      'Ask which TLS versions and mechanisms the server wants.',
      'Look for a proxy that ends TLS before the server.',
    ],
    setting: 'useTls',
  },
  {
    id: 'login-app-password',
    severity: 'error',
    when: reply({ text: /application.specific|app(?:lication)? password|web ?browser/i }, 'authenticate'),
    happened: (facts) => `The provider wants an app password, or a sign-in in the browser first: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} wants an app password or a sign-in in the browser${codesOf(facts)}`,
    meaning: 'SharePoint can give a user name and a password, nothing else.',
    who: 'the mail administrator',
    advice: ['Have an app password made for the account, and save it in SharePoint.', 'Or use a relay of your own.'],
    setting: 'authentication',
  },
  {
    id: 'login-too-weak',
    severity: 'error',
    when: reply({ codes: [534] }, 'authenticate'),
    happened: (facts) => `The server finds ${mechanismOf(facts)} too weak for this user: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} finds ${mechanismOf(facts)} too weak for ${userOf(facts)}${codesOf(facts)}`,
    meaning: `A stronger mechanism has to be offered: SharePoint knows GSSAPI, NTLM and LOGIN, in this order. ${goesOn}`,
    who: 'the mail administrator',
    advice: ['Have GSSAPI or NTLM offered as well.', 'Ask for an account that may use this mechanism.'],
    setting: 'authentication',
  },
  {
    id: 'login-unknown-mechanism',
    severity: 'error',
    when: reply({ codes: [500, 501, 502, 503, 504] }, 'authenticate'),
    happened: (facts) => `The server offered ${mechanismOf(facts)} and then did not understand it: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} offers ${mechanismOf(facts)} and does not understand it${codesOf(facts)}`,
    meaning: goesOn,
    who: 'the mail administrator',
    advice: [readLog, lookForProxy],
    setting: 'authentication',
  },
  {
    id: 'login-too-many-connections',
    severity: 'warning',
    when: reply({ codes: [421, 432, 450, 451, 454], text: /concurrent|too many|limit/i }, 'authenticate'),
    happened: (facts) => `This account has too many connections at once: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} allows ${userOf(facts)} no more connections at once${codesOf(facts)}`,
    meaning: 'A farm sends from several servers at once, and can meet this limit as well.',
    who: 'the mail administrator',
    advice: [tryLater, 'Use a relay that limits connections less.'],
    setting: 'authentication',
  },
  {
    id: 'login-password-expired',
    severity: 'error',
    when: reply({ codes: [432] }, 'authenticate'),
    happened: (facts) => `The server wants the password changed, or set anew for this login: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} wants the password of ${userOf(facts)} changed${codesOf(facts)}`,
    meaning: goesOn,
    who: 'the directory administrator',
    advice: [
      'Have the password changed, then save it in SharePoint.',
      'Use an account whose password does not expire.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-temporary',
    severity: 'warning',
    when: reply({ codes: [421, 450, 451, 454] }, 'authenticate'),
    happened: (facts) => `The server cannot check logins at the moment: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} cannot check logins at the moment${codesOf(facts)}`,
    meaning: 'A temporary fault, for example of the directory behind the server. The password was not judged.',
    who: 'the mail administrator',
    advice: [tryLater, readLog],
    setting: 'authentication',
  },
];
