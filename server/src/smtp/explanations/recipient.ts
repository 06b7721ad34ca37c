import type { ExplanationEntry } from '../explain.ts';
import { isRelayDenied } from '../reply-words.ts';
import { allOf, anyOf, isLoggedIn, reply, replyThat } from './matching.ts';
import { codesOf, loginNotTaken, lookAtLogin, otherAddress, quoted, repeatOnFarm } from './words.ts';

const later = ['RCPT TO', 'DATA'] as const;
const noRelay = replyThat(isRelayDenied, 'MAIL FROM', ...later);
const otherRecipient = 'Test with a recipient that exists; testEmail.to in the file can name one.';
const sayNothing = 'Says nothing about the settings';

/** RCPT TO. */
export const recipientExplanations: readonly ExplanationEntry[] = [
  {
    id: 'greylisted',
    severity: 'information',
    when: reply({ codes: [450, 451], enhanced: ['4.7.1'], text: /grey|gray|try (?:again )?later|postgrey/i }, ...later),
    happened: (facts) => `The server asks to come back later (greylisting): ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} asks to come back later, as greylisting does${codesOf(facts)}`,
    meaning: 'No fault of the settings. The server wants to see a second try; SharePoint’s later mail usually passes.',
    who: 'the mail administrator',
    advice: ['Run the test again in five minutes.', 'Have the farm’s addresses exempted.'],
  },
  {
    id: 'relay-denied-with-login',
    severity: 'error',
    when: allOf(isLoggedIn, noRelay),
    happened: (facts) => `The login may not relay to this recipient: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} does not relay to this recipient for this login${codesOf(facts)}`,
    meaning: 'The account was accepted, but it lacks the right to send to domains that are not the server’s own.',
    who: 'the mail administrator',
    advice: [
      'Have the account granted the right to relay (Exchange: ms-Exch-SMTP-Accept-Any-Recipient on the receive connector).',
      'If outside recipients are not meant to get mail, test with an inside one.',
    ],
    setting: 'authentication',
  },
  {
    id: 'relay-denied',
    severity: 'warning',
    when: noRelay,
    happened: (facts) => `The server does not relay to this recipient: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} does not relay to this recipient for this computer${codesOf(facts)}`,
    meaning: ({ plan }) =>
      plan.login
        ? loginNotTaken
        : `It delivers to its own domains only, or relays for known addresses or logins only. ${otherAddress}`,
    who: 'the mail administrator',
    advice: ({ plan }) => [
      plan.login ? lookAtLogin : repeatOnFarm,
      'Have a relay connector for the addresses of all SharePoint servers.',
      'If outside recipients are not meant to get mail, test with an inside one.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'recipient-domain-reserved',
    severity: 'information',
    when: reply({ enhanced: ['5.1.4', '5.1.5', '5.1.6'] }, ...later),
    happened: (facts) => `The recipient’s domain is reserved, or a single word, and gets no mail: ${quoted(facts)}.`,
    brief: (facts) => `The domain of this recipient is reserved or a single word, and gets no mail${codesOf(facts)}`,
    meaning: `${sayNothing}: domains such as example.com and .test are never delivered to.`,
    who: 'you',
    advice: [otherRecipient],
  },
  {
    id: 'recipient-syntax',
    severity: 'information',
    when: anyOf(
      reply({ codes: [501, 553, 550], enhanced: ['5.1.3'] }, 'RCPT TO'),
      reply({ codes: [501, 553], text: /syntax|malformed|invalid address/i }, 'RCPT TO'),
    ),
    happened: (facts) => `The server finds the recipient’s address badly written: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} finds the recipient’s address badly written${codesOf(facts)}`,
    meaning: `${sayNothing}: the address of this test is at fault.`,
    who: 'you',
    advice: ['Check the recipient’s address.'],
  },
  {
    id: 'recipient-unknown',
    severity: 'information',
    when: reply(
      {
        codes: [450, 550, 551, 553],
        enhanced: ['4.1.1', '5.1.0', '5.1.1', '5.1.2', '5.1.10'],
        text: /user unknown|unknown user|no such user|recipient (?:address )?rejected|mailbox unavailable/i,
      },
      ...later,
    ),
    happened: (facts) => `The server does not know this recipient: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} does not know this recipient${codesOf(facts)}`,
    meaning: `${sayNothing}: the recipient of this test does not exist there.`,
    who: 'you',
    advice: ['Check the recipient’s address.', otherRecipient],
  },
  {
    id: 'mailbox-full',
    severity: 'information',
    when: reply({ codes: [422, 450, 452, 552, 554], enhanced: ['4.2.2', '5.2.2'] }, ...later),
    happened: (facts) => `The recipient’s mailbox is full, or over a quota: ${quoted(facts)}.`,
    brief: (facts) => `The mailbox of this recipient is full${codesOf(facts)}`,
    meaning: `${sayNothing}. Mail of SharePoint to this recipient fails until there is room.`,
    who: 'you',
    advice: ['Test with another recipient.'],
  },
  {
    id: 'recipient-refused',
    severity: 'warning',
    when: reply({ codes: [501, 550, 551, 553, 554] }, 'RCPT TO'),
    happened: (facts) => `The server refuses this recipient: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses this recipient${codesOf(facts)}`,
    meaning:
      'The sender was accepted. SharePoint’s mail to this recipient is likely to be refused too; to others it may pass.',
    who: 'the mail administrator',
    advice: [
      'Check the recipient’s address.',
      'Test with an inside recipient: if that works, the server may not relay.',
    ],
    setting: 'smtpServer',
  },
];
