import type { ExplanationEntry, Facts } from '../explain.ts';
import { allOf, envelope, isLoggedIn, reply } from './matching.ts';
import { checkPassword, codesOf, lookAtLogin, otherAddress, quoted, readLog, repeatOnFarm } from './words.ts';

const wanted = reply(
  {
    codes: [530, 550, 554],
    enhanced: ['5.7.57'],
    text: /client was not authenticated|not authenticated|authentication (?:is )?required|must authenticate|log ?in first/i,
  },
  ...envelope,
);
const hasLogin = ({ plan }: Facts) => plan.login !== undefined;
const wasRefused = ({ logins }: Facts) => logins.length > 0;
const useAnother = 'Or use a server or connector that serves the farm’s addresses without a login.';

/** A server that takes mail over TLS, or after a login, or from other programs only. */
export const loginWantedExplanations: readonly ExplanationEntry[] = [
  {
    id: 'tls-wanted',
    severity: 'error',
    when: reply({ codes: [530, 550, 554, 451], text: /starttls/i }, ...envelope),
    happened: (facts) => `The server takes mail over TLS only: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} takes mail over TLS only${codesOf(facts)}`,
    meaning: ({ plan }) =>
      plan.tls
        ? 'TLS was on, so something before the server is likely to end the encryption.'
        : 'SharePoint’s mail is refused as long as TLS is off.',
    who: 'whoever keeps this file',
    advice: ({ plan }) =>
      plan.tls ? ['Look for a proxy or load balancer that ends TLS before the server.'] : ['Set useTls to true.'],
    setting: 'useTls',
  },
  {
    id: 'exchange-authentication-failed',
    severity: 'warning',
    when: reply({ text: /cannot achieve exchange server authentication/i }),
    happened: (facts) => `Exchange expected another Exchange server here and could not verify one: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} cannot achieve Exchange Server authentication${codesOf(facts)}`,
    meaning:
      'The connection came to a connector meant for Exchange servers, or something on the way removes a part of the conversation.',
    who: 'the mail administrator',
    advice: [
      'Have a receive connector of their own for the farm’s addresses.',
      'Look for a firewall that inspects SMTP on the way.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'recipient-wants-login',
    severity: 'error',
    when: reply({ codes: [550], text: /RESOLVER\.RST|AuthRequired|not authenticated to send to/i }, 'RCPT TO', 'DATA'),
    happened: (facts) => `This recipient takes mail of authenticated senders only: ${quoted(facts)}.`,
    brief: (facts) => `This recipient takes mail of authenticated senders only${codesOf(facts)}`,
    meaning: 'SharePoint’s mail to such groups is refused as long as it comes without a login.',
    who: 'the mail administrator',
    advice: [
      'Have the group accept all senders (RequireSenderAuthenticationEnabled $false).',
      'Or have the farm’s addresses served by an externally secured connector.',
    ],
    setting: 'authentication',
  },
  {
    id: 'recipient-restricted',
    severity: 'warning',
    when: reply({ enhanced: ['5.7.12', '5.7.133', '5.7.134', '5.7.136'] }, 'RCPT TO', 'DATA'),
    happened: (facts) => `This recipient takes no mail from outside or from senders like this: ${quoted(facts)}.`,
    brief: (facts) => `This recipient takes no mail from senders like this${codesOf(facts)}`,
    meaning:
      'Other recipients may take it. SharePoint’s mail to this one is refused as long as it counts as from outside.',
    who: 'the mail administrator',
    advice: [
      'Have the recipient, or its owner, allow this sender.',
      'A login, or an externally secured connector, makes the mail count as from inside.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-wanted-after-login',
    severity: 'warning',
    when: allOf(isLoggedIn, wanted),
    happened: (facts) => `The server took the login and still says there was none: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} takes the login and still wants one for mail${codesOf(facts)}`,
    meaning:
      'The login may not count for this, or a part of the server did not hear of it. SharePoint is likely to meet the same.',
    who: 'the mail administrator',
    advice: [readLog, 'Ask whether this account may send on this connector.'],
    setting: 'authentication',
  },
  {
    id: 'login-wanted-after-refusal',
    severity: 'error',
    when: allOf(hasLogin, wasRefused, wanted),
    happened: (facts) => `Every login was refused before, and without one the server takes no mail: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refused the login, and takes no mail without one${codesOf(facts)}`,
    meaning:
      'SharePoint is likely to meet the same, for it is likely to go on without a login. The error in its log is then this one, not the refusal of the login.',
    who: 'whoever keeps this file',
    advice: [lookAtLogin, checkPassword],
    setting: 'authentication',
  },
  {
    id: 'login-wanted-none-possible',
    severity: 'error',
    when: allOf(hasLogin, wanted),
    happened: (facts) => `No login was possible here, and without one the server takes no mail: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} offers no usable login, and takes no mail without one${codesOf(facts)}`,
    meaning: 'SharePoint is likely to go on without a login as well, and to be refused the same way.',
    who: 'the mail administrator',
    advice: ['Have LOGIN, NTLM or GSSAPI offered after STARTTLS on this port.', useAnother, repeatOnFarm],
    setting: 'authentication',
  },
  {
    id: 'login-wanted',
    severity: 'warning',
    when: wanted,
    happened: (facts) => `The server wants a login before it takes mail: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} wants a login, and none is set${codesOf(facts)}`,
    meaning: `SharePoint sends anonymously with these settings and is likely to be refused the same way. ${otherAddress}`,
    who: 'whoever keeps this file',
    advice: ['Set authentication with an account of this server, and useTls.', useAnother, repeatOnFarm],
    setting: 'authentication',
  },
];
