import { loginRefusals } from '../explanations/matching.ts';
import {
  getTicket,
  goesOn,
  installKerberos,
  registerService,
  repeatOnFarm,
  servesAnotherName,
  userOf,
} from '../explanations/words.ts';
import { kerberosNote, noKerberosOf, noKerberosWords } from '../kerberos-cause.ts';
import type { Tested } from '../observations.ts';
import { answerOf, isLoggedIn, type ObservationEntry, offeredTo, passed } from './table.ts';

const refused = ({ result }: Tested) => result.logins.filter(({ failure }) => failure !== undefined);
const refusals = (tested: Tested) =>
  refused(tested)
    .map(({ mechanism, failure }) => `${mechanism} (${answerOf(failure)})`)
    .join(', ');
const isSent = (tested: Tested) => passed(tested, 'MAIL FROM');
const causeOf = ({ result }: Tested) => noKerberosOf(result.logins);
/** Whose ticket was used, where it is not that of the user in the settings. */
const otherPrincipal = ({ result }: Tested) =>
  / the ticket is that of (.+), and not of /.exec(kerberosNote(result.conversation) ?? '')?.[1];
const isWithoutKerberos = (tested: Tested) => {
  const { logins } = tested.result;
  const wasKerberos = logins.some(({ inside }) => inside === 'Kerberos');
  return logins.length > 0 && !wasKerberos && offeredTo(tested).includes('GSSAPI') && !isExplained(tested);
};
/** True where the login stopped for want of Kerberos: the explanation says why there was none. */
const isExplained = ({ result: { stopped, logins } }: Tested) => {
  if (stopped?.step !== 'authenticate' || logins.at(-1)?.noKerberos === undefined) return false;
  const { failure } = stopped;
  if (failure.kind === 'reply') return loginRefusals.includes(failure.reply.code);
  return failure.kind === 'login' && failure.fault === 'kerberosOnly';
};
/** A sentence on what became of NTLM, which was tried in its place. */
const ntlmInstead = (tested: Tested) => {
  const attempt = tested.result.logins.find(({ noKerberos }) => noKerberos !== undefined);
  if (attempt?.failure?.kind !== 'reply') return '';
  return ` The server refused NTLM in its place (${answerOf(attempt.failure)})${thenAccepted(tested)}.`;
};
/** A ticket that the server did not take, where the login went on. */
const refusedTicket = ({ result: { logins } }: Tested) =>
  logins.slice(0, -1).find(({ inside, failure }) => inside === 'Kerberos' && failure?.kind === 'reply');
const thenAccepted = (tested: Tested) =>
  isLoggedIn(tested) ? `, and then accepted ${tested.result.logins.at(-1)?.mechanism}` : '';

