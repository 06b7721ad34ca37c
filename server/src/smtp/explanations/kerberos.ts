import { isIpAddress } from '../../settings/addresses.ts';
import type { ExplanationEntry, Facts } from '../explain.ts';
import { noKerberosOf } from '../kerberos-cause.ts';
import type { NoKerberos } from '../mechanisms/mechanism.ts';
import { allOf, failure } from './matching.ts';
import {
  checkPassword,
  getTicket,
  installKerberos,
  mayBeLocked,
  registerService,
  repeatOnFarm,
  userOf,
} from './words.ts';

const kerberosOnly = failure('login', { fault: 'kerberosOnly' });
const because =
  (cause: NoKerberos) =>
  ({ logins }: Facts) =>
    noKerberosOf(logins) === cause;
const hostIsAddress = ({ plan }: Facts) => isIpAddress(plan.host);
const onlyKerberos = 'The server takes Kerberos only';
const farmHasIts = 'SharePoint’s servers belong to a domain, as a rule, so they may fare otherwise than this computer.';

/** GSSAPI with Kerberos. */
export const kerberosExplanations: readonly ExplanationEntry[] = [
  {
    id: 'kerberos-no-ticket',
    severity: 'warning',
    when: allOf(kerberosOnly, because('noTicket')),
    happened: `${onlyKerberos}, and this computer has no Kerberos ticket.`,
    brief: ({ plan }) => `${plan.host} takes Kerberos only, and this computer has no ticket`,
    meaning: farmHasIts,
    who: 'you',
    advice: [getTicket, repeatOnFarm],
    setting: 'authentication',
  },
  {
    id: 'kerberos-address',
    severity: 'error',
    when: allOf(kerberosOnly, because('unknownService'), hostIsAddress),
    happened: ({ plan }) => `${onlyKerberos}, and for an IP address (${plan.host}) there is no service to name.`,
    brief: ({ plan }) => `smtpServer ${plan.host} is an IP address: Kerberos knows no service of that name`,
    meaning: 'SharePoint asks for the service SMTPSVC/ and the text of smtpServer, so it is likely to fail as well.',
    who: 'whoever keeps this file',
    advice: ['Set smtpServer to the server’s full name.'],
    setting: 'smtpServer',
  },
  {
    id: 'kerberos-unknown-service',
    severity: 'error',
    when: allOf(kerberosOnly, because('unknownService')),
    happened: ({ plan }) => `${onlyKerberos}, and the directory does not know the service SMTPSVC/${plan.host}.`,
    brief: ({ plan }) => `The directory does not know the service SMTPSVC/${plan.host}, which Kerberos needs`,
    meaning:
      'SharePoint asks for the service SMTPSVC/ and the name in smtpServer. An alias has none unless it was registered.',
    who: 'the directory administrator',
    advice: registerService,
    setting: 'smtpServer',
  },
  {
    id: 'kerberos-no-kdc',
    severity: 'warning',
    when: allOf(kerberosOnly, because('noKdc')),
    happened: `${onlyKerberos}, and this computer reaches no key distribution centre (domain controller).`,
    brief: ({ plan }) => `${plan.host} takes Kerberos only, and no domain controller is reached from here`,
    meaning: farmHasIts,
    who: 'the network administrator',
    advice: ['Connect the VPN, or test from a SharePoint server.', 'Check the DNS of the domain and port 88.'],
  },
  {
    id: 'kerberos-clock',
    severity: 'warning',
    when: allOf(kerberosOnly, because('clock')),
    happened: `${onlyKerberos}, and the clocks of this computer and the domain controller are too far apart.`,
    brief: ({ plan }) => `${plan.host} takes Kerberos only, and this computer’s clock is too far off for it`,
    meaning: 'Kerberos allows five minutes, as a rule. Each SharePoint server has a clock of its own.',
    who: 'you',
    advice: ['Set this computer’s clock, then test again.', 'Check the clocks of the SharePoint servers.'],
  },
  {
    id: 'kerberos-wrong-password',
    severity: 'error',
    when: failure('login', { fault: 'wrongPassword' }),
    happened: (facts) =>
      `The domain controller says that the user name ${userOf(facts)} or its password is wrong. The mail server was not asked.`,
    brief: (facts) => `The domain controller refuses the user name ${userOf(facts)} or its password`,
    meaning: 'SharePoint logs in with the same user and password, and is likely to be told the same.',
    who: 'whoever keeps this file',
    advice: [checkPassword, mayBeLocked],
    setting: 'authentication',
  },
  {
    id: 'kerberos-no-library',
    severity: 'warning',
    when: allOf(kerberosOnly, because('noLibrary')),
    happened: `${onlyKerberos}, and no Kerberos library is installed for this test.`,
    brief: ({ plan }) => `${plan.host} takes Kerberos only, which this computer has no library for`,
    meaning: farmHasIts,
    who: 'you',
    advice: [installKerberos, repeatOnFarm],
    setting: 'authentication',
  },
  {
    id: 'login-kerberos-only',
    severity: 'warning',
    when: kerberosOnly,
    happened: `${onlyKerberos}, and this computer could not use it. The conversation says why.`,
    brief: ({ plan }) => `${plan.host} takes Kerberos only, which this computer could not use`,
    meaning: farmHasIts,
    who: 'you',
    advice: [repeatOnFarm, 'Have NTLM allowed within GSSAPI, or LOGIN offered, if the mail administrator agrees.'],
    setting: 'authentication',
  },
];
