import type { Source } from '../lint/rule.ts';

/** A fact that others decide and may change again. Rules take the dates from here, and the day from the clock handed in. */
export interface DatedFact {
  /** The day from which it holds, `YYYY-MM-DD`. */
  readonly from: string;
  /** The day on which the sources were last read, `YYYY-MM-DD`. */
  readonly checked: string;
  readonly sources: readonly [Source, ...Source[]];
}

/**
 * Exchange Online disables basic authentication for SMTP AUTH at the end of December 2026; administrators of existing
 * tenants can turn it on again. Microsoft has moved the date before (September 2025, March to April 2026).
 */
export const basicAuthenticationOff: DatedFact = {
  from: '2027-01-01',
  checked: '2026-11-21',
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

/**
 * Public certification authorities leave Client Authentication out of TLS certificates: by default since October 2025, for
 * good between May 2026 and March 2027, each on a day of its own.
 */
export const publicClientAuthenticationOff: DatedFact & { readonly authorities: readonly string[] } = {
  from: '2025-10-01',
  checked: '2026-11-21',
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
