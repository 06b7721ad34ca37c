import type { ExplanationEntry, Facts } from '../explain.ts';
import { allOf, anyOf, failure, quoted, reply } from './matching.ts';

const place = ({ plan }: Facts) => `${plan.host}, port ${plan.port}`;
const isSmtps = ({ plan }: Facts) => plan.port === 465;
const isLocal = ({ plan }: Facts) => plan.route === 'localInbox';

/** From the name of the server to the first EHLO, and what can happen at any step. */
export const connectionExplanations: readonly ExplanationEntry[] = [
  {
    id: 'cancelled',
    when: allOf(failure('cancelled'), ({ messageSent }) => !messageSent),
    happened: 'The test was cancelled; the connection was closed at once.',
    meaning: 'Nothing was delivered.',
    who: 'you',
    advice: ['Send the test again when you want to.'],
  },
  {
    id: 'delivery-unknown',
    when: ({ messageSent, failure: { kind }, failure: reason }) =>
      messageSent && (kind !== 'reply' || (reason.kind === 'reply' && reason.reply.code < 400)),
    happened: 'The whole message was sent, but no proper answer to it came.',
    meaning: 'The server may have taken the mail or not: only the mailbox or the server’s log can tell.',
    who: 'you',
    advice: [
      'Look in the recipient’s mailbox before you send again.',
      'Ask the mail administrator for the server’s log of this minute.',
    ],
  },
  {
    id: 'inbox-not-running',
    when: allOf(isLocal, failure('network', {}, 'connect')),
    happened: (facts) => `No inbox answers on this computer (${place(facts)}).`,
    meaning: 'Says nothing about the farm: the mail would have stayed on this computer.',
    who: 'you',
    advice: ['Start the inbox, then send again.'],
  },
  {
    id: 'forbidden-address',
    when: failure('forbiddenAddress'),
    happened: ({ plan }) => `${plan.host} leads to an address that is never a mail server’s (link-local or reserved).`,
    meaning: 'No connection was made. SharePoint would find no mail server there either.',
    who: 'whoever keeps this file',
    advice: ['Check the spelling of smtpServer.', 'Check the DNS entry of that name.'],
    setting: 'smtpServer',
  },
  {
    id: 'name-not-found',
    when: failure('network', { cause: 'nameNotFound' }),
    happened: ({ plan }) => `The name ${plan.host} was not found.`,
    meaning: 'SharePoint cannot send if its servers do not find the name either.',
    who: 'whoever keeps this file',
    advice: [
      'Check the spelling of smtpServer.',
      'Use the full name, such as smtp.contoso.com: a short name depends on the computer that asks.',
      'Ask the name on a SharePoint server: Resolve-DnsName NAME. It may use another DNS server than this computer.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'name-server-failed',
    when: failure('network', {}, 'resolve'),
    happened: ({ plan }) => `The name server gave no answer about ${plan.host}.`,
    meaning: 'Says nothing about the settings: this computer could not ask.',
    who: 'the network administrator',
    advice: ['Try again in a minute.', 'Check this computer’s network connection, VPN and DNS.'],
    setting: 'smtpServer',
  },
  {
    id: 'resolve-timeout',
    when: failure('timeout', { limit: 'step' }, 'resolve'),
    happened: ({ plan }) => `The name server did not answer about ${plan.host} in time.`,
    meaning: 'Says nothing about the settings: this computer could not ask.',
    who: 'the network administrator',
    advice: ['Try again in a minute.', 'Check this computer’s network connection, VPN and DNS.'],
    setting: 'smtpServer',
  },
  {
    id: 'connection-refused',
    when: failure('network', { cause: 'refused' }, 'connect'),
    happened: (facts) => `The connection was refused: nothing listens on ${place(facts)}.`,
    meaning: 'SharePoint cannot send through a port on which nothing listens.',
    who: 'whoever keeps this file',
    advice: [
      'Check smtpPort: 25 for a relay, 587 for submission with a login.',
      'Ask whether the mail service runs, and on which address and port it listens.',
      'A firewall may also refuse connections: try from a SharePoint server.',
    ],
    setting: 'smtpPort',
  },
  {
    id: 'no-route',
    when: failure('network', { cause: 'unreachable' }, 'connect'),
    happened: (facts) => `There is no way from this computer to ${place(facts)}.`,
    meaning: 'The farm may have one: it stands elsewhere in the network.',
    who: 'the network administrator',
    advice: ['Connect the VPN, or test from a SharePoint server.', 'Check the address in smtpServer.'],
    setting: 'smtpServer',
  },
  {
    id: 'connect-timeout',
    when: anyOf(failure('timeout', { limit: 'step' }, 'connect'), failure('network', { cause: 'noAnswer' }, 'connect')),
    happened: (facts) => `Nothing answered at ${place(facts)}: the packets were dropped.`,
    meaning: 'Usually a firewall between this computer and the server. The farm’s own way may be open.',
    who: 'the network administrator',
    advice: [
      'Test from a SharePoint server: Test-NetConnection HOST -Port PORT.',
      'Many networks block outgoing port 25 from workstations.',
      'Check smtpPort.',
    ],
    setting: 'smtpPort',
  },
  {
    id: 'implicit-tls-port',
    when: anyOf(
      allOf(isSmtps, (facts) => facts.step === 'greeting' && facts.failure.kind !== 'reply'),
      failure('notSmtp', { service: 'TLS from the first byte' }),
    ),
    happened: (facts) => `${place(facts)} expects TLS from the first byte (SMTPS); it does not greet in clear text.`,
    meaning: 'SharePoint speaks STARTTLS only, so it cannot send through this port.',
    who: 'whoever keeps this file',
    advice: ['Set smtpPort to 587 (submission) or 25 (relay), and leave useTls on.'],
    setting: 'smtpPort',
  },
  {
    id: 'not-smtp',
    when: failure('notSmtp'),
    happened: (facts) => {
      const service = facts.failure.kind === 'notSmtp' ? facts.failure.service : '';
      return `${place(facts)} does not speak SMTP: the greeting is that of ${service}.`;
    },
    meaning: 'SharePoint cannot send through it.',
    who: 'whoever keeps this file',
    advice: ['Check smtpPort: 25 for a relay, 587 for submission.', 'Check smtpServer: is it the mail server?'],
    setting: 'smtpPort',
  },
  {
    id: 'no-greeting',
    when: failure('timeout', { limit: 'step' }, 'greeting'),
    happened: (facts) => `${place(facts)} took the connection and then said nothing.`,
    meaning: 'SharePoint would wait too, then fail.',
    who: 'the mail administrator',
    advice: [
      'Check that the port speaks SMTP with STARTTLS, not SMTPS.',
      'A firewall that inspects mail, or an overloaded server, may hold the greeting back.',
    ],
    setting: 'smtpPort',
  },
  {
    id: 'closed-at-greeting',
    when: anyOf(
      failure('closed', {}, 'greeting'),
      failure('network', {}, 'greeting'),
      failure('network', { cause: 'reset' }, 'connect'),
    ),
    happened: (facts) => `${place(facts)} closed the connection without a greeting.`,
    meaning: 'The server or a firewall before it does not talk to this computer; it may talk to the farm.',
    who: 'the mail administrator',
    advice: [
      'Ask whether the server accepts connections from this computer’s address, and from each SharePoint server’s.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'greeting-too-many',
    when: reply({ codes: [421, 450, 451, 452] }, 'greeting'),
    happened: (facts) => `The server is busy or closing: ${quoted(facts)}.`,
    meaning: 'A temporary refusal. SharePoint’s mail would fail in this moment too.',
    who: 'the mail administrator',
    advice: ['Try again in some minutes.', 'If it stays: limits on connections, or back pressure on the server.'],
  },
  {
    id: 'greeting-refused',
    when: reply({ codes: [500, 520, 521, 530, 550, 553, 554, 571] }, 'greeting'),
    happened: (facts) => `The server refuses this computer at the greeting: ${quoted(facts)}.`,
    meaning: 'The refusal is for the address this computer comes from. The farm has other addresses.',
    who: 'the mail administrator',
    advice: [
      'Have the addresses of all SharePoint servers allowed (Exchange: the receive connector’s RemoteIPRanges).',
      'Repeat the test on a SharePoint server.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'injected',
    when: failure('injected'),
    happened: 'The server sent more than was asked for, before the next command was sent.',
    meaning:
      'Answers slipped in before encryption are how an attacker on the network forges a conversation. The session was stopped; no password was sent in clear text.',
    who: 'the network administrator',
    advice: [
      'Look for a proxy or firewall that rewrites SMTP (“SMTP inspection”, “fixup”) and turn that off for this server.',
      'Repeat the test from another network. If it comes again, have the mail server examined.',
    ],
  },
  {
    id: 'flooded',
    when: anyOf(failure('malformed', { fault: 'tooLong' }), failure('malformed', { fault: 'tooMuch' })),
    happened: 'The server sent more than a mail server ever needs to say; the session was stopped.',
    meaning: 'This is no usual mail server, or it is broken.',
    who: 'the mail administrator',
    advice: ['Check smtpServer and smtpPort.', 'Have the server examined.'],
    setting: 'smtpServer',
  },
  {
    id: 'malformed',
    when: failure('malformed'),
    happened: 'The server’s answer is not a proper SMTP reply; the session was stopped.',
    meaning: 'What SharePoint makes of such an answer is not known.',
    who: 'the mail administrator',
    advice: [
      'Check that smtpServer and smtpPort lead to the mail server.',
      'A proxy or firewall that rewrites SMTP also garbles replies.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'client-name-refused',
    when: reply({ codes: [501, 504, 550, 553, 554] }, 'EHLO', 'EHLO after TLS'),
    happened: (facts) =>
      `The server does not accept the name this computer gives (${facts.plan.clientName}): ${quoted(facts)}.`,
    meaning: 'Each SharePoint server gives its own name, so the farm may fare better or worse.',
    who: 'the mail administrator',
    advice: [
      'Have the rule for EHLO names relaxed for the farm’s addresses.',
      'Repeat the test on a SharePoint server.',
    ],
  },
  {
    id: 'ehlo-refused',
    when: anyOf(
      reply({ codes: [421, 450, 451, 452, 500, 502, 503, 521, 571] }, 'EHLO'),
      reply({ codes: [450, 451, 452, 500, 502, 503, 521, 571] }, 'EHLO after TLS'),
      failure('closed', {}, 'EHLO'),
    ),
    happened: (facts) => `The server does not go on at EHLO${quoted(facts) && `: ${quoted(facts)}`}.`,
    meaning: 'Without EHLO there is neither TLS nor a login.',
    who: 'the mail administrator',
    advice: ['Try again in some minutes.', 'Ask whether the server serves this computer’s address.'],
    setting: 'smtpServer',
  },
];