/** The login: what was tried here, and what SharePoint would do. */
export const loginObservations: readonly ObservationEntry[] = [
  {
    id: 'gone-on-without-login',
    severity: 'warning',
    when: (tested) => refused(tested).length > 0 && !isLoggedIn(tested) && isSent(tested),
    happened: (tested) => `The server refused ${refusals(tested)}, and then took the sender without a login.`,
    brief: (tested) => `The login of ${userOf(tested)} is refused, and the sender taken without one`,
    meaning: `Mail may seem to work although the login does not. ${goesOn}`,
    who: 'whoever keeps this file',
    advice: [
      'If the server takes the farm’s mail without a login, set authentication: anonymous.',
      'If not, check the password and the form of the user name: name@domain or DOMAIN\\user.',
    ],
    setting: 'authentication',
  },
  {
    id: 'gone-on-none-offered',
    severity: 'warning',
    when: (tested) => tested.plan.login !== undefined && tested.result.logins.length === 0 && isSent(tested),
    happened: 'The server offers no login that SharePoint knows, and took the sender without one.',
    brief: ({ plan }) => `A login is set, and ${plan.host} takes the sender without one: it offers none to use`,
    meaning:
      'SharePoint is likely to send without a login as well: the user and the password in the settings do nothing.',
    who: 'whoever keeps this file',
    advice: [
      'If this is the relay that is meant, set authentication: anonymous.',
      'If a login is meant, check smtpPort: 587 often offers what 25 does not.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-first-refused',
    severity: 'warning',
    when: (tested) =>
      refused(tested).some(({ noKerberos }) => noKerberos === undefined) &&
      isLoggedIn(tested) &&
      refusedTicket(tested) === undefined,
    happened: (tested) => `The server refused ${refusals(tested)}${thenAccepted(tested)}.`,
    brief: (tested) =>
      `${tested.plan.host} refuses ${refused(tested)[0]?.mechanism} and accepts ${tested.result.logins.at(-1)?.mechanism}`,
    meaning:
      'SharePoint is likely to go the same way. It works, but each mail begins with a refused login, and refused logins can lock an account.',
    who: 'the mail administrator',
    advice: ['Have the refused mechanism set right for this account, or offered no more on this port.'],
    setting: 'authentication',
  },
  {
    id: 'kerberos-ticket-refused',
    severity: 'warning',
    when: (tested) => refusedTicket(tested) !== undefined,
    happened: (tested) =>
      `The server said no to the Kerberos ticket for SMTPSVC/${tested.plan.host} (${answerOf(refusedTicket(tested)?.failure)})${thenAccepted(tested)}.`,
    brief: ({ plan }) => `${plan.host} refuses the Kerberos ticket for SMTPSVC/ and that name`,
    meaning:
      'It may know itself under another service name, or bar this account. SharePoint is likely to go the same way, so each mail begins with a refused login.',
    who: 'the mail administrator',
    advice: servesAnotherName,
    setting: 'smtpServer',
  },
  {
    id: 'kerberos-service-unknown',
    severity: 'warning',
    when: (tested) => isWithoutKerberos(tested) && causeOf(tested) === 'unknownService',
    happened: (tested) =>
      `The directory does not know SMTPSVC/${tested.plan.host}, so Kerberos was not used.${ntlmInstead(tested)}`,
    brief: ({ plan }) => `Kerberos does not know SMTPSVC/${plan.host}: logins fall back to NTLM or fail`,
    meaning:
      'SharePoint asks for the service SMTPSVC/ and the text of smtpServer. For an alias or an IP address there is none unless it was registered.',
    who: 'the directory administrator',
    advice: registerService,
    setting: 'smtpServer',
  },
  {
    id: 'kerberos-not-used',
    severity: 'information',
    when: (tested) => isWithoutKerberos(tested) && causeOf(tested) !== 'unknownService',
    happened: (tested) => {
      const cause = causeOf(tested);
      const reason = noKerberosWords[cause ?? 'other'];
      return `The server offers GSSAPI. Kerberos was not used from here: ${reason}.${ntlmInstead(tested)}`;
    },
    brief: ({ plan }) => `${plan.host} offers GSSAPI; whether Kerberos works was not tested from here`,
    meaning:
      'SharePoint’s servers belong to a domain, as a rule, and are likely to try Kerberos first. Whether that works is not shown by this test.',
    who: 'you',
    advice: (tested) => [
      ...(causeOf(tested) === 'noTicket' ? [getTicket] : []),
      ...(causeOf(tested) === 'noLibrary' ? [installKerberos] : []),
      repeatOnFarm,
    ],
    setting: 'authentication',
  },
  {
    id: 'kerberos-other-user',
    severity: 'warning',
    when: (tested) => otherPrincipal(tested) !== undefined,
    happened: (tested) =>
      `The Kerberos ticket of this computer is that of ${otherPrincipal(tested)}, not of ${userOf(tested)}.`,
    brief: (tested) => `Kerberos logged in as ${otherPrincipal(tested)}, not as ${userOf(tested)}`,
    meaning:
      'What the server allowed or refused, it allowed or refused that user. SharePoint logs in as the user of the settings.',
    who: 'you',
    advice: [getTicket],
    setting: 'authentication',
  },
  {
    id: 'login-offered-in-clear',
    severity: 'information',
    when: ({ result: { offered, stopped } }) =>
      stopped?.failure.kind !== 'loginWithoutTls' &&
      offered.beforeTls.some((name) => name === 'LOGIN' || name === 'PLAIN'),
    happened: 'The server offers a login with a readable password before TLS.',
    brief: ({ plan }) => `${plan.host} offers a login with a readable password before TLS`,
    meaning: ({ plan }) =>
      plan.tls
        ? 'With TLS on, SharePoint logs in after it. Other programs, set up less well, give their password in the open.'
        : 'With TLS off, a login set here later would give its password in the open.',
    who: 'the mail administrator',
    advice: ['Have LOGIN and PLAIN offered inside TLS only.'],
  },
];
