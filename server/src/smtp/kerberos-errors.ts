import { visible } from '../text/visible.ts';
import type { KerberosFailure } from './mechanisms/mechanism.ts';

/** What MIT's and Heimdal's Kerberos and Windows say; the first that fits. */
const causes: readonly (readonly [RegExp, KerberosFailure['cause']])[] = [
  [/clock skew|clocks? .*skewed/i, 'clock'],
  [
    /not found in kerberos database|server \(.*\) unknown|target (?:principal name is incorrect|is unknown)|specified target is unknown|numeric host address/i,
    'unknownService',
  ],
  [
    /cannot (?:contact any|find|locate|resolve.*) kdc|unable to (?:reach|find) any kdc|no authority could be contacted|cannot contact a domain controller|cannot resolve network address for kdc/i,
    'noKdc',
  ],
  [/preauthentication failed|password incorrect|password is incorrect|logon attempt failed/i, 'wrongPassword'],
  [
    /no kerberos credentials|no credentials cache|credentials? cache .*not found|can't find client principal|matching credential not found|ticket expired|no credentials (?:are available|were supplied)/i,
    'noTicket',
  ],
];

/** What the GSS-API says to almost everything, before Kerberos says what it is. */
const general =
  /^(?:Unspecified GSS failure\.\s+Minor code may provide more information|No credentials were supplied, or the credentials were unavailable or inaccessible):\s*/;

/** Longest detail that is shown, in characters. */
const detailLimit = 300;

export function causeOf(text: string): KerberosFailure['cause'] {
  return causes.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}

/** What the library said, without the words that stand before every message of it. */
export function detailOf(text: string): string {
  const plain = text.replace(general, '').replace(/[\s.:]+$/, '');
  return visible(plain.split(/\r?\n/)[0]?.slice(0, detailLimit) ?? '');
}
