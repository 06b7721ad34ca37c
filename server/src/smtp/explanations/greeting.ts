import type { ExplanationEntry, Facts } from '../explain.ts';
import type { OtherService } from '../failure.ts';
import { allOf, anyOf, failure, not, reply, saidHelo } from './matching.ts';
import { codesOf, otherAddress, placeOf, quoted, readLog, repeatOnFarm, tryLater } from './words.ts';

/** The port of SMTPS by custom (RFC 8314). */
const isSmtps = ({ plan }: Facts) => plan.port === 465;
/** Ports that belong to the web, to reading mail, to directories, and to logging in to computers. */
const otherPorts = [22, 80, 110, 143, 389, 443, 636, 993, 995, 3389, 8080, 8443];
const isOtherPort = ({ plan }: Facts) => otherPorts.includes(plan.port);
const blockList = /blocked|black ?list|block ?list|spamhaus|reputation|\brbl\b|dnsbl/i;
const temporary = [421, 450, 451, 452];
const permanent = [500, 520, 521, 530, 550, 553, 554, 571];

const otherServices: Readonly<Record<OtherService, string>> = {
  'a web server (HTTP)': 'A web server stands there, or a proxy that takes the connection for a web page.',
  IMAP: 'IMAP is for reading mail, not for sending it.',
  POP3: 'POP3 is for fetching mail, not for sending it.',
  SSH: 'SSH is for logging in to the computer, not for mail.',
  'TLS from the first byte': 'SharePoint speaks STARTTLS only.',
  'something else': 'What it is cannot be told from its first words.',
};
const serviceOf = ({ failure: reason }: Facts) => (reason.kind === 'notSmtp' ? reason.service : 'something else');

