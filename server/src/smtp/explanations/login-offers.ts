import type { ExplanationEntry, Facts } from '../explain.ts';
import { allOf, failure, saidHelo } from './matching.ts';
import { placeOf, repeatOnFarm, someOf } from './words.ts';

const isWithoutTls = failure('loginWithoutTls');
const offeredOf = ({ failure: reason }: Facts) =>
  reason.kind === 'noMechanism' || reason.kind === 'loginWithoutTls' ? reason.offered : [];
const choiceOf = ({ failure: reason }: Facts) => (reason.kind === 'loginWithoutTls' ? reason.choice : undefined);
const offers = (facts: Facts) => someOf(offeredOf(facts), 12);
const isNoneOffered = (facts: Facts) => offeredOf(facts).length === 0;
const isOfferedBeforeTls = ({ failure: reason }: Facts) => reason.kind === 'noMechanism' && reason.offeredBeforeTls;

const turnTlsOn = 'Turn useTls on.';
const knowsOnly =
  'SharePoint knows GSSAPI, NTLM and LOGIN only, so it cannot log in here, and is likely to send without a login.';
const withoutOne = 'SharePoint is likely to send without a login then.';
const orAnonymous = 'Or set authentication: anonymous, if the server takes mail of the farm’s addresses without one.';

