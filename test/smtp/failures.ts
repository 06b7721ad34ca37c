import type { Facts } from '../../server/src/smtp/explain.ts';
import type { Failure, StepName } from '../../server/src/smtp/failure.ts';
import type { LoginFault, MechanismName, NoKerberos } from '../../server/src/smtp/mechanisms/mechanism.ts';
import type { CertificateProblem, NetworkCause, TlsCause } from '../../server/src/smtp/network.ts';
import { attempted, certificate, plans, replied, secured } from './facts.ts';

/** One failure a good tool explains: its family, how people call it, what it is made of, and what explains it. */
export type FailureRow = readonly [
  family: number,
  words: string,
  facts: Pick<Facts, 'step' | 'failure'> & Partial<Facts>,
  id: string,
];

const at = (step: StepName, failure: Failure, more: Partial<Facts> = {}) => ({ step, failure, ...more });
const said = (step: StepName, text: string, more: Partial<Facts> = {}) => at(step, replied(text), more);
const network = (cause: NetworkCause, detail: string): Failure => ({ kind: 'network', cause, detail });
const tls = (cause: TlsCause, detail: string, more: Partial<Facts> = {}) =>
  at('STARTTLS', { kind: 'tls', cause, detail }, { tls: undefined, ...more });
const bad = (problem: CertificateProblem, detail: string, facts = certificate) =>
  at('certificate', { kind: 'certificate', problem, detail, certificate: facts });
const timeout: Failure = { kind: 'timeout', limit: 'step', milliseconds: 15_000 };
const closed: Failure = { kind: 'closed' };
const onPort = (port: number) => ({ plan: { ...plans.withLogin, port } });
const helo: Partial<Facts> = { conversation: [{ at: 1, from: 'client', text: 'HELO SP-APP01' }], capabilities: [] };
const noMechanism = (offered: readonly string[], more: Partial<Facts> = {}, offeredBeforeTls = false) =>
  at('authenticate', { kind: 'noMechanism', offered, offeredBeforeTls }, { plan: plans.withLogin, ...more });
const withoutTls = (offered: readonly string[], choice?: MechanismName) =>
  at('authenticate', { kind: 'loginWithoutTls', offered, choice }, { plan: plans.withLoginInClear, tls: undefined });
const fault = (name: LoginFault, mechanism: MechanismName, more: Partial<Facts> = {}) =>
  at('authenticate', { kind: 'login', mechanism, fault: name }, { plan: plans.withLogin, mechanism, ...more });
const kerberos = (cause: NoKerberos, more: Partial<Facts> = {}) =>
  fault('kerberosOnly', 'GSSAPI', { logins: [attempted('GSSAPI', undefined, undefined, cause)], ...more });
const loggingIn = (
  text: string,
  mechanism: MechanismName = 'LOGIN',
  inside?: 'Kerberos' | 'NTLM',
  noKerberos?: NoKerberos,
) =>
  said('authenticate', text, {
    plan: plans.withLogin,
    mechanism,
    logins: [attempted(mechanism, replied(text), inside, noKerberos)],
  });
const accepted: Partial<Facts> = { plan: plans.withLogin, logins: [attempted('LOGIN')] };
const refused: Partial<Facts> = { plan: plans.withLogin, logins: [attempted('LOGIN', replied('535 5.7.8 no'))] };
const afterMessage = { messageSent: true };
const client = { plan: plans.withCertificate };
const asked = { tls: secured('askedAndNone') };
const notAuthenticated = '5.7.57 Client not authenticated to send mail';