/** The greeting and EHLO. */
export const greetingExplanations: readonly ExplanationEntry[] = [
  {
    id: 'implicit-tls-port',
    severity: 'error',
    when: anyOf(
      allOf(isSmtps, (facts) => facts.step === 'greeting' && facts.failure.kind !== 'reply'),
      failure('notSmtp', { service: 'TLS from the first byte' }),
    ),
    happened: (facts) =>
      `${placeOf(facts)} does not greet in clear text: it seems to expect TLS from the first byte (SMTPS).`,
    brief: (facts) => `${placeOf(facts)} wants SMTPS (TLS from the first byte); SharePoint has STARTTLS only`,
    meaning: 'SharePoint speaks STARTTLS only, so it cannot send through this port.',
    who: 'whoever keeps this file',
    advice: ['Set smtpPort to 587 (submission) or 25 (relay), and leave useTls on.'],
    setting: 'smtpPort',
  },
  {
    id: 'not-smtp',
    severity: 'error',
    when: failure('notSmtp'),
    happened: (facts) => `${placeOf(facts)} does not speak SMTP: the greeting is that of ${serviceOf(facts)}.`,
    brief: (facts) => `${placeOf(facts)} does not speak SMTP: the greeting is that of ${serviceOf(facts)}`,
    meaning: (facts) => `SharePoint cannot send through it. ${otherServices[serviceOf(facts)]}`,
    who: 'whoever keeps this file',
    advice: ['Check smtpPort: 25 for a relay, 587 for submission.', 'Check smtpServer: is it the mail server?'],
    setting: 'smtpPort',
  },
  {
    id: 'no-greeting',
    severity: 'warning',
    when: allOf(not(isOtherPort), failure('timeout', { limit: 'step' }, 'greeting')),
    happened: (facts) => `${placeOf(facts)} took the connection and then said nothing.`,
    brief: (facts) => `${placeOf(facts)} takes the connection and says nothing`,
    meaning:
      'Often a firewall that inspects mail, or an overloaded server, holds the greeting back. SharePoint is likely to wait too, then fail, unless it is treated otherwise.',
    who: 'the mail administrator',
    advice: [
      'Ask whether a firewall inspects mail on the way to this server, and whether it knows the farm’s addresses.',
      'Some servers hold the greeting back while they look up who connects: have the farm’s addresses exempted.',
      repeatOnFarm,
    ],
    setting: 'smtpPort',
  },
  {
    id: 'no-greeting-other-port',
    severity: 'warning',
    when: failure('timeout', { limit: 'step' }, 'greeting'),
    happened: (facts) => `${placeOf(facts)} took the connection, but no greeting of a mail server came.`,
    brief: (facts) => `No mail server greets on ${placeOf(facts)}; that port is another service’s by custom`,
    meaning:
      'The number belongs to another service by custom, and some of those wait for the other side to speak first. SharePoint is likely to wait too, then fail.',
    who: 'whoever keeps this file',
    advice: [
      'Check smtpPort: 25 for a relay, 587 for submission.',
      'If the port is right, ask whether it speaks SMTP with STARTTLS.',
    ],
    setting: 'smtpPort',
  },
  {
    id: 'closed-at-greeting',
    severity: 'warning',
    when: anyOf(
      failure('closed', {}, 'greeting'),
      failure('network', {}, 'greeting'),
      failure('network', { cause: 'reset' }, 'connect'),
    ),
    happened: (facts) => `${placeOf(facts)} closed the connection without a greeting.`,
    brief: (facts) => `${placeOf(facts)} closes the connection without a greeting`,
    meaning: 'The server or a firewall before it does not talk to this computer; it may talk to the farm.',
    who: 'the mail administrator',
    advice: [
      'Ask whether the server accepts connections from this computer’s address, and from each SharePoint server’s.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'greeting-block-listed',
    severity: 'warning',
    when: reply({ codes: [...temporary, ...permanent], text: blockList }, 'greeting', 'EHLO', 'EHLO after TLS'),
    happened: (facts) => `The server turns this computer away by a block list: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} turns this computer’s address away by a block list${codesOf(facts)}`,
    meaning: `The list names the address this computer comes from. ${otherAddress}`,
    who: 'the mail administrator',
    advice: [repeatOnFarm, 'Have the listing examined.'],
    setting: 'smtpServer',
  },
  {
    id: 'greeting-too-many',
    severity: 'warning',
    when: reply({ codes: [...temporary, 554], text: /too many|concurrent|connection limit|connections/i }, 'greeting'),
    happened: (facts) => `The server has too many connections, all told or from here: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} has too many connections and takes no more${codesOf(facts)}`,
    meaning: 'A farm sends from several servers at once, and can meet this limit as well.',
    who: 'the mail administrator',
    advice: [tryLater, 'Have the limit for the farm’s addresses raised.'],
  },
  {
    id: 'greeting-busy',
    severity: 'warning',
    when: reply({ codes: temporary }, 'greeting'),
    happened: (facts) => `The server is busy or closing: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} is busy or closing: it turns connections away for now${codesOf(facts)}`,
    meaning: 'A temporary refusal. SharePoint’s mail would fail in this moment too.',
    who: 'the mail administrator',
    advice: [
      tryLater,
      'If it stays: maintenance, missing resources (Exchange: back pressure), or a rule for addresses.',
    ],
  },
  {
    id: 'greeting-no-mail',
    severity: 'error',
    when: anyOf(reply({ codes: [521] }, 'greeting'), reply({ codes: [554], text: /no smtp service/i }, 'greeting')),
    happened: (facts) => `The server says that it takes no mail at all: ${quoted(facts)}.`,
    brief: (facts) => `${placeOf(facts)} says that it takes no mail at all${codesOf(facts)}`,
    meaning: 'SharePoint is likely to be told the same.',
    who: 'whoever keeps this file',
    advice: ['Check smtpServer: it may be a computer without a mail service.', 'Ask which server relays mail.'],
    setting: 'smtpServer',
  },
  {
    id: 'greeting-refused',
    severity: 'warning',
    when: reply({ codes: permanent }, 'greeting'),
    happened: (facts) => `The server refuses this computer at the greeting: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses this computer at the greeting${codesOf(facts)}`,
    meaning: `Usually it refuses the address this computer comes from. ${otherAddress}`,
    who: 'the mail administrator',
    advice: [
      'Have the addresses of all SharePoint servers allowed (Exchange: the receive connector’s RemoteIPRanges).',
      repeatOnFarm,
    ],
    setting: 'smtpServer',
  },
  {
    id: 'client-name-refused',
    severity: 'warning',
    when: anyOf(
      reply({ codes: [501, 504, 550, 553, 554] }, 'EHLO', 'EHLO after TLS'),
      reply({ enhanced: ['5.7.506'], text: /bad helo|helo command rejected|invalid helo/i }),
    ),
    happened: (facts) =>
      `The server refuses the name this computer gives in EHLO (${facts.plan.clientName}), or its address: ${quoted(facts)}.`,
    brief: (facts) =>
      `${facts.plan.host} refuses the name this computer gives in EHLO, or its address${codesOf(facts)}`,
    meaning:
      'Each SharePoint server has an address of its own and is likely to give its own name, so it may fare otherwise.',
    who: 'the mail administrator',
    advice: [repeatOnFarm, 'Have the rule for EHLO names relaxed for the farm’s addresses.'],
    setting: 'smtpServer',
  },
  {
    id: 'helo-refused',
    severity: 'warning',
    when: allOf(saidHelo, reply({}, 'EHLO')),
    happened: (facts) => `The server knows no EHLO, and does not take HELO either: ${quoted(facts)}.`,
    brief: (facts) => `${placeOf(facts)} takes neither EHLO nor HELO${codesOf(facts)}`,
    meaning: 'SharePoint’s first command is refused as well.',
    who: 'the mail administrator',
    advice: ['Check that smtpServer and smtpPort lead to the mail server.', readLog],
    setting: 'smtpServer',
  },
  {
    id: 'ehlo-refused',
    severity: 'warning',
    when: anyOf(
      reply({ codes: [421, 450, 451, 452, 500, 502, 503, 521, 571] }, 'EHLO'),
      reply({ codes: [450, 451, 452, 500, 502, 503, 521, 571] }, 'EHLO after TLS'),
    ),
    happened: ({ step, ...facts }) => `The server does not go on at ${step}: ${quoted({ step, ...facts })}.`,
    brief: (facts) => `${facts.plan.host} does not go on at ${facts.step}${codesOf(facts)}`,
    meaning: 'Without EHLO there is neither TLS nor a login.',
    who: 'the mail administrator',
    advice: [tryLater, 'Ask whether the server serves this computer’s address.'],
    setting: 'smtpServer',
  },
  {
    id: 'ehlo-dropped',
    severity: 'warning',
    when: anyOf(failure('closed', {}, 'EHLO'), failure('network', {}, 'EHLO')),
    happened: (facts) => `${placeOf(facts)} greeted, and dropped the connection at EHLO.`,
    brief: (facts) => `${placeOf(facts)} drops the connection at EHLO`,
    meaning: 'The server, or a firewall before it, does not go on with this computer; it may do so with the farm.',
    who: 'the mail administrator',
    advice: ['Ask whether the server serves this computer’s address.', readLog, repeatOnFarm],
    setting: 'smtpServer',
  },
];
