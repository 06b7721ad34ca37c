import type { SecretReference } from '../settings/model.ts';
import { Secret } from '../settings/secret.ts';

/**
 * The secret behind `${env:NAME}`, read from the environment. Only names that start with `FARM_EMAIL_` are read: a file
 * must not be able to name any variable and have it sent to a host of its choice. Undefined for every other reference.
 */
export function secretFromEnvironment(
  reference: SecretReference | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Secret | undefined {
  if (reference?.kind !== 'environment' || !reference.name.startsWith('FARM_EMAIL_')) return undefined;
  const text = environment[reference.name];
  return text === undefined || text === '' ? undefined : new Secret(text);
}
