import type { ExplanationEntry } from '../explain.ts';
import { envelope, reply } from './matching.ts';
import { codesOf, quoted, tryLater } from './words.ts';

const temporary = [421, 432, 450, 451, 452];
const raise = 'Have the limit for the farm’s addresses raised.';

/** How much, and how often. */
export const limitExplanations: readonly ExplanationEntry[] = [
  {
    id: 'too-many-recipients',
    severity: 'warning',
    when: reply(
      { codes: [...temporary, 550, 552], enhanced: ['4.5.3', '5.5.3'], text: /too many recipients/i },
      'RCPT TO',
    ),
    happened: (facts) => `The server counts too many recipients: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} counts too many recipients${codesOf(facts)}`,
    meaning: 'This test has one recipient. The limit may count those of a day or an hour, the farm’s included.',
    who: 'the mail administrator',
    advice: [raise, tryLater],
  },
  {
    id: 'submission-rate',
    severity: 'warning',
    when: reply({ codes: temporary, enhanced: ['4.4.2'], text: /submission rate|\brate\b/i }, ...envelope),
    happened: (facts) => `More mail came from here than the server takes in this time: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} takes no more mail in this time${codesOf(facts)}`,
    meaning: 'A farm that sends many alerts at once can meet this limit as well.',
    who: 'the mail administrator',
    advice: [
      'Have the rate for the farm’s addresses raised (Exchange: MessageRateLimit of the receive connector).',
      tryLater,
    ],
  },
  {
    id: 'too-many-connections',
    severity: 'warning',
    when: reply(
      {
        codes: [...temporary, 554],
        text: /concurrent|too many (?:concurrent )?(?:connections|sessions)|thread limit/i,
      },
      ...envelope,
    ),
    happened: (facts) => `The server takes no more connections at once: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} takes no more connections at once${codesOf(facts)}`,
    meaning: 'A farm sends from several servers at once, and can meet this limit as well.',
    who: 'the mail administrator',
    advice: [tryLater, raise, 'Use a relay that limits connections less.'],
  },
  {
    id: 'too-many',
    severity: 'warning',
    when: reply(
      { codes: [...temporary, 550, 554], text: /too many|limit exceeded|quota exceeded for|sending limit/i },
      ...envelope,
    ),
    happened: (facts) => `The server limits how much may be sent: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} limits how much may be sent, and the limit is reached${codesOf(facts)}`,
    meaning: 'A farm that sends many alerts can meet this limit too.',
    who: 'the mail administrator',
    advice: ['Wait, then test again.', raise],
  },
];