/** What a server offers for the login, before anything is sent for it. */
export const loginOfferExplanations: readonly ExplanationEntry[] = [
  {
    id: 'login-assumed',
    severity: 'error',
    when: allOf(isWithoutTls, saidHelo),
    happened:
      'A login is set, TLS is off, and the server knows HELO only, which offers no login. The test stopped before it.',
    brief: ({ plan }) =>
      `With TLS off, SharePoint is likely to try a readable LOGIN at ${plan.host}, though none is offered`,
    meaning:
      'After HELO the .NET mail client takes LOGIN for granted, and SharePoint is likely to do the same: the user name crosses the network in base64, which anybody on the way can read, and so does the password if the server asks for it.',
    who: 'whoever keeps this file',
    advice: ['Use a server that offers STARTTLS and a login, and turn useTls on.', orAnonymous],
    setting: 'useTls',
  },
  {
    id: 'login-readable',
    severity: 'error',
    when: allOf(isWithoutTls, (facts) => choiceOf(facts) === 'LOGIN'),
    happened: 'A login is set, TLS is off, and the server takes LOGIN in clear text. The test stopped before it.',
    brief: ({ plan }) => `With TLS off, SharePoint is likely to send the password to ${plan.host} readable (LOGIN)`,
    meaning:
      'SharePoint is likely to take LOGIN: user name and password then cross the network in base64, which anybody on the way can read.',
    who: 'whoever keeps this file',
    advice: [turnTlsOn, orAnonymous],
    setting: 'useTls',
  },
  {
    id: 'login-unprotected',
    severity: 'error',
    when: allOf(isWithoutTls, (facts) => choiceOf(facts) !== undefined),
    happened: (facts) =>
      `A login is set, TLS is off, and the server offers ${choiceOf(facts)}. The test stopped before it.`,
    brief: (facts) =>
      `With TLS off, SharePoint is likely to log in at ${facts.plan.host} by ${choiceOf(facts)}, in the open`,
    meaning: (facts) =>
      `SharePoint is likely to take ${choiceOf(facts)}. The password itself does not cross the network, but an NTLM answer can be attacked off line, and everybody on the way can read the mail.${offeredOf(facts).includes('LOGIN') ? ' After a refusal it is likely to go on with LOGIN, which shows the password.' : ''}`,
    who: 'whoever keeps this file',
    advice: [turnTlsOn],
    setting: 'useTls',
  },
  {
    id: 'login-needs-tls',
    severity: 'error',
    when: allOf(isWithoutTls, isNoneOffered),
    happened: ({ offered }) =>
      offered.startTls
        ? 'A login is set, but TLS is off, and without TLS the server offers none. It does offer STARTTLS.'
        : 'A login is set, but TLS is off, and without TLS the server offers none, nor STARTTLS.',
    brief: (facts) => `${placeOf(facts)} offers no login while TLS is off`,
    meaning: `Many servers offer a login inside TLS only. ${withoutOne}`,
    who: 'whoever keeps this file',
    advice: ({ offered }) =>
      offered.startTls ? [turnTlsOn] : ['Check smtpPort: 587 often offers what 25 does not.', turnTlsOn],
    setting: 'useTls',
  },
  {
    id: 'login-without-tls',
    severity: 'error',
    when: isWithoutTls,
    happened: (facts) =>
      `A login is set, TLS is off, and in clear text the server offers only ${offers(facts)}. The test stopped before it.`,
    brief: (facts) => `With TLS off, ${facts.plan.host} offers no login that SharePoint knows`,
    meaning: `SharePoint knows GSSAPI, NTLM and LOGIN only. ${withoutOne}`,
    who: 'whoever keeps this file',
    advice: [turnTlsOn, 'If that is not enough, have LOGIN, NTLM or GSSAPI offered after STARTTLS.'],
    setting: 'useTls',
  },
  {
    id: 'login-only-before-tls',
    severity: 'error',
    when: allOf(failure('noMechanism'), isNoneOffered, isOfferedBeforeTls),
    happened: 'The server offers a login only before TLS, where a password must not be sent. None was sent.',
    brief: (facts) => `${placeOf(facts)} offers a login before TLS and none after it`,
    meaning: `With TLS on, SharePoint looks at what is offered after it. ${withoutOne}`,
    who: 'the mail administrator',
    advice: [
      'Have the login offered inside TLS, and only there.',
      'Look for a proxy that changes what the server offers.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-not-offered-relay',
    severity: 'error',
    when: allOf(failure('noMechanism'), isNoneOffered, ({ plan }) => plan.port === 25),
    happened: 'The server offers no login on port 25: an anonymous relay, by all appearance. No password was sent.',
    brief: ({ plan }) => `A login is set, and ${plan.host} offers none on port 25`,
    meaning: `The settings name a user, but this server takes none here. ${withoutOne}`,
    who: 'whoever keeps this file',
    advice: [
      'If it is an anonymous relay for the farm’s addresses, set authentication: anonymous.',
      'If a login is meant, set smtpPort to 587 (submission), where most servers offer it.',
      'A connector may offer a login to some addresses only: repeat the test on a SharePoint server.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-not-offered',
    severity: 'warning',
    when: allOf(failure('noMechanism'), isNoneOffered),
    happened: ({ plan }) => `The server offers no login on port ${plan.port} to this computer. No password was sent.`,
    brief: (facts) => `A login is set, and ${placeOf(facts)} offers none to this computer`,
    meaning: `Either it is an anonymous connector, or it offers a login to other addresses than this computer’s. ${withoutOne}`,
    who: 'the mail administrator',
    advice: [
      'Ask whether the farm’s addresses are in the range that is offered a login.',
      repeatOnFarm,
      'If the server takes the farm’s mail without a login, set authentication: anonymous.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-only-foreign',
    severity: 'error',
    when: failure('noMechanism'),
    happened: (facts) => `The server offers only ${offers(facts)}. No password was sent.`,
    brief: (facts) => `${facts.plan.host} offers no login that SharePoint knows (GSSAPI, NTLM, LOGIN)`,
    meaning: (facts) =>
      offeredOf(facts).some((name) => /^(?:XOAUTH2|OAUTHBEARER)$/.test(name))
        ? `${knowsOnly} It has no OAuth for SMTP.`
        : knowsOnly,
    who: 'the mail administrator',
    advice: [
      'Have LOGIN, NTLM or GSSAPI offered after STARTTLS.',
      'Or use a relay that needs no login from the farm’s addresses.',
    ],
    setting: 'authentication',
  },
];
