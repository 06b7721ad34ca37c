import type { ExplanationEntry, Facts } from '../explain.ts';
import { allOf, not, reply } from './matching.ts';
import { codesOf, quoted, readLog } from './words.ts';

const isSent = ({ messageSent }: Facts) => messageSent;

/** DATA and the message. */
export const messageExplanations: readonly ExplanationEntry[] = [
  {
    id: 'too-big',
    severity: 'error',
    when: reply(
      {
        codes: [552, 523, 554],
        enhanced: ['5.3.4', '5.2.3'],
        text: /message size|size (?:limit|exceed)|too (?:big|large)/i,
      },
      'MAIL FROM',
      'DATA',
    ),
    happened: (facts) =>
      facts.step === 'DATA'
        ? `The message is too big for the server: ${quoted(facts)}.`
        : `Before the message was sent, the server says it is too big: ${quoted(facts)}.`,
    brief: (facts) => `A test email of a few kilobytes is too big for ${facts.plan.host}${codesOf(facts)}`,
    meaning: 'A test email has a few kilobytes, so the limit is set far too low.',
    who: 'the mail administrator',
    advice: ['Have the size limit of the connector raised.'],
  },
  {
    id: 'data-refused',
    severity: 'error',
    when: allOf(not(isSent), reply({ codes: [550, 551, 552, 553, 554, 571] }, 'DATA')),
    happened: (facts) => `The server took sender and recipient, and then refuses DATA: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} takes sender and recipient, and then refuses DATA${codesOf(facts)}`,
    meaning: 'No message was sent. A policy, or a recipient taken in appearance only, stands behind it.',
    who: 'the mail administrator',
    advice: [readLog, 'Test with another recipient.'],
  },
  {
    id: 'content-malformed',
    severity: 'warning',
    when: allOf(isSent, reply({ enhanced: ['5.6.0', '5.6.1', '5.6.2', '5.6.3'] }, 'DATA')),
    happened: (facts) => `The server does not take the message’s content, or finds it malformed: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} does not take the content of the message${codesOf(facts)}`,
    meaning: 'SharePoint composes its mail another way, so it may pass; the character set is the same.',
    who: 'the mail administrator',
    advice: ['If another characterSet than 65001 (UTF-8) is set, test with that one.', readLog],
    setting: 'characterSet',
  },
  {
    id: 'content-policy',
    severity: 'warning',
    when: allOf(
      isSent,
      reply(
        { codes: [550, 554, 571], enhanced: ['5.7.1', '5.7.0'], text: /spam|policy|virus|content|filter/i },
        'DATA',
      ),
    ),
    happened: (facts) => `A filter or a policy of the server objects to the message: ${quoted(facts)}.`,
    brief: (facts) => `A filter or policy of ${facts.plan.host} objects to the message${codesOf(facts)}`,
    meaning: 'Sender and recipient were accepted. SharePoint’s messages read differently, and may pass or not.',
    who: 'the mail administrator',
    advice: ['Have the filter’s log of this minute read.', 'Have the farm’s addresses or sender exempted.'],
  },
  {
    id: 'content-refused',
    severity: 'warning',
    when: reply({ codes: [550, 552, 554, 571] }, 'DATA'),
    happened: (facts) => `The server refuses the message itself: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses the message itself${codesOf(facts)}`,
    meaning: 'Sender and recipient were accepted; a filter or a policy is likely to object to the mail.',
    who: 'the mail administrator',
    advice: [readLog, 'Test with another recipient.'],
  },
];
