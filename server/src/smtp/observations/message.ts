import type { ObservationEntry } from './table.ts';

/** The message itself. */
export const messageObservations: readonly ObservationEntry[] = [
  {
    id: 'characters-lost',
    severity: 'warning',
    when: ({ message }) => (message?.lost.length ?? 0) > 0,
    happened: ({ plan, message }) =>
      `The character set ${plan.charset.name} cannot hold ${message?.lost
        .slice(0, 12)
        .map((character) => `“${character}”`)
        .join(' ')}; question marks stand there in the test email.`,
    brief: ({ plan }) => `Texts lose characters: ${plan.charset.name} (${plan.charset.number}) cannot hold them all`,
    meaning: 'SharePoint’s mail is written in the same character set and is likely to lose such characters too.',
    who: 'whoever keeps this file',
    advice: ['Set characterSet to 65001 (UTF-8).'],
    setting: 'characterSet',
  },
];
