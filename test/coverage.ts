/** What three pages ask of outgoing email, and what of it Farm Email carries. docs/coverage.md is made of it. */

/** S1 the planning page, S2 the announcement of SMTP authentication, S3 the page on client certificates. */
export type Page = 'S1' | 'S2' | 'S3';

export interface Requirement {
  readonly pages: readonly Page[];
  /** In our words. */
  readonly text: string;
  readonly rules?: readonly string[];
  /** Keys of `features`. */
  readonly features?: readonly (keyof typeof features)[];
  /** Why nothing, or not everything, carries it. */
  readonly reason?: string;
}

export const pages: Readonly<Record<Page, { readonly title: string; readonly url: string }>> = {
  S1: {
    title: 'Plan outgoing email for a SharePoint Server farm',
    url: 'https://learn.microsoft.com/en-us/sharepoint/administration/outgoing-email-planning',
  },
  S2: {
    title: 'Finally: SMTP Authentication included with SharePoint 2019',
    url: 'https://mikesblogs.net/finally-smtp-authentication-included-with-sharepoint-2019/',
  },
  S3: {
    title: 'Outgoing SMTP support for client certificate authentication',
    url: 'https://learn.microsoft.com/en-us/sharepoint/administration/outgoing-smtp-support-for-client-certificate-authentication',
  },
};

/** Features with the place in the docs that describes them, relative to docs/. */
export const features = {
  'effective settings': '../README.md#the-file',
  'test email': '../README.md#test-email',
  'the file': '../README.md#the-file',
  'certificate files': 'architecture.md#findings',
} as const;

const probe = 'Seen only at the server: the live probe is planned.';
const script = 'Done by whoever applies the settings: the PowerShell export is planned.';

