import type { ExplanationEntry } from '../explain.ts';
import { anyOf, failure, quoted } from './matching.ts';

/** What is left when nothing more particular fits. The last entry fits everything. */
export const fallbackExplanations: readonly ExplanationEntry[] = [
  {
    id: 'closing',
    when: ({ failure: reason }) => reason.kind === 'reply' && reason.reply.code === 421,
    happened: (facts) => `The server ended the conversation at ${facts.step}: ${quoted(facts)}.`,
    meaning: 'Usually temporary: limits, overload or maintenance.',
    who: 'the mail administrator',
    advice: ['Try again in some minutes.', 'If it stays, have the server’s log of this minute read.'],
  },
  {
    id: 'temporary',
    when: ({ failure: reason }) => reason.kind === 'reply' && reason.reply.code >= 400 && reason.reply.code < 500,
    happened: (facts) => `The server refuses for now, at ${facts.step}: ${quoted(facts)}.`,
    meaning: 'A temporary refusal; the settings may be right.',
    who: 'the mail administrator',
    advice: ['Try again in some minutes.', 'If it stays, have the server’s log of this minute read.'],
  },
  {
    id: 'refused',
    when: ({ failure: reason }) => reason.kind === 'reply' && reason.reply.code >= 500,
    happened: (facts) => `The server refuses at ${facts.step}: ${quoted(facts)}.`,
    meaning: 'SharePoint is likely to be refused the same way.',
    who: 'the mail administrator',
    advice: ['Show the mail administrator this report.'],
  },
  {
    id: 'unexpected-reply',
    when: failure('reply'),
    happened: (facts) => `The server’s answer at ${facts.step} is not one that belongs there: ${quoted(facts)}.`,
    meaning: 'The session was stopped, for nothing after such an answer can be relied on.',
    who: 'the mail administrator',
    advice: ['Look for a proxy or firewall that rewrites SMTP.', 'Have the server’s log of this minute read.'],
  },
  {
    id: 'session-timeout',
    when: failure('timeout', { limit: 'session' }),
    happened: (facts) => `The conversation took too long and was ended at ${facts.step}.`,
    meaning: 'The server answers very slowly. SharePoint would wait too.',
    who: 'the mail administrator',
    advice: [
      'Try again in some minutes.',
      'Some servers slow down clients they do not know: have the farm’s addresses exempted.',
    ],
  },
  {
    id: 'reply-timeout',
    when: failure('timeout'),
    happened: (facts) => `The server did not answer at ${facts.step}.`,
    meaning: 'SharePoint would wait too, then fail.',
    who: 'the mail administrator',
    advice: ['Try again in some minutes.', 'Have the server’s log of this minute read.'],
  },
  {
    id: 'connection-lost',
    when: anyOf(failure('closed'), failure('network')),
    happened: (facts) => `The connection was lost at ${facts.step}.`,
    meaning: 'The server or something on the way ended it without a word.',
    who: 'the mail administrator',
    advice: ['Try again.', 'Have the server’s log of this minute read.', 'Look for a firewall that inspects SMTP.'],
  },
  {
    id: 'failed',
    when: () => true,
    happened: (facts) => `The test stopped at ${facts.step}.`,
    meaning: 'Nothing was delivered.',
    who: 'you',
    advice: ['Show the mail administrator this report.'],
  },
];
