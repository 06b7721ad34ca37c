import type { ExplanationEntry, Facts } from '../explain.ts';
import { allOf, anyOf, failure } from './matching.ts';
import { placeOf, tryLater } from './words.ts';

const checkOwnNetwork = 'Check this computer’s network connection, VPN and DNS.';
/** To be run on a SharePoint server. The host is one that may stand in a command: a name or an address. */
const askForName = ({ plan }: Facts) => `Ask for the name on a SharePoint server: Resolve-DnsName ${plan.host}`;
const isShort: ExplanationEntry['when'] = ({ plan }) => !plan.host.includes('.');

/** From the name of the server to a connection. */
export const reachingExplanations: readonly ExplanationEntry[] = [
  {
    id: 'forbidden-address',
    severity: 'error',
    when: failure('forbiddenAddress'),
    happened: ({ plan }) => `${plan.host} leads to an address that is never a mail server’s (link-local or reserved).`,
    brief: ({ plan }) => `${plan.host} leads to an address that is never a mail server’s`,
    meaning: 'No connection was made. SharePoint would find no mail server there either.',
    who: 'whoever keeps this file',
    advice: ['Check the spelling of smtpServer.', 'Check the DNS entry of that name.'],
    setting: 'smtpServer',
  },
  {
    id: 'short-name-not-found',
    severity: 'warning',
    when: allOf(isShort, failure('network', { cause: 'nameNotFound' })),
    happened: ({ plan }) => `The short name ${plan.host} was not found.`,
    brief: ({ plan }) => `The short name ${plan.host} is not found from here; a full name is the same everywhere`,
    meaning:
      'A short name is completed by the computer that asks, so SharePoint’s servers may find it, each perhaps another one.',
    who: 'whoever keeps this file',
    advice: (facts) => ['Set smtpServer to the full name, such as smtp.contoso.com.', `${askForName(facts)}.`],
    setting: 'smtpServer',
  },
  {
    id: 'name-not-found',
    severity: 'warning',
    when: failure('network', { cause: 'nameNotFound' }),
    happened: ({ plan }) => `The name ${plan.host} was not found.`,
    brief: ({ plan }) => `The name ${plan.host} is not found from here; without it SharePoint cannot send`,
    meaning: 'SharePoint cannot send if its servers do not find the name either.',
    who: 'whoever keeps this file',
    advice: (facts) => [
      'Check the spelling of smtpServer.',
      `${askForName(facts)}. It may use another DNS server than this computer.`,
      'If the name is known inside the network only, connect the VPN.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'name-server-failed',
    severity: 'warning',
    when: failure('network', {}, 'resolve'),
    happened: ({ plan }) => `The name server gave no answer about ${plan.host}.`,
    brief: ({ plan }) => `The name server of this computer gives no answer about ${plan.host}`,
    meaning: 'Says nothing about the settings: this computer could not ask.',
    who: 'the network administrator',
    advice: [tryLater, checkOwnNetwork],
    setting: 'smtpServer',
  },
  {
    id: 'resolve-timeout',
    severity: 'warning',
    when: failure('timeout', { limit: 'step' }, 'resolve'),
    happened: ({ plan }) => `The name server did not answer about ${plan.host} in time.`,
    brief: ({ plan }) => `The name server of this computer does not answer about ${plan.host} in time`,
    meaning: 'Says nothing about the settings: this computer could not ask.',
    who: 'the network administrator',
    advice: [tryLater, checkOwnNetwork],
    setting: 'smtpServer',
  },
  {
    id: 'connection-refused',
    severity: 'warning',
    when: failure('network', { cause: 'refused' }, 'connect'),
    happened: (facts) => `${placeOf(facts)} refuses the connection: as a rule, nothing listens there.`,
    brief: (facts) => `${placeOf(facts)} refuses the connection: as a rule, nothing listens there`,
    meaning: 'SharePoint cannot send through a port on which nothing listens.',
    who: 'whoever keeps this file',
    advice: [
      'Check smtpPort: 25 for a relay, 587 for submission with a login.',
      'Ask whether the mail service runs, and on which address and port it listens.',
      'A firewall may refuse connections too: try from a SharePoint server.',
    ],
    setting: 'smtpPort',
  },
  {
    id: 'no-route',
    severity: 'warning',
    when: failure('network', { cause: 'unreachable' }, 'connect'),
    happened: (facts) => `There is no way from this computer to ${placeOf(facts)}.`,
    brief: (facts) => `There is no way from this computer to ${placeOf(facts)}; the farm may have one`,
    meaning: 'The farm may have one: it stands elsewhere in the network.',
    who: 'the network administrator',
    advice: ['Connect the VPN, or test from a SharePoint server.', 'Check the address in smtpServer.'],
    setting: 'smtpServer',
  },
  {
    id: 'connect-timeout',
    severity: 'warning',
    when: anyOf(failure('timeout', { limit: 'step' }, 'connect'), failure('network', { cause: 'noAnswer' }, 'connect')),
    happened: (facts) => `Nothing answered at ${placeOf(facts)}, neither yes nor no.`,
    brief: (facts) => `Nothing answers at ${placeOf(facts)}; usually a firewall drops the packets`,
    meaning: 'Usually a firewall on the way drops the packets. The farm’s own way may be open.',
    who: 'the network administrator',
    advice: ({ plan }) => [
      `Test from a SharePoint server: Test-NetConnection ${plan.host} -Port ${plan.port}.`,
      'Many networks block outgoing port 25 from workstations.',
      'Check smtpPort.',
    ],
    setting: 'smtpPort',
  },
];
