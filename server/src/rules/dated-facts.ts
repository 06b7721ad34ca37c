import type { Source } from '../lint/rule.ts';

/** A fact that others decide and may change again. Rules take the dates from here, and the day from the clock handed in. */
export interface DatedFact {
  /** The day from which it holds, `YYYY-MM-DD`. */
  readonly from: string;
  /** The day on which the sources were last read, `YYYY-MM-DD`. */
  readonly checked: string;
  readonly sources: readonly [Source, ...Source[]];
  /** What is announced, for the pages of rules: Markdown. */
  readonly text: string;
}

/** The month in which a fact begins to hold, as `January 2027`. */
export function monthOf({ from }: DatedFact): string {
  return new Date(from).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** Exchange Online disables basic authentication for SMTP AUTH. */
export const basicAuthenticationOff: DatedFact = {
  from: '2027-01-01',
  checked: '2026-11-21',
  text: `Microsoft has announced that basic authentication for SMTP AUTH is disabled by default at the end of December 2026 for
tenants that exist by then; their administrators can turn it on again. The day of the final removal is to be announced in
the second half of 2027. The dates have been moved before (September 2025, March to April 2026); read the announcement.`,
  sources: [
    {
      title: 'MC786329: Exchange Online to retire Basic auth for Client Submission (Message Center, mirrored)',
      url: 'https://mc.merill.net/message/MC786329',
    },
    {
      title: 'Exchange Online to retire Basic auth for Client Submission (Exchange team blog)',
      url: 'https://techcommunity.microsoft.com/blog/exchange/exchange-online-to-retire-basic-auth-for-client-submission-smtp-auth/4114750',
    },
  ],
};

/** Public certification authorities leave Client Authentication out of TLS certificates. */
export const publicClientAuthenticationOff: DatedFact & { readonly authorities: readonly string[] } = {
  from: '2025-10-01',
  checked: '2026-11-21',
  text: `Public authorities are leaving Client Authentication out of their TLS certificates: by default since October 2025, for good
on a day of their own between May 2026 and March 2027, as far as they have announced.`,
  sources: [
    {
      title: 'Sunsetting the client authentication EKU from public TLS certificates (DigiCert)',
      url: 'https://knowledge.digicert.com/alerts/sunsetting-client-authentication-eku-from-digicert-public-tls-certificates',
    },
  ],
  /** Parts of an issuer's name, in lower case, by which such an authority is known. */
  authorities: [
    'digicert',
    'sectigo',
    "let's encrypt",
    'globalsign',
    'entrust',
    'godaddy',
    'geotrust',
    'thawte',
    'rapidssl',
  ],
};