export const requirements: readonly Requirement[] = [
  {
    pages: ['S1'],
    text: 'The farm has an SMTP server, given by its DNS name or its IP address.',
    rules: ['smtp-server-missing', 'smtp-server-not-a-host', 'smtp-server-ipv6-2013'],
    features: ['test email'],
  },
  {
    pages: ['S1'],
    text: 'Settings exist for the farm and for each web application; a web application overrides the farm.',
    rules: ['override-without-farm-default', 'override-equals-farm', 'duplicate-web-application'],
    features: ['effective settings'],
  },
  {
    pages: ['S1'],
    text: 'The farm’s settings are those of Central Administration.',
    rules: ['farm-target-not-central-admin'],
    features: ['effective settings'],
  },
  {
    pages: ['S1'],
    text: 'Without a login, the mail server allows anonymous access.',
    rules: ['server-refuses-anonymous'],
    features: ['test email'],
  },
  {
    pages: ['S1'],
    text: 'The mail server relays what SharePoint sends.',
    rules: ['server-refuses-relay', 'farm-address-not-allowed'],
    reason: probe,
  },
  {
    pages: ['S1'],
    text: 'The mail server reaches the internet where mail goes to outside addresses.',
    rules: ['server-without-internet', 'exo-direct-send-external'],
    reason: probe,
  },
  {
    pages: ['S1'],
    text: 'The port is the one that the mail server listens on; 25 unless another is stated.',
    rules: ['port-range', 'port-unsupported', 'submission-port-without-tls', 'exo-submission-port', 'exo-mx-port'],
    features: ['test email'],
  },
  {
    pages: ['S1'],
    text: 'TLS is negotiated by STARTTLS only; SMTPS is not supported.',
    rules: ['port-implicit-tls', 'server-without-starttls'],
    features: ['test email'],
  },
  {
    pages: ['S1'],
    text: 'With TLS on, nothing is sent without it; with TLS off, everything goes in plain text.',
    rules: [
      'tls-not-stated',
      'tls-disabled',
      'tls-unsupported',
      'auth-without-tls',
      'exo-submission-tls',
      'connector-external-without-tls',
    ],
    features: ['test email'],
  },
  {
    pages: ['S1'],
    text: 'TLS covers the connection to the first mail server; further hops are set up there.',
    rules: ['tls-first-hop'],
  },
  {
    pages: ['S1'],
    text: 'The mail server’s certificate is valid, trusted, and names the host.',
    rules: ['smtp-server-ip-with-tls', 'smtp-server-short-name-tls'],
    features: ['test email'],
  },
  {
    pages: ['S1'],
    text: 'The From address need not be an account; the service account is probably not what users are to see.',
    rules: ['from-is-service-account'],
  },
  {
    pages: ['S1'],
    text: 'The From address is stated and is an address.',
    rules: ['from-invalid', 'from-or-reply-missing', 'reserved-domain'],
    features: ['test email'],
  },
  {
    pages: ['S1'],
    text: 'The Reply-to address is stated, and somebody reads its mailbox.',
    rules: ['reply-to-no-reply', 'reply-to-not-monitored', 'reply-to-invalid', 'from-or-reply-missing'],
  },
  {
    pages: ['S1'],
    text: 'The character set is UTF-8 unless there is a reason; East Asian languages may read best in their own.',
    rules: ['code-page-unknown', 'code-page-unsafe', 'code-page-not-utf8', 'character-set-east-asian'],
    features: ['test email'],
  },
  {
    pages: ['S1', 'S2'],
    text: 'SharePoint logs in from 2019 on; earlier versions always send anonymously.',
    rules: ['auth-unsupported', 'exo-submission-auth'],
  },
  {
    pages: ['S1'],
    text: 'Whether SharePoint logs in is decided: anonymous, or an account.',
    rules: ['auth-not-stated', 'exo-mx-credentials', 'connector-external-with-auth'],
  },
  {
    pages: ['S1'],
    text: 'The mail server offers a login that SharePoint can do: GSSAPI, NTLM or LOGIN.',
    rules: ['auth-mechanism-unsupported'],
    reason: 'What a server really offers: the live probe is planned.',
  },
  {
    pages: ['S1'],
    text: 'For Kerberos the service principal name SMTPSVC/host is registered for the name in use.',
    rules: ['smtp-server-ip-with-kerberos', 'kerberos-host-name'],
    reason: probe,
  },
  {
    pages: ['S1', 'S2'],
    text: 'A Windows account is written as a UPN or as DOMAIN\\user; another one as the mail team says.',
    rules: ['auth-user-format'],
  },
  {
    pages: ['S1', 'S2'],
    text: 'The login is the From address, or may send as it.',
    rules: ['from-not-login', 'exo-submission-sender', 'exo-from-domain'],
    reason: probe,
  },
  {
    pages: ['S2'],
    text: 'Port 587 offers Kerberos where port 25 offers NTLM alone.',
    rules: ['auth-port-25'],
    reason: 'Comparing the two ports live is planned.',
  },
  {
    pages: ['S1', 'S2'],
    text: 'The application credential key is set on every server before the password is saved.',
    rules: ['credential-key-missing'],
    reason: script,
  },
  { pages: ['S1', 'S2'], text: 'The key is the same on every server.', rules: ['credential-key-differs'] },
  {
    pages: ['S1'],
    text: 'The key is strong, and neither the farm’s passphrase nor the password of an account.',
    rules: ['credential-key-reused', 'secret-in-plain-text'],
    reason: 'How strong it is cannot be seen: the file holds references, never secrets.',
  },
  {
    pages: ['S1', 'S2'],
    text: 'The key can be removed from a server where nothing needs it.',
    rules: ['credential-key-unused', 'credential-key-unsupported'],
  },
  {
    pages: ['S2'],
    text: 'A health rule tells which servers cannot read the stored login; those send anonymously.',
    rules: ['credential-key-missing', 'credential-key-differs'],
    reason: 'The rule itself runs in the farm.',
  },
  {
    pages: ['S1'],
    text: 'Some features send in the name of the acting user, which mail servers may refuse.',
    rules: ['impersonation-with-auth', 'impersonation-blocked', 'exo-submission-impersonation'],
    reason: probe,
  },
  {
    pages: ['S1'],
    text: 'Impersonation can be turned off, for each web application.',
    rules: ['impersonation-with-auth', 'override-sender-unsupported'],
    reason: script,
  },
  {
    pages: ['S1'],
    text: 'Or the account is granted five rights on a receive connector; Any-Sender only for senders from outside.',
    rules: ['connector-rights-missing', 'connector-any-sender'],
    reason: 'Granting them: the Exchange export is planned.',
  },
  {
    pages: ['S1'],
    text: 'The connector is Client Proxy from Exchange 2013 on, and the client front end before.',
    rules: ['connector-usage'],
  },
  {
    pages: ['S1'],
    text: 'Or a connector is externally secured, for the addresses of the farm’s servers, and SharePoint stays anonymous.',
    rules: [
      'connector-open-range',
      'connector-external-with-auth',
      'connector-external-without-tls',
      'farm-address-not-allowed',
    ],
  },
  {
    pages: ['S1', 'S3'],
    text: 'Client certificates are for Subscription Edition, with or without a login.',
    rules: ['client-cert-unsupported', 'client-cert-unknown'],
  },
  {
    pages: ['S1', 'S3'],
    text: 'The mail server accepts or requires client certificates during STARTTLS.',
    rules: ['server-ignores-client-cert'],
    reason: probe,
  },
  { pages: ['S1', 'S3'], text: 'TLS is on where a client certificate is assigned.', rules: ['client-cert-needs-tls'] },
  { pages: ['S1', 'S3'], text: 'The certificate is in the End Entity store.', rules: ['client-cert-store'] },
  {
    pages: ['S1', 'S3'],
    text: 'Its key is RSA or ECC, never DSA.',
    rules: ['client-cert-key-algorithm', 'client-cert-strength'],
    features: ['certificate files'],
  },
  {
    pages: ['S1', 'S3'],
    text: 'SharePoint has its private key.',
    rules: ['client-cert-private-key', 'client-cert-unreadable'],
    features: ['certificate files'],
  },
  {
    pages: ['S1', 'S3'],
    text: 'Key Usage, where there is one, includes Digital Signature.',
    rules: ['client-cert-key-usage'],
    features: ['certificate files'],
  },
  {
    pages: ['S1', 'S3'],
    text: 'Extended Key Usage, where there is one, includes Client Authentication.',
    rules: ['client-cert-eku', 'client-cert-public-ca'],
    features: ['certificate files'],
  },
  {
    pages: ['S1', 'S3'],
    text: 'The accounts that send mail may read the private key.',
    rules: ['client-cert-key-readers'],
    reason: 'The rights themselves can be seen on the farm’s servers only.',
  },
  {
    pages: ['S3'],
    text: 'The certificate that is assigned is the one that was meant, whole and in date.',
    rules: [
      'client-cert-thumbprint',
      'client-cert-ambiguous',
      'client-cert-chain',
      'client-cert-expired',
      'client-cert-expiring',
      'client-cert-differs',
      'client-cert-unused',
      'client-cert-exportable',
    ],
    features: ['certificate files'],
  },
  {
    pages: ['S3'],
    text: 'It is assigned with Set-SPWebApplication -Certificate, or in Central Administration.',
    reason: script,
  },
  {
    pages: ['S1'],
    text: 'Only Farm Administrators configure outgoing email; the SMTP service needs a local administrator.',
    reason: 'A matter of rights on the servers, which a file does not show.',
  },
  {
    pages: ['S1'],
    text: 'Users need at least View permissions to set up alerts.',
    reason: 'A matter of permissions in sites, not of the farm’s mail settings.',
  },
  {
    pages: ['S1'],
    text: 'The SMTP service of IIS is a feature of Windows Server that has to be added.',
    reason: 'A matter of the mail server; `mailServers` states what kind it is.',
    features: ['the file'],
  },
];
