import { Secret } from '../../server/src/settings/secret.ts';
import { sendTestEmail } from '../../server/src/smtp/attempt.ts';
import type { Limits } from '../../server/src/smtp/conversation.ts';
import type { Kerberos } from '../../server/src/smtp/mechanisms/mechanism.ts';
import type { ClientIdentity, Network } from '../../server/src/smtp/network.ts';
import { nodeNetwork } from '../../server/src/smtp/node-network.ts';
import type { TestOutcome } from '../../server/src/smtp/outcome.ts';
import { type Plan, type PlanInput, planTestEmail } from '../../server/src/smtp/plan.ts';
import type { Authority } from '../servers/authority.ts';
import { certificate, login, setting, settings } from './settings.ts';

export const password = 'Zq7~correct horse/ü+battery';
export const userName = 'CONTOSO\\svc-mail';

/** Long enough for a busy computer; a test that waits for a limit gives a shorter one. */
export const limits: Limits = { connect: 5_000, reply: 5_000, quit: 1_000, session: 10_000 };

export interface Attempt {
  readonly host?: string;
  readonly tls?: boolean;
  readonly login?: boolean;
  readonly password?: string;
  readonly authority?: Authority;
  /** Planned as the client certificate, and presented. */
  readonly identity?: ClientIdentity;
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
  readonly network?: Network;
  readonly kerberos?: Kerberos;
  readonly userName?: string;
  readonly onStep?: (step: string) => void;
}

/** A plan of the usual test settings, or a bug of the test. */
export function planOf(input: Partial<PlanInput>): Plan {
  const result = planTestEmail({
    purpose: 'send',
    settings: settings(),
    certificates: [],
    route: { kind: 'asConfigured' },
    computer: 'SP-APP01',
    ...input,
  });
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.plan;
}

/** Sends a test email to a server of a test. */
export function attempt(server: { readonly port: number }, wish: Attempt = {}): Promise<TestOutcome> {
  const plan = planOf({
    settings: settings({
      smtpServer: setting(wish.host ?? 'localhost'),
      smtpPort: setting(server.port),
      useTls: setting(wish.tls ?? true),
      ...(wish.login ? { authentication: setting(login(wish.userName ?? userName)) } : {}),
      ...(wish.identity ? { clientCertificate: setting<string | null>(wish.identity.name) } : {}),
    }),
    certificates: wish.identity ? [certificate(wish.identity.name)] : [],
  });
  return sendTestEmail({
    plan,
    to: 'me@contoso.com',
    password: wish.login ? new Secret(wish.password ?? password) : undefined,
    identity: wish.identity,
    network: wish.network ?? loopback,
    kerberos: wish.kerberos,
    signal: wish.signal ?? new AbortController().signal,
    trustedAuthorities: wish.authority ? [wish.authority.certificate] : [],
    limits: { ...limits, ...wish.limits },
    onStep: wish.onStep ?? (() => {}),
  });
}

/** The real network, but every name is this computer: no test sends anywhere else. */
export const loopback: Network = {
  ...nodeNetwork,
  resolve: async () => ({ kind: 'addresses', addresses: ['127.0.0.1'] }),
};
