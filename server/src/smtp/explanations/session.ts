import type { ExplanationEntry, Facts } from '../explain.ts';
import { allOf, anyOf, failure } from './matching.ts';
import { atStep, lookForProxy, placeOf } from './words.ts';

const isLocal = ({ plan }: Facts) => plan.route === 'localInbox';
const isAtStartTls = ({ step }: Facts) => step === 'STARTTLS';

/** What can happen at any step. */
export const sessionExplanations: readonly ExplanationEntry[] = [
  {
    id: 'cancelled',
    severity: 'information',
    when: allOf(failure('cancelled'), ({ messageSent }) => !messageSent),
    happened: 'The test was cancelled; the connection was closed at once.',
    brief: 'The test was cancelled; nothing was delivered',
    meaning: 'Nothing was delivered.',
    who: 'you',
    advice: ['Run the test again when you want to.'],
  },
  {
    id: 'delivery-unknown',
    severity: 'warning',
    when: ({ messageSent, failure: { kind }, failure: reason }) =>
      messageSent && (kind !== 'reply' || (reason.kind === 'reply' && reason.reply.code < 400)),
    happened: ({ failure: { kind } }) => {
      if (kind === 'closed' || kind === 'network')
        return 'The whole message was sent; then the connection was lost before the server’s answer came.';
      if (kind === 'timeout') return 'The whole message was sent, and the server did not answer in time.';
      if (kind === 'cancelled') return 'The test was cancelled after the whole message had been sent.';
      return 'The whole message was sent, but no proper answer to it came.';
    },
    brief: ({ plan }) => `Unknown whether ${plan.host} took the mail: no answer came after the message`,
    meaning:
      'The mail may have been delivered or not: only the mailbox or the server’s log can tell. It was not sent again.',
    who: 'you',
    advice: [
      'Look in the recipient’s mailbox before you send again.',
      'Ask the mail administrator for the server’s log of this minute.',
    ],
  },
  {
    id: 'inbox-not-running',
    severity: 'information',
    when: allOf(isLocal, failure('network', {}, 'connect')),
    happened: (facts) => `No inbox answers on this computer (${placeOf(facts)}).`,
    brief: (facts) => `No inbox answers on this computer (${placeOf(facts)})`,
    meaning: 'Says nothing about the farm: the mail would have stayed on this computer.',
    who: 'you',
    advice: ['Start the inbox, then send again.'],
  },
  {
    id: 'injected',
    severity: 'error',
    when: failure('injected'),
    happened: (facts) =>
      isAtStartTls(facts)
        ? 'More came than one answer to STARTTLS: something was injected before encryption began.'
        : `The server sent more than was asked for ${atStep(facts)}, before the next command was sent.`,
    brief: (facts) =>
      isAtStartTls(facts)
        ? `An answer was injected before encryption with ${facts.plan.host} began; the session was stopped`
        : `${facts.plan.host} sent more than was asked for ${atStep(facts)}; the session was stopped`,
    meaning: (facts) =>
      isAtStartTls(facts)
        ? 'Answers slipped in before encryption are how an attacker on the network forges a conversation. The session was stopped; no password was sent. SharePoint may not notice.'
        : 'Answers nobody asked for come from a broken proxy, or from somebody who forges a conversation. The session was stopped; no password was sent in clear text.',
    who: 'the network administrator',
    advice: [
      `${lookForProxy.slice(0, -1)}, and turn that off for this server.`,
      'Repeat the test from another network. If it comes again, have the mail server examined.',
    ],
  },
  {
    id: 'flooded',
    severity: 'warning',
    when: anyOf(failure('malformed', { fault: 'tooLong' }), failure('malformed', { fault: 'tooMuch' })),
    happened: (facts) =>
      `The server sent more ${atStep(facts)} than a mail server ever needs to say; the session was stopped.`,
    brief: (facts) => `${placeOf(facts)} says more than any mail server; the session was stopped`,
    meaning: 'This is no usual mail server, or it is broken.',
    who: 'the mail administrator',
    advice: ['Check smtpServer and smtpPort.', 'Have the server examined.'],
    setting: 'smtpServer',
  },
  {
    id: 'malformed',
    severity: 'warning',
    when: failure('malformed'),
    happened: (facts) => `The server’s answer ${atStep(facts)} is not a proper SMTP reply; the session was stopped.`,
    brief: (facts) => `${placeOf(facts)} gives an answer that is no SMTP reply ${atStep(facts)}`,
    meaning: 'What SharePoint makes of such an answer is not known.',
    who: 'the mail administrator',
    advice: ['Check that smtpServer and smtpPort lead to the mail server.', lookForProxy],
    setting: 'smtpServer',
  },
];
