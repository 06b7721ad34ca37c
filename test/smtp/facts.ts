import type { Login } from '../../server/src/settings/model.ts';
import type { LoginAttempt } from '../../server/src/smtp/authenticate.ts';
import type { Facts } from '../../server/src/smtp/explain.ts';
import type { Failure } from '../../server/src/smtp/failure.ts';
import type { NoKerberos } from '../../server/src/smtp/mechanisms/mechanism.ts';
import type { CertificateFacts, ClientCertificateUse, TlsAnswer } from '../../server/src/smtp/network.ts';
import type { Tested } from '../../server/src/smtp/observations.ts';
import type { Plan } from '../../server/src/smtp/plan.ts';
import type { SessionResult } from '../../server/src/smtp/session.ts';
import { planOf } from './attempt.ts';
import { login, setting, settings } from './settings.ts';

export const date = new Date('2026-11-22T05:00:00Z');

const anonymous = planOf({ settings: settings({ smtpPort: setting(587) }) });
const withUser = (userName: string) =>
  planOf({
    settings: settings({ smtpPort: setting(587), authentication: setting<'anonymous' | Login>(login(userName)) }),
  });
const withLogin = withUser('CONTOSO\\svc-mail');

/** Plans to smtp.contoso.com, port 587, over TLS. */
export const plans = {
  anonymous,
  withLogin,
  withBareName: withUser('svc-mail'),
  toInbox: planOf({ route: { kind: 'localInbox', host: '127.0.0.1', port: 1025 } }),
  inClear: { ...anonymous, tls: false },
  withLoginInClear: { ...withLogin, tls: false },
  withCertificate: {
    ...anonymous,
    clientCertificate: { name: 'smtp-client', path: 'smtp-client.pfx', password: undefined },
  },
} satisfies Record<string, Plan>;

export const certificate: CertificateFacts = {
  subject: 'CN=mail.contoso.local',
  names: ['mail.contoso.local', 'mail02.contoso.local'],
  issuer: 'CN=Contoso Issuing CA',
  validFrom: new Date('2025-11-22T00:00:00Z'),
  validTo: new Date('2027-11-22T00:00:00Z'),
  selfSigned: false,
  key: 'RSA 2048',
  chain: [{ subject: 'CN=Contoso Root CA', validTo: new Date('2035-01-01T00:00:00Z') }],
  fingerprint: 'AB:CD',
};

export function secured(clientCertificate: ClientCertificateUse = 'notAsked', facts = certificate): TlsAnswer {
  const cipher = 'TLS_AES_256_GCM_SHA384';
  return {
    kind: 'secured',
    version: 'TLSv1.3',
    cipher,
    certificate: facts,
    clientCertificate,
    serverEndPoint: undefined,
  };
}

/** As `535 5.7.8 Authentication unsuccessful`. */
export function replied(text: string): Failure {
  const [, code = '', enhanced, rest = ''] = /^(\d{3}) ?(?:(\d\.\d+\.\d+)(?= |$))?(.*)$/.exec(text) ?? [];
  return { kind: 'reply', reply: { code: Number(code), enhanced, text: `${enhanced ?? ''}${rest}`.trim() } };
}

export function attempted(
  mechanism: LoginAttempt['mechanism'],
  failure?: Failure,
  inside?: LoginAttempt['inside'],
  noKerberos?: NoKerberos,
): LoginAttempt {
  return { mechanism, inside, noKerberos, failure };
}

export function note(text: string) {
  return { at: 40, from: 'note', text } as const;
}

/** Facts of a session that got far, but for what is given. */
export function factsOf(given: Pick<Facts, 'step' | 'failure'> & Partial<Facts>): Facts {
  return {
    plan: plans.anonymous,
    messageSent: false,
    date,
    offered: { startTls: true, beforeTls: [], afterTls: [] },
    capabilities: ['SIZE 36700160', '8BITMIME'],
    logins: [],
    mechanism: undefined,
    tls: secured(),
    conversation: [],
    ...given,
  };
}

const names = ['resolve', 'connect', 'greeting', 'EHLO', 'STARTTLS', 'certificate', 'EHLO after TLS'] as const;

/** A session that went well, but for what is given. */
export function resultOf(given: Partial<SessionResult> = {}): SessionResult {
  const later = ['MAIL FROM', 'RCPT TO', 'DATA'] as const;
  return {
    outcome: 'accepted',
    steps: [...names, ...later].map((name) => ({ name, milliseconds: 3, ok: true })),
    stopped: undefined,
    messageSent: true,
    accepted: { code: 250, enhanced: undefined, text: 'queued' },
    addresses: ['192.0.2.7'],
    address: '192.0.2.7',
    tls: secured(),
    mechanism: undefined,
    logins: [],
    probes: [],
    offered: { startTls: true, beforeTls: [], afterTls: [] },
    capabilities: [],
    conversation: [],
    milliseconds: 30,
    ...given,
  };
}

/** A test that went well, but for what is given. */
export function testedOf(result: Partial<SessionResult> = {}, given: Partial<Omit<Tested, 'result'>> = {}): Tested {
  return {
    plan: plans.anonymous,
    to: 'me@contoso.com',
    date,
    message: { lost: [] },
    ports: [],
    ...given,
    result: resultOf(result),
  };
}
