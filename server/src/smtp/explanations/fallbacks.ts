import type { ExplanationEntry, Facts } from '../explain.ts';
import { anyOf, failure } from './matching.ts';
import { atStep, codesOf, lookForProxy, quoted, readLog, tryLater } from './words.ts';

const ifItStays = 'If it stays, have the server’s log of this minute read.';
/** As ` (60 seconds)`. */
const secondsOf = ({ failure: reason }: Facts) =>
  reason.kind === 'timeout' ? ` (${Math.max(1, Math.round(reason.milliseconds / 1_000))} seconds)` : '';
const showReport = 'Show the mail administrator this report.';

/** What is left when nothing more particular fits. The last entry fits everything. */
export const fallbackExplanations: readonly ExplanationEntry[] = [
  {
    id: 'closing',
    severity: 'warning',
    when: ({ failure: reason }) => reason.kind === 'reply' && reason.reply.code === 421,
    happened: (facts) => `The server ended the conversation ${atStep(facts)}: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} ends the conversation ${atStep(facts)}${codesOf(facts)}`,
    meaning: 'Usually temporary: limits, overload or maintenance.',
    who: 'the mail administrator',
    advice: [tryLater, ifItStays],
  },
  {
    id: 'temporary',
    severity: 'warning',
    when: ({ failure: reason }) => reason.kind === 'reply' && reason.reply.code >= 400 && reason.reply.code < 500,
    happened: (facts) => `The server refuses for now, ${atStep(facts)}: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses for now, ${atStep(facts)}${codesOf(facts)}`,
    meaning: 'A temporary refusal; the settings may be right.',
    who: 'the mail administrator',
    advice: [tryLater, ifItStays],
  },
  {
    id: 'refused',
    severity: 'error',
    when: ({ failure: reason }) => reason.kind === 'reply' && reason.reply.code >= 500,
    happened: (facts) => `The server refuses ${atStep(facts)}: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses ${atStep(facts)}${codesOf(facts)}`,
    meaning: 'SharePoint is likely to be refused the same way.',
    who: 'the mail administrator',
    advice: [showReport],
  },
  {
    id: 'unexpected-reply',
    severity: 'warning',
    when: failure('reply'),
    happened: (facts) => `The server’s answer ${atStep(facts)} is not one that belongs there: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} gives an answer that does not belong ${atStep(facts)}${codesOf(facts)}`,
    meaning: 'The session was stopped, for nothing after such an answer can be relied on.',
    who: 'the mail administrator',
    advice: [lookForProxy, readLog],
  },
  {
    id: 'session-timeout',
    severity: 'warning',
    when: failure('timeout', { limit: 'session' }),
    happened: (facts) => `The time of the whole test${secondsOf(facts)} ran out ${atStep(facts)}.`,
    brief: (facts) => `The test of ${facts.plan.host} ran out of time${secondsOf(facts)} ${atStep(facts)}`,
    meaning: 'The server answers very slowly, or not at all. SharePoint is likely to wait too, then fail.',
    who: 'the mail administrator',
    advice: [
      tryLater,
      'Give the test more time, if it had little.',
      'Some servers slow down clients they do not know: have the farm’s addresses exempted.',
    ],
  },
  {
    id: 'reply-timeout',
    severity: 'warning',
    when: failure('timeout'),
    happened: (facts) => `The server did not answer ${atStep(facts)}.`,
    brief: (facts) => `${facts.plan.host} does not answer ${atStep(facts)}`,
    meaning: 'SharePoint is likely to wait too, then fail.',
    who: 'the mail administrator',
    advice: [tryLater, readLog],
  },
  {
    id: 'connection-lost',
    severity: 'warning',
    when: anyOf(failure('closed'), failure('network')),
    happened: (facts) => `The connection was lost ${atStep(facts)}.`,
    brief: (facts) => `The connection with ${facts.plan.host} was lost ${atStep(facts)}`,
    meaning: 'The server or something on the way ended it without a word.',
    who: 'the mail administrator',
    advice: ['Try again.', readLog, 'Look for a firewall that inspects SMTP.'],
  },
  {
    id: 'failed',
    severity: 'warning',
    when: () => true,
    happened: (facts) => `The test stopped ${atStep(facts)}.`,
    brief: (facts) => `The test of ${facts.plan.host} stopped ${atStep(facts)}`,
    meaning: 'Nothing was delivered.',
    who: 'you',
    advice: [showReport],
  },
];
