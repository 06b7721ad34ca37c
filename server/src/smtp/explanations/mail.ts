import type { ExplanationEntry } from '../explain.ts';
import { allOf, quoted, reply } from './matching.ts';

const envelope = ['MAIL FROM', 'RCPT TO', 'DATA'] as const;
const hasLogin: ExplanationEntry['when'] = ({ plan }) => plan.login !== undefined;

const sendAs = [
  'Set fromAddress to the mailbox of the login.',
  'Or grant the account the right to send as this address (Exchange: Send As, or ms-Exch-SMTP-Accept-Authoritative-Domain-Sender on the receive connector).',
  'Mail in the name of users is refused for the same reason: set overrideEnvelopeSender to true, or grant that right.',
];

/** The envelope and the message. */
export const mailExplanations: readonly ExplanationEntry[] = [
  {
    id: 'tls-wanted',
    when: reply({ codes: [530, 550, 554, 451], text: /starttls/i }, ...envelope),
    happened: (facts) => `The server takes mail over TLS only: ${quoted(facts)}.`,
    meaning: 'SharePoint’s mail is refused as long as TLS is off.',
    who: 'whoever keeps this file',
    advice: ['Set useTls to true.'],
    setting: 'useTls',
  },
  {
    id: 'recipient-wants-login',
    when: reply({ codes: [550], text: /RESOLVER\.RST|AuthRequired|not authenticated to send to/i }, 'RCPT TO', 'DATA'),
    happened: (facts) => `This recipient takes mail of authenticated senders only: ${quoted(facts)}.`,
    meaning: 'SharePoint’s mail to such groups is refused as long as it comes without a login.',
    who: 'the mail administrator',
    advice: [
      'Have the group accept all senders (RequireSenderAuthenticationEnabled $false).',
      'Or have the farm’s addresses served by an externally secured connector.',
    ],
    setting: 'authentication',
  },
  {
    id: 'direct-send-refused',
    when: reply({ codes: [550], enhanced: ['5.7.68'], text: /direct send not allowed/i }, ...envelope),
    happened: (facts) => `The tenant refuses Direct Send: ${quoted(facts)}.`,
    meaning: 'Anonymous mail from the organisation’s own domain is refused unless an inbound connector fits it.',
    who: 'the mail administrator',
    advice: ['Create an inbound connector for the farm’s addresses or certificate.', 'Or log in.'],
    setting: 'authentication',
  },
  {
    id: 'connector-not-matched',
    when: reply({ codes: [550], enhanced: ['5.7.64'], text: /TenantAttribution/i }, ...envelope),
    happened: (facts) => `Exchange Online finds no connector for this mail: ${quoted(facts)}.`,
    meaning:
      'The inbound connector knows the sender by IP address or certificate. This computer has another one than the farm.',
    who: 'the mail administrator',
    advice: [
      'Compare the connector’s addresses with those the farm goes out with.',
      'Repeat the test on a SharePoint server.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'send-as-denied',
    when: reply(
      {
        codes: [550, 553, 554],
        enhanced: ['5.7.60'],
        text: /send as|SendAsDenied|not owned by user|sender address rejected: not|not allowed to send/i,
      },
      ...envelope,
    ),
    happened: (facts) => `The login may not send as ${facts.plan.from}: ${quoted(facts)}.`,
    meaning: 'SharePoint’s mail is refused as long as From and the login do not fit.',
    who: 'the mail administrator',
    advice: sendAs,
    setting: 'fromAddress',
  },
  {
    id: 'login-wanted',
    when: reply(
      {
        codes: [530, 550, 554],
        enhanced: ['5.7.57'],
        text: /client was not authenticated|not authenticated|authentication (?:is )?required|must authenticate/i,
      },
      ...envelope,
    ),
    happened: (facts) => `The server wants a login before it takes mail: ${quoted(facts)}.`,
    meaning: 'SharePoint sends anonymously with these settings and is refused the same way.',
    who: 'whoever keeps this file',
    advice: [
      'Set authentication with an account of this server, and useTls.',
      'Or use a server or connector that serves the farm’s addresses without a login.',
    ],
    setting: 'authentication',
  },
  {
    id: 'greylisted',
    when: reply(
      { codes: [450, 451], enhanced: ['4.7.1'], text: /grey|gray|try (?:again )?later|postgrey/i },
      'RCPT TO',
      'DATA',
    ),
    happened: (facts) => `The server asks to come back later (greylisting): ${quoted(facts)}.`,
    meaning: 'No fault of the settings. The server wants to see a second try; SharePoint’s later mail usually passes.',
    who: 'the mail administrator',
    advice: ['Send the test again in five minutes.', 'Have the farm’s addresses exempted.'],
  },
  {
    id: 'relay-denied',
    when: reply({ codes: [550, 551, 553, 554], enhanced: ['5.7.54'], text: /relay/i }, 'RCPT TO', 'DATA', 'MAIL FROM'),
    happened: (facts) => `The server does not relay to this recipient: ${quoted(facts)}.`,
    meaning:
      'It delivers to its own domains only, or relays for known addresses or logins only. The farm comes from other addresses than this computer.',
    who: 'the mail administrator',
    advice: [
      'Repeat the test on a SharePoint server.',
      'Have a relay connector for the addresses of all SharePoint servers.',
      'If outside recipients are not meant to get mail, test with an inside one.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'recipient-unknown',
    when: reply(
      {
        codes: [550, 551, 553],
        enhanced: ['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.10'],
        text: /user unknown|unknown user|no such user|recipient (?:address )?rejected|mailbox unavailable/i,
      },
      'RCPT TO',
      'DATA',
    ),
    happened: (facts) => `The server does not know this recipient: ${quoted(facts)}.`,
    meaning: 'Says nothing about the settings: the recipient of this test does not exist there.',
    who: 'you',
    advice: ['Check the recipient’s address.'],
  },
  {
    id: 'mailbox-full',
    when: reply({ codes: [422, 450, 452, 552, 554], enhanced: ['4.2.2', '5.2.2'] }, 'RCPT TO', 'DATA'),
    happened: (facts) => `The recipient’s mailbox is full: ${quoted(facts)}.`,
    meaning: 'Says nothing about the settings.',
    who: 'you',
    advice: ['Test with another recipient.'],
  },
  {
    id: 'sender-blocked',
    when: reply(
      { codes: [550, 553, 554, 571], text: /blocked|black ?list|block ?list|spamhaus|reputation|\brbl\b|dnsbl/i },
      ...envelope,
    ),
    happened: (facts) => `The address this computer comes from, or the sender, is on a block list: ${quoted(facts)}.`,
    meaning: 'The farm comes from another address, so this may not concern it.',
    who: 'the mail administrator',
    advice: ['Repeat the test on a SharePoint server.', 'Have the listing examined.'],
  },
  {
    id: 'sender-domain-policy',
    when: reply(
      {
        codes: [550, 554],
        enhanced: ['5.7.23', '5.7.25', '5.7.26', '5.7.509'],
        text: /\bSPF\b|\bDMARC\b|\bDKIM\b|reverse dns|\bPTR\b/i,
      },
      ...envelope,
    ),
    happened: (facts) =>
      `The sender’s domain fails a check of the server (SPF, DKIM, DMARC or reverse DNS): ${quoted(facts)}.`,
    meaning: 'These checks look at the address the mail comes from; the farm has another one than this computer.',
    who: 'the mail administrator',
    advice: [
      'Have the farm’s outgoing address added to the SPF entry of the domain.',
      'Repeat the test on a SharePoint server.',
    ],
    setting: 'fromAddress',
  },
  {
    id: 'too-big',
    when: reply({ codes: [552, 523], enhanced: ['5.3.4', '5.2.3'], text: /size/i }, 'MAIL FROM', 'DATA'),
    happened: (facts) => `The message is too big for the server: ${quoted(facts)}.`,
    meaning: 'A test email has about one kilobyte, so the limit is set far too low.',
    who: 'the mail administrator',
    advice: ['Have the size limit of the connector raised.'],
  },
  {
    id: 'too-many',
    when: reply({ codes: [421, 432, 450, 451, 452], text: /too many|rate|concurrent|limit/i }, ...envelope),
    happened: (facts) => `The server limits how much may be sent: ${quoted(facts)}.`,
    meaning: 'A farm that sends many alerts can meet this limit as well.',
    who: 'the mail administrator',
    advice: ['Wait, then test again.', 'Have the limit for the farm’s addresses raised.'],
  },
  {
    id: 'sender-refused-with-login',
    when: allOf(hasLogin, reply({ codes: [550, 551, 553, 554] }, 'MAIL FROM')),
    happened: (facts) => `The server refuses the sender ${facts.plan.from}: ${quoted(facts)}.`,
    meaning: 'SharePoint uses the same sender and is refused the same way.',
    who: 'the mail administrator',
    advice: sendAs,
    setting: 'fromAddress',
  },
  {
    id: 'sender-refused',
    when: reply({ codes: [501, 550, 551, 553, 554] }, 'MAIL FROM'),
    happened: (facts) => `The server refuses the sender ${facts.plan.from}: ${quoted(facts)}.`,
    meaning: 'SharePoint uses the same sender and is likely to be refused the same way.',
    who: 'the mail administrator',
    advice: ['Check fromAddress.', 'Ask which senders the server takes from the farm’s addresses.'],
    setting: 'fromAddress',
  },
  {
    id: 'recipient-refused',
    when: reply({ codes: [501, 550, 551, 553, 554] }, 'RCPT TO'),
    happened: (facts) => `The server refuses this recipient: ${quoted(facts)}.`,
    meaning: 'The sender and the connection were accepted.',
    who: 'the mail administrator',
    advice: [
      'Check the recipient’s address.',
      'Test with an inside recipient: if that works, relaying is not allowed.',
    ],
  },
  {
    id: 'content-refused',
    when: reply({ codes: [550, 552, 554, 571] }, 'DATA'),
    happened: (facts) => `The server refuses the message itself: ${quoted(facts)}.`,
    meaning: 'Sender and recipient were accepted; a filter or a policy objects to the mail.',
    who: 'the mail administrator',
    advice: ['Have the server’s log of this minute read.', 'Test with another recipient.'],
  },
];
