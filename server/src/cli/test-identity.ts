import { clientCertificateRefusal } from '../node/certificate-refusal.ts';
import { readClientIdentity } from '../node/client-identity.ts';
import { secretFromEnvironment } from '../node/secrets.ts';
import type { ClientIdentity } from '../smtp/network.ts';
import type { Plan } from '../smtp/plan.ts';
import { RefusalError, type Terminal } from './command.ts';
import { referredPassword } from './passwords.ts';
import type { Subject } from './test-subject.ts';

/** Throws where the client certificate of a plan could not be used by SharePoint either. */
export function refuseClientCertificate({ analysis }: Subject, { clientCertificate }: Plan): void {
  const refusal = clientCertificate && clientCertificateRefusal(analysis, clientCertificate);
  if (refusal !== undefined) throw new RefusalError(refusal);
}

/** The client certificate of a plan with its key; undefined where there is none. Asks for its password where it has one. */
export async function identityOf(
  { input, ways }: Subject,
  { clientCertificate: planned }: Plan,
  terminal: Terminal,
): Promise<ClientIdentity | undefined> {
  if (planned === undefined) return undefined;
  const place = await input.place();
  const known = secretFromEnvironment(planned.password, terminal.env, ways.allowed);
  let read = await readClientIdentity(planned, place, known);
  if (read.kind === 'needsPassword') {
    const wanted = {
      name: `the password of the client certificate ${planned.name}`,
      reference: planned.password,
      options: undefined,
      variable: 'FARM_EMAIL_CLIENT_PFX',
    };
    read = await readClientIdentity(planned, place, await referredPassword(wanted, ways, terminal));
  }
  if (read.kind === 'identity') return read.identity;
  throw new RefusalError(
    read.kind === 'refused' ? read.reason : `the client certificate ${planned.name} wants a password.`,
  );
}