/** Reaching the server, TLS and certificates. */
const upToTls: readonly FailureRow[] = [
  [1, 'name not found', at('resolve', network('nameNotFound', 'ENOTFOUND')), 'name-not-found'],
  [
    1,
    'short name not found',
    at('resolve', network('nameNotFound', 'ENOTFOUND'), { plan: { ...plans.anonymous, host: 'mail' } }),
    'short-name-not-found',
  ],
  [1, 'name server fails', at('resolve', network('nameServerFailed', 'EAI_AGAIN')), 'name-server-failed'],
  [1, 'name server silent', at('resolve', timeout), 'resolve-timeout'],
  [1, 'reserved address', at('resolve', { kind: 'forbiddenAddress', address: '169.254.1.1' }), 'forbidden-address'],
  [2, 'no route', at('connect', network('unreachable', 'EHOSTUNREACH')), 'no-route'],
  [3, 'refused: nothing listens', at('connect', network('refused', 'ECONNREFUSED')), 'connection-refused'],
  [
    3,
    'refused by an inbox that does not run',
    at('connect', network('refused', 'ECONNREFUSED'), { plan: plans.toInbox }),
    'inbox-not-running',
  ],
  [4, 'silence at connect', at('connect', timeout), 'connect-timeout'],
  [4, 'silence, told by the system', at('connect', network('noAnswer', 'ETIMEDOUT')), 'connect-timeout'],
  [5, 'no greeting: inspection, overload', at('greeting', timeout), 'no-greeting'],
  [5, 'no greeting: SMTPS port', at('greeting', timeout, onPort(465)), 'implicit-tls-port'],
  [5, 'no greeting: wrong service', at('greeting', timeout, onPort(443)), 'no-greeting-other-port'],
  [5, 'closed without a greeting', at('greeting', closed), 'closed-at-greeting'],
  [6, 'HTTP', at('greeting', { kind: 'notSmtp', service: 'a web server (HTTP)' }), 'not-smtp'],
  [6, 'IMAP', at('greeting', { kind: 'notSmtp', service: 'IMAP' }), 'not-smtp'],
  [6, 'TLS alert', at('greeting', { kind: 'notSmtp', service: 'TLS from the first byte' }), 'implicit-tls-port'],
  [7, 'connector blocks this address', said('greeting', '554 5.7.1 Access denied'), 'greeting-refused'],
  [7, 'block list', said('greeting', '554 5.7.1 Blocked by zen.spamhaus.org'), 'greeting-block-listed'],
  [7, 'too many connections', said('greeting', '421 4.7.0 Too many connections'), 'greeting-too-many'],
  [7, 'busy', said('greeting', '421 4.3.2 Service shutting down'), 'greeting-busy'],
  [7, 'no mail service here', said('greeting', '554 5.3.2 No SMTP service here'), 'greeting-no-mail'],
  [
    7,
    'block list, said at EHLO',
    said('EHLO', '554 5.7.1 Client host blocked using zen.spamhaus.org'),
    'greeting-block-listed',
  ],
  [7, 'no mail here', said('greeting', '521 5.3.2 No mail here'), 'greeting-no-mail'],
  [8, 'EHLO refused', said('EHLO', '451 4.3.0 later'), 'ehlo-refused'],
  [8, 'EHLO dropped', at('EHLO', closed), 'ehlo-dropped'],
  [8, 'old server, TLS wanted', at('STARTTLS', { kind: 'noStartTls' }, helo), 'old-server-without-tls'],
  [8, 'HELO refused', said('EHLO', '500 what', helo), 'helo-refused'],
  [8, 'host name not liked', said('EHLO', '550 5.7.1 Helo command rejected'), 'client-name-refused'],
  [8, 'bad HELO, said later', said('MAIL FROM', '550 5.7.506 Access denied, bad HELO'), 'client-name-refused'],
  [9, 'STARTTLS not offered', at('STARTTLS', { kind: 'noStartTls' }), 'starttls-not-offered'],
  [
    9,
    'STARTTLS crossed out',
    at('STARTTLS', { kind: 'noStartTls' }, { capabilities: ['PIPELINING', 'XXXXXXXA'] }),
    'starttls-masked',
  ],
  [10, 'offered and refused: 454', said('STARTTLS', '454 4.7.0 TLS not available'), 'starttls-unavailable'],
  [10, 'offered and refused: 502', said('STARTTLS', '502 5.5.1 Not implemented'), 'starttls-unknown'],
  [10, 'offered and refused otherwise', said('STARTTLS', '554 5.7.3 no'), 'starttls-refused'],
  [10, 'offered and dropped', at('STARTTLS', closed), 'starttls-dropped'],
  [11, 'extra answers around STARTTLS', at('STARTTLS', { kind: 'injected' }), 'injected'],
  [11, 'extra answers elsewhere', at('MAIL FROM', { kind: 'injected' }), 'injected'],
  [11, 'not TLS after the go-ahead', tls('notTls', 'ERR_SSL_WRONG_VERSION_NUMBER'), 'tls-not-tls'],
  [12, 'handshake broken', tls('other', 'EPROTO'), 'tls-failed'],
  [12, 'handshake broken off by an alert', tls('other', 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR'), 'tls-alert'],
  [12, 'handshake closed', tls('closed', 'ECONNRESET'), 'tls-closed'],
  [12, 'handshake silent', at('STARTTLS', timeout), 'tls-timeout'],
  [
    12,
    'TLS broken later',
    at('RCPT TO', { kind: 'tls', cause: 'other', detail: 'ERR_SSL_BAD_RECORD' }),
    'tls-broken-later',
  ],
  [13, 'no common version', tls('version', 'ERR_SSL_UNSUPPORTED_PROTOCOL'), 'tls-version'],
  [13, 'no common cipher', tls('noCommonCipher', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'), 'tls-no-cipher'],
  [13, 'weak key exchange', tls('weak', 'ERR_SSL_DH_KEY_TOO_SMALL'), 'tls-weak'],
  [
    14,
    'expired',
    bad('expired', 'CERT_HAS_EXPIRED', { ...certificate, validTo: new Date('2026-11-01') }),
    'certificate-expired',
  ],
  [14, 'issuer expired', bad('expired', 'CERT_HAS_EXPIRED'), 'certificate-expired'],
  [14, 'not yet valid', bad('notYetValid', 'CERT_NOT_YET_VALID'), 'certificate-not-yet-valid'],
  [14, 'other name', bad('otherName', 'ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate-other-name'],
  [14, 'unknown issuer', bad('unknownIssuer', 'SELF_SIGNED_CERT_IN_CHAIN'), 'certificate-unknown-issuer'],
  [14, 'self-signed', bad('selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate-self-signed'],
  [14, 'intermediate missing', bad('issuerNotSent', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate-issuer-not-sent'],
  [14, 'wrong purpose', bad('wrongPurpose', 'INVALID_PURPOSE'), 'certificate-wrong-purpose'],
  [14, 'weak key', bad('weak', 'EE_KEY_TOO_SMALL'), 'certificate-weak'],
  [14, 'revoked', bad('other', 'CERT_REVOKED'), 'certificate-revoked'],
  [14, 'not accepted for another reason', bad('other', 'PATH_LENGTH_EXCEEDED'), 'certificate-bad'],
  [
    15,
    'asked, none given: 421 after EHLO',
    said('EHLO after TLS', '421 4.7.1 Closing', asked),
    'client-certificate-wanted',
  ],
  [
    15,
    'asked, none given: 421 that says so, as Postfix does',
    said('EHLO after TLS', '421 4.7.1 mail.test Error: No client certificate presented', asked),
    'client-certificate-required',
  ],
  [
    15,
    'asked, none given, where nobody knows what was asked',
    said('EHLO after TLS', '421 4.7.1 mail.test Error: No client certificate presented', {
      ...client,
      tls: secured('unknown'),
    }),
    'client-certificate-not-presented',
  ],
  [
    15,
    'presented, and not taken for one',
    said('EHLO after TLS', '421 4.7.1 No client certificate presented', { ...client, tls: secured('presented') }),
    'client-certificate-refused',
  ],
  [
    15,
    'asked, none given: alert',
    tls('clientCertificateRequired', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    'client-certificate-required',
  ],
  [
    15,
    'asked, none given: handshake failure',
    tls('clientCertificateRequired', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'),
    'client-certificate-required',
  ],
  [
    15,
    'asked, none given: closed',
    tls('closed', 'ECONNRESET, after the server asked for a client certificate'),
    'client-certificate-wanted',
  ],
  [
    15,
    'asked, closed with one at hand',
    tls('closed', 'ECONNRESET, after the server asked for a client certificate', client),
    'client-certificate-cut-off',
  ],
  // Where the TLS of this computer does not tell what was asked, the alert is the same as for ciphers.
  [15, 'a handshake failure, nobody knows why', tls('noCommonCipher', 'HANDSHAKE_FAILURE', client), 'tls-no-cipher'],
  [15, 'ended after TLS, not for that', said('EHLO after TLS', '421 4.7.0 Closing'), 'dropped-after-tls'],
  [
    15,
    'ended after TLS, perhaps for that',
    said('EHLO after TLS', '421 4.7.0 Closing', { tls: secured('unknown') }),
    'dropped-after-tls',
  ],
  [
    15,
    'not trusted',
    tls('clientCertificateRefused', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', client),
    'client-certificate-unknown-ca',
  ],
  [
    15,
    'not accepted',
    tls('clientCertificateRefused', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', client),
    'client-certificate-refused',
  ],
  [
    15,
    'ended',
    tls('clientCertificateRefused', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', client),
    'client-certificate-expired',
  ],
  [
    15,
    'wrong KU/EKU',
    tls('clientCertificateRefused', 'ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE', client),
    'client-certificate-wrong-purpose',
  ],
  [
    15,
    'DSA: never presented',
    said('EHLO after TLS', '421 4.7.1 Closing', { ...client, ...asked }),
    'client-certificate-not-presented',
  ],
  [
    15,
    'password of the PFX',
    tls('clientCertificateUnusable', 'the password does not open it', client),
    'client-certificate-password',
  ],
  [15, 'no key', tls('clientCertificateUnusable', 'it holds no private key', client), 'client-certificate-no-key'],
  [
    15,
    'key of another',
    tls('clientCertificateUnusable', 'its private key belongs to another certificate', client),
    'client-certificate-other-key',
  ],
  [
    15,
    'old encryption',
    tls('clientCertificateUnusable', 'its encryption (RC5) is one that this computer cannot read', client),
    'client-certificate-old-encryption',
  ],
  [15, 'damaged', tls('clientCertificateUnusable', 'it is a damaged PFX file', client), 'client-certificate-unusable'],
];

/** The login. */
const atLogin: readonly FailureRow[] = [
  [16, 'no AUTH: needs TLS first', withoutTls([]), 'login-needs-tls'],
  [16, 'no AUTH: only before TLS', noMechanism([], {}, true), 'login-only-before-tls'],
  [16, 'no AUTH: anonymous connector', noMechanism([], onPort(25)), 'login-not-offered-relay'],
  [16, 'no AUTH: address not in range', noMechanism([]), 'login-not-offered'],
  [16, 'in clear text: LOGIN', withoutTls(['LOGIN'], 'LOGIN'), 'login-readable'],
  [16, 'in clear text: NTLM', withoutTls(['NTLM', 'LOGIN'], 'NTLM'), 'login-unprotected'],
  [16, 'in clear text, after HELO', { ...withoutTls([], 'LOGIN'), ...helo }, 'login-assumed'],
  [16, 'in clear text: nothing for SharePoint', withoutTls(['PLAIN', 'CRAM-MD5']), 'login-without-tls'],
  [17, 'only mechanisms SharePoint lacks', noMechanism(['XOAUTH2', 'PLAIN']), 'login-only-foreign'],
  [18, '535 5.7.8', loggingIn('535 5.7.8 Authentication credentials invalid'), 'login-refused'],
  [18, '535 5.7.3', loggingIn('535 5.7.3 Authentication unsuccessful'), 'login-refused-exchange'],
  [
    18,
    'form of the user name',
    {
      ...loggingIn('535 5.7.8 no'),
      plan: plans.withBareName,
    },
    'login-refused-bare-name',
  ],
  [19, '534 too weak', loggingIn('534 5.7.9 Mechanism too weak'), 'login-too-weak'],
  [19, '534 app password', loggingIn('534 5.7.9 Application-specific password required'), 'login-app-password'],
  [19, '538 encryption needed', loggingIn('538 5.7.11 Encryption required'), 'login-encryption-needed'],
  [19, '504 mechanism unknown', loggingIn('504 5.5.4 Unrecognized type'), 'login-unknown-mechanism'],
  [19, '454 temporary', loggingIn('454 4.7.0 Temporary authentication failure'), 'login-temporary'],
  [19, '432 password must change', loggingIn('432 4.7.12 A password transition is needed'), 'login-password-expired'],
  [19, '432 connections', loggingIn('432 4.3.2 Concurrent connections limit exceeded'), 'login-too-many-connections'],
  [
    19,
    '530 5.7.0 STARTTLS first, at the login',
    loggingIn('530 5.7.0 Must issue STARTTLS first'),
    'login-wants-starttls',
  ],
  [
    19,
    '530 5.7.0 STARTTLS first',
    said('MAIL FROM', '530 5.7.0 Must issue STARTTLS first', { plan: plans.inClear }),
    'tls-wanted',
  ],
  [19, '530 5.7.57, no login set', said('MAIL FROM', `530 ${notAuthenticated}`), 'login-wanted'],
  [
    19,
    '530 5.7.57, login refused before',
    said('MAIL FROM', `530 ${notAuthenticated}`, refused),
    'login-wanted-after-refusal',
  ],
  [
    19,
    '530 5.7.57, login skipped before',
    said('MAIL FROM', `530 ${notAuthenticated}`, { plan: plans.withLogin }),
    'login-wanted-none-possible',
  ],
  [
    19,
    '530 5.7.57 in spite of a login',
    said('MAIL FROM', `530 ${notAuthenticated}`, accepted),
    'login-wanted-after-login',
  ],
  [
    19,
    '550 5.7.30',
    loggingIn('550 5.7.30 Basic authentication is not supported for Client Submission'),
    'login-basic-retired',
  ],
  [
    19,
    '535 5.7.139 switched off',
    loggingIn('535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant'),
    'login-exchange-online-off',
  ],
  [
    19,
    '535 5.7.139 policy',
    loggingIn('535 5.7.139 Authentication unsuccessful, the request did not meet the criteria'),
    'login-exchange-online-policy',
  ],
  [20, 'no ticket', kerberos('noTicket'), 'kerberos-no-ticket'],
  [20, 'SPN unknown, alias', kerberos('unknownService'), 'kerberos-unknown-service'],
  [
    20,
    'IP instead of the SPN name',
    kerberos('unknownService', { plan: { ...plans.withLogin, host: '192.0.2.7' } }),
    'kerberos-address',
  ],
  [20, 'KDC not reached', kerberos('noKdc'), 'kerberos-no-kdc'],
  [20, 'clock', kerberos('clock'), 'kerberos-clock'],
  [20, 'wrong password', fault('wrongPassword', 'GSSAPI'), 'kerberos-wrong-password'],
  [20, 'no library', kerberos('noLibrary'), 'kerberos-no-library'],
  [20, 'Kerberos only', fault('kerberosOnly', 'GSSAPI'), 'login-kerberos-only'],
  [20, 'server takes another SPN', loggingIn('535 5.7.8 no', 'GSSAPI', 'Kerberos'), 'kerberos-refused'],
  [
    20,
    'SPN unknown, and no NTLM instead',
    loggingIn('535 5.7.8 no', 'GSSAPI', 'NTLM', 'unknownService'),
    'login-refused-service-unknown',
  ],
  [
    20,
    'IP instead of the SPN name, and no NTLM instead',
    {
      ...loggingIn('535 5.7.8 no', 'GSSAPI', 'NTLM', 'unknownService'),
      plan: { ...plans.withLogin, host: '192.0.2.7' },
    },
    'login-refused-service-unknown',
  ],
  [
    20,
    'no ticket, and no NTLM instead',
    loggingIn('535 5.7.8 no', 'GSSAPI', 'NTLM', 'noTicket'),
    'login-refused-without-kerberos',
  ],
  [
    20,
    'no library, and no NTLM instead',
    loggingIn('535 5.7.8 no', 'GSSAPI', 'NTLM', 'noLibrary'),
    'login-refused-without-kerberos',
  ],
  [21, 'NTLM refused', loggingIn('535 5.7.3 Authentication unsuccessful', 'NTLM'), 'login-refused-ntlm'],
  [21, 'v1 only', fault('ntlmV1Only', 'NTLM'), 'login-ntlm-v1-only'],
  [21, 'no target information', fault('ntlmNoTargetInfo', 'NTLM'), 'login-ntlm-no-target-info'],
  [21, 'no channel binding', fault('ntlmUnbound', 'NTLM'), 'login-ntlm-unbound'],
  [21, 'extended protection', loggingIn('535 5.7.3 Channel binding mismatch', 'NTLM'), 'login-extended-protection'],
  [21, 'account locked', loggingIn('535 5.7.8 Account is locked', 'NTLM'), 'login-account-locked'],
  [21, 'SPNEGO says no', fault('spnegoRejected', 'GSSAPI'), 'login-spnego-rejected'],
  [21, 'layer wanted', fault('noLayer', 'GSSAPI'), 'login-no-layer'],
  [21, 'yes too early', fault('tooEarly', 'GSSAPI'), 'login-too-early'],
  [21, 'message damaged', fault('malformed', 'NTLM'), 'login-malformed'],
  [21, 'challenge not base64', fault('notBase64', 'LOGIN'), 'login-not-base64'],
  [21, 'a challenge too many', fault('unexpected', 'LOGIN'), 'login-unexpected'],
  [21, 'user name asked for twice', fault('asksForUserName', 'LOGIN'), 'login-asks-user-name'],
];

/** The envelope and the message. */
const atMail: readonly FailureRow[] = [
  [
    22,
    'send as denied, Exchange Online',
    said('MAIL FROM', '550 5.7.60 Client does not have permissions to send as this sender', accepted),
    'send-as-denied',
  ],
  [
    22,
    'send as denied, Postfix',
    said('MAIL FROM', '553 5.7.1 Sender address rejected: not owned by user', accepted),
    'send-as-denied',
  ],
  [
    22,
    'send as denied, at DATA',
    said('DATA', '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException', { ...accepted, ...afterMessage }),
    'send-as-denied',
  ],
  [
    22,
    'send as denied, no login',
    said('MAIL FROM', '553 5.7.1 Sender address rejected: not logged in'),
    'send-as-denied-anonymous',
  ],
  [
    22,
    'send as denied, login refused before',
    said('MAIL FROM', '550 5.7.60 Client does not have permissions to send as this sender', refused),
    'send-as-denied-anonymous',
  ],
  [22, '550 5.7.1, login refused before', said('MAIL FROM', '550 5.7.1 no', refused), 'sender-refused'],
  [22, '550 5.7.1 after a login', said('MAIL FROM', '550 5.7.1 no', accepted), 'sender-refused-with-login'],
  [22, '550 5.7.1 without a login', said('MAIL FROM', '550 5.7.1 no'), 'sender-refused'],
  [22, 'sender syntax', said('MAIL FROM', '501 5.1.7 Bad sender address syntax'), 'sender-syntax'],
  [22, 'SMTPUTF8 missing', said('MAIL FROM', '553 5.6.7 SMTPUTF8 required'), 'sender-not-ascii'],
  [22, 'size', said('MAIL FROM', '552 5.3.4 Message size exceeds fixed limit'), 'too-big'],
  [
    22,
    'domain not found',
    said('MAIL FROM', '450 4.1.8 Sender address rejected: Domain not found'),
    'sender-domain-unknown',
  ],
  [
    22,
    'no valid From',
    said('DATA', '550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant', afterMessage),
    'from-header-refused',
  ],
  [22, 'sender banned', said('MAIL FROM', '550 5.7.501 Access denied, spam abuse detected'), 'sender-banned'],
  [22, 'domain not registered', said('MAIL FROM', '550 5.7.750 Service unavailable'), 'sender-domain-not-registered'],
  [
    22,
    'tenant blocked',
    said('MAIL FROM', '550 5.7.705 Access denied, tenant has exceeded threshold'),
    'tenant-blocked',
  ],
  [
    22,
    'Exchange server wanted',
    said('MAIL FROM', '454 4.7.0 Cannot achieve Exchange Server authentication'),
    'exchange-authentication-failed',
  ],
  [
    22,
    'SPF',
    said('RCPT TO', '550 5.7.23 The message was rejected because of Sender Policy Framework violation'),
    'sender-spf',
  ],
  [
    22,
    'DMARC',
    said('DATA', '550 5.7.509 Access denied, sending domain does not pass DMARC', afterMessage),
    'sender-dmarc',
  ],
  [22, 'DKIM', said('DATA', '550 5.7.1 DKIM check failed', afterMessage), 'sender-domain-policy'],
  [
    22,
    'IPv6 without SPF and DKIM',
    said('DATA', '450 4.7.26 IPv6 mail must pass SPF or DKIM', afterMessage),
    'sender-ipv6',
  ],
  [22, 'no reverse DNS', said('RCPT TO', '550 5.7.25 Client host rejected: no PTR'), 'sender-no-reverse-dns'],
  [
    22,
    'submission rate',
    said('MAIL FROM', '421 4.4.2 Message submission rate for this client has exceeded the limit'),
    'submission-rate',
  ],
  [
    22,
    'concurrent connections',
    said('MAIL FROM', '432 4.3.2 STOREDRV; concurrent connections limit'),
    'too-many-connections',
  ],
  [22, 'resources', said('MAIL FROM', '452 4.3.1 Insufficient system resources'), 'server-out-of-resources'],
  [22, 'not active', said('MAIL FROM', '421 4.3.2 Service not active'), 'server-not-active'],
  [
    23,
    'relay denied, Exchange',
    said('RCPT TO', '550 5.7.54 Unable to relay recipient in non-accepted domain'),
    'relay-denied',
  ],
  [23, 'relay denied, Postfix', said('RCPT TO', '554 5.7.1 Relay access denied'), 'relay-denied'],
  [23, 'relay denied, login refused before', said('RCPT TO', '550 5.7.1 Unable to relay', refused), 'relay-denied'],
  [23, 'relay denied after a login', said('RCPT TO', '550 5.7.1 Unable to relay', accepted), 'relay-denied-with-login'],
  [
    23,
    'direct send',
    said('RCPT TO', '550 5.7.68 TenantInboundAttribution; Direct Send not allowed'),
    'direct-send-refused',
  ],
  [23, 'connector', said('RCPT TO', '550 5.7.64 TenantAttribution; Relay Access Denied'), 'connector-not-matched'],
  [
    23,
    'wrong region',
    said('RCPT TO', '451 4.4.62 Mail sent to the wrong Office 365 region'),
    'connector-wrong-region',
  ],
  [23, 'unknown user', said('RCPT TO', '550 5.1.1 User unknown'), 'recipient-unknown'],
  [23, 'greylisting', said('RCPT TO', '451 4.7.1 Greylisted'), 'greylisted'],
  [23, 'too many recipients', said('RCPT TO', '452 4.5.3 Too many recipients'), 'too-many-recipients'],
  [23, 'too many', said('RCPT TO', '450 4.7.1 Daily sending limit exceeded'), 'too-many'],
  [23, 'blocked list', said('RCPT TO', '554 5.7.1 Client host blocked using zen.spamhaus.org'), 'sender-blocked'],
  [23, 'reserved domain', said('RCPT TO', '550 5.1.4 Recipient domain is reserved'), 'recipient-domain-reserved'],
  [23, 'recipient syntax', said('RCPT TO', '501 5.1.3 Bad recipient address syntax'), 'recipient-syntax'],
  [
    23,
    'group wants authenticated senders',
    said('RCPT TO', '550 5.7.1 RESOLVER.RST.AuthRequired'),
    'recipient-wants-login',
  ],
  [
    23,
    'recipient takes no outside mail',
    said('RCPT TO', '550 5.7.133 Sender not authenticated for group'),
    'recipient-restricted',
  ],
  [23, 'mailbox full', said('RCPT TO', '552 5.2.2 Mailbox full'), 'mailbox-full'],
  [23, 'recipient refused otherwise', said('RCPT TO', '550 5.7.1 no'), 'recipient-refused'],
  [23, 'next server too slow', said('RCPT TO', '451 4.4.1 Connection timed out'), 'next-hop-timeout'],
  [24, 'DATA refused', said('DATA', '554 5.5.1 No valid recipients'), 'data-refused'],
  [24, 'too big', said('DATA', '552 5.3.4 Message too big', afterMessage), 'too-big'],
  [24, 'content, 554', said('DATA', '554 5.0.0 Transaction failed', afterMessage), 'content-refused'],
  [24, 'content, 5.6.0', said('DATA', '550 5.6.0 Invalid message content', afterMessage), 'content-malformed'],
  [24, 'content, 5.7.1', said('DATA', '550 5.7.1 Message rejected', afterMessage), 'content-policy'],
  [24, 'connection lost before the last answer', at('DATA', closed, afterMessage), 'delivery-unknown'],
  [24, 'silence after the message', at('DATA', timeout, afterMessage), 'delivery-unknown'],
  [24, 'cancelled after the message', at('DATA', { kind: 'cancelled' }, afterMessage), 'delivery-unknown'],
  [24, 'no proper answer', said('DATA', '354 more', afterMessage), 'delivery-unknown'],
];

/** What is left. */
const anywhere: readonly FailureRow[] = [
  [0, 'cancelled', at('RCPT TO', { kind: 'cancelled' }), 'cancelled'],
  [0, 'flooded', at('EHLO', { kind: 'malformed', fault: 'tooMuch' }), 'flooded'],
  [0, 'malformed', at('EHLO', { kind: 'malformed', fault: 'mixedCodes' }), 'malformed'],
  [0, '421', said('other sender', '421 4.3.2 Closing'), 'closing'],
  [0, 'another 4xx', said('MAIL FROM', '451 4.3.0 later'), 'temporary'],
  [0, 'another 5xx', said('RCPT TO', '503 5.5.1 Bad sequence'), 'refused'],
  [0, 'another reply', said('MAIL FROM', '259 sort of'), 'unexpected-reply'],
  [0, 'the whole took too long', at('outside recipient', { ...timeout, limit: 'session' }), 'session-timeout'],
  [0, 'no reply', at('MAIL FROM', timeout), 'reply-timeout'],
  [0, 'connection lost', at('MAIL FROM', closed), 'connection-lost'],
];

export const failures: readonly FailureRow[] = [...upToTls, ...atLogin, ...atMail, ...anywhere];
