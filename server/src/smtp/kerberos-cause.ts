import type { KerberosFailure } from './mechanisms/mechanism.ts';
import type { Entry } from './transcript.ts';

export type KerberosCause = KerberosFailure['cause'];

/** In the words of MIT's and Heimdal's Kerberos and of Windows; first match wins. */
const causes: readonly (readonly [RegExp, KerberosCause])[] = [
  [/clock|skew/i, 'clock'],
  [
    /not found in kerberos database|principal.?unknown|target.*(?:unknown|unreachable)|unknown service/i,
    'unknownService',
  ],
  [/cannot (?:contact|find|resolve).*\bKDC|no authority could be contacted|unable to reach.*KDC/i, 'noKdc'],
  [
    /preauth\w* failed|password incorrect|decrypt integrity|logon (?:attempt )?(?:denied|failed)|wrong password/i,
    'wrongPassword',
  ],
  [/no kerberos credentials|no credentials|credentials? cache|no ticket|ticket expired/i, 'noTicket'],
  [/kerberos/i, 'other'],
];

/** The last note about a Kerberos that could not be used; undefined where there is none. */
export function kerberosNote(conversation: readonly Entry[]): string | undefined {
  return conversation.findLast(({ from, text }) => from === 'note' && causes.some(([pattern]) => pattern.test(text)))
    ?.text;
}

/** Why Kerberos could not be used, as a note of the conversation tells. */
export function kerberosCauseOf(conversation: readonly Entry[]): KerberosCause | undefined {
  const note = kerberosNote(conversation);
  return note === undefined ? undefined : causes.find(([pattern]) => pattern.test(note))?.[1];
}
