import type { ExplanationEntry, Facts } from '../explain.ts';
import { noKerberosOf, noKerberosWords } from '../kerberos-cause.ts';
import type { NoKerberos } from '../mechanisms/mechanism.ts';
import { allOf, loginRefusals, reply } from './matching.ts';
import {
  checkPassword,
  codesOf,
  getTicket,
  goesOn,
  installKerberos,
  mayBeLocked,
  quoted,
  registerService,
  repeatOnFarm,
  servesAnotherName,
  userOf,
} from './words.ts';

const saidNo = reply({ codes: loginRefusals }, 'authenticate');
const keyOnEachServer =
  'On the farm, check that each server has the application credential key: the password is kept encrypted with it.';
const lastAttempt = ({ logins }: Facts) => logins.at(-1);
const isNtlm = (facts: Facts) => lastAttempt(facts)?.mechanism === 'NTLM' || lastAttempt(facts)?.inside === 'NTLM';
const isBareName = (facts: Facts) => !/[@\\]/.test(userOf(facts));
/** NTLM within GSSAPI, because Kerberos was not to be had. */
const isForWantOfKerberos = (facts: Facts) =>
  lastAttempt(facts)?.inside === 'NTLM' && lastAttempt(facts)?.noKerberos !== undefined;
const causeOf = ({ logins }: Facts): NoKerberos => noKerberosOf(logins) ?? 'other';
const ifNtlm = `If the server takes NTLM there: ${checkPassword.charAt(0).toLowerCase()}${checkPassword.slice(1)}`;

/** A server's no to a login, for which it gives no other reason than its code. */
export const loginRefusedExplanations: readonly ExplanationEntry[] = [
  {
    id: 'kerberos-refused',
    severity: 'error',
    when: allOf((facts) => lastAttempt(facts)?.inside === 'Kerberos', saidNo),
    happened: (facts) => `The server said no to the Kerberos ticket for SMTPSVC/${facts.plan.host}: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses the Kerberos ticket for SMTPSVC/ and that name${codesOf(facts)}`,
    meaning: `The server may know itself under another service name than SMTPSVC/ and smtpServer, or bar this account. ${goesOn}`,
    who: 'the mail administrator',
    advice: servesAnotherName,
    setting: 'smtpServer',
  },
  {
    id: 'login-refused-service-unknown',
    severity: 'error',
    when: allOf((facts) => isForWantOfKerberos(facts) && causeOf(facts) === 'unknownService', saidNo),
    happened: (facts) =>
      `The directory does not know the service SMTPSVC/${facts.plan.host}, so NTLM was tried within GSSAPI, and the server said no: ${quoted(facts)}.`,
    brief: (facts) =>
      `Kerberos does not know SMTPSVC/ for ${facts.plan.host}, which refuses NTLM in its place${codesOf(facts)}`,
    meaning:
      'SharePoint asks for the same service, so it is likely to go the same way. Some servers take Kerberos only within GSSAPI, whatever the password.',
    who: 'the directory administrator',
    advice: (facts) => [...registerService(facts), ifNtlm],
    setting: 'smtpServer',
  },
  {
    id: 'login-refused-without-kerberos',
    severity: 'warning',
    when: allOf(isForWantOfKerberos, saidNo),
    happened: (facts) =>
      `The server said no to NTLM within GSSAPI: ${quoted(facts)}. Kerberos was not used: ${noKerberosWords[causeOf(facts)]}.`,
    brief: (facts) => `${facts.plan.host} refuses NTLM within GSSAPI${codesOf(facts)}; Kerberos was not used from here`,
    meaning:
      'Some servers take Kerberos only within GSSAPI, whatever the password. SharePoint’s servers belong to a domain, as a rule, and are likely to try Kerberos first, so they may fare otherwise.',
    who: 'you',
    advice: (facts) => [
      ...(causeOf(facts) === 'noTicket' ? [getTicket] : []),
      ...(causeOf(facts) === 'noLibrary' ? [installKerberos] : []),
      repeatOnFarm,
      ifNtlm,
      mayBeLocked,
    ],
    setting: 'authentication',
  },
  {
    id: 'login-refused-ntlm',
    severity: 'error',
    when: allOf(isNtlm, saidNo),
    happened: (facts) => `The server said no to the NTLM login: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses the NTLM login of ${userOf(facts)}${codesOf(facts)}`,
    meaning: goesOn,
    who: 'whoever keeps this file',
    advice: [
      checkPassword,
      mayBeLocked,
      'Something that ends TLS between here and the server breaks NTLM where extended protection is required.',
      'Ask whether the directory still takes NTLM from this account.',
      keyOnEachServer,
    ],
    setting: 'authentication',
  },
  {
    id: 'login-refused-bare-name',
    severity: 'error',
    when: allOf(isBareName, saidNo),
    happened: (facts) =>
      `The server said no to the login of ${userOf(facts)}, a name without a domain: ${quoted(facts)}.`,
    brief: (facts) =>
      `${facts.plan.host} refuses the login of ${userOf(facts)}, a name without a domain${codesOf(facts)}`,
    meaning: goesOn,
    who: 'whoever keeps this file',
    advice: [
      'Write the user name as name@domain or DOMAIN\\user: for a Windows account SharePoint’s documentation asks for one of them.',
      'Check the password.',
      mayBeLocked,
      keyOnEachServer,
    ],
    setting: 'authentication',
  },
  {
    id: 'login-refused-exchange',
    severity: 'error',
    when: allOf(saidNo, reply({ enhanced: ['5.7.3'] })),
    happened: (facts) => `The server said no to the login, in the words of Exchange: ${quoted(facts)}.`,
    brief: (facts) =>
      `${facts.plan.host} refuses the login of ${userOf(facts)}, or SMTP AUTH is off for it${codesOf(facts)}`,
    meaning: `Exchange says this to a wrong password, and where SMTP AUTH is off or a second factor is asked for. ${goesOn}`,
    who: 'whoever keeps this file',
    advice: [
      checkPassword,
      mayBeLocked,
      'Ask whether SMTP AUTH is on for this mailbox, and whether it is free of multi-factor sign-in and security defaults.',
      keyOnEachServer,
    ],
    setting: 'authentication',
  },
  {
    id: 'login-refused',
    severity: 'error',
    when: saidNo,
    happened: (facts) => `The server said no to the login: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses the login of ${userOf(facts)}${codesOf(facts)}`,
    meaning: goesOn,
    who: 'whoever keeps this file',
    advice: [
      checkPassword,
      mayBeLocked,
      'The account may be barred from SMTP: ask the mail administrator.',
      keyOnEachServer,
    ],
    setting: 'authentication',
  },
];
