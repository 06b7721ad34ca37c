import path from 'node:path';
import { URI } from 'vscode-uri';
import { readAuthorities } from '../node/authorities.ts';
import { clientCertificateRefusal } from '../node/certificate-refusal.ts';
import { readClientIdentity } from '../node/client-identity.ts';
import { secretFromEnvironment } from '../node/secrets.ts';
import { knownPassword } from '../node/test-email.ts';
import { Secret } from '../settings/secret.ts';
import type { ClientIdentity } from '../smtp/network.ts';
import type { Plan } from '../smtp/plan.ts';
import type { OpenFile } from './open-files.ts';
import type { SendParams } from './protocol.ts';

/** What a test needs besides its plan. */
export type Provisions =
  | {
      readonly kind: 'provisions';
      readonly password: Secret | undefined;
      readonly identity: ClientIdentity | undefined;
      readonly authorities: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

interface Wish extends Pick<SendParams, 'secrets' | 'user'> {
  readonly file: OpenFile;
  readonly plan: Plan;
  readonly workspaceOf: (file: string) => string;
}

/** Takes the secrets from the request, else from the environment, and reads the files of certificates. */
export async function provisionsFor(wish: Wish): Promise<Provisions> {
  const { plan, secrets, user } = wish;
  const trusted = await readAuthorities(user?.certificateAuthorities ?? []);
  if (trusted.kind === 'refused') return trusted;
  const identity = await identityFor(wish);
  if (identity !== undefined && identity.kind !== 'identity') return identity;
  const asked = secrets.smtpPassword;
  const password =
    asked === undefined ? knownPassword(plan, process.env, user?.allowedEnvironmentVariables) : new Secret(asked);
  return { kind: 'provisions', password, identity: identity?.identity, authorities: trusted.pem };
}

async function identityFor({
  file,
  plan,
  secrets,
  user,
  workspaceOf,
}: Wish): Promise<
  | { readonly kind: 'identity'; readonly identity: ClientIdentity }
  | { readonly kind: 'refused'; readonly reason: string }
  | undefined
> {
  const planned = plan.clientCertificate;
  if (planned === undefined) return undefined;
  const refusal = clientCertificateRefusal(file.analysis, planned);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  const uri = URI.parse(file.uri);
  if (uri.scheme !== 'file') return { kind: 'refused', reason: 'Certificate files are read on this computer only.' };
  const place = { folder: path.dirname(uri.fsPath), workspace: workspaceOf(uri.fsPath), environment: process.env };
  const asked = secrets.clientCertificatePassword;
  const password =
    asked === undefined
      ? secretFromEnvironment(planned.password, process.env, user?.allowedEnvironmentVariables)
      : new Secret(asked);
  const read = await readClientIdentity(planned, place, password);
  if (read.kind !== 'needsPassword') return read;
  return {
    kind: 'refused',
    reason: `The client certificate ${planned.name} has a password, and none is stated. Add password: \${secret:${planned.name}} to it.`,
  };
}
