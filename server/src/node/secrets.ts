import type { SecretReference } from '../settings/model.ts';
import { Secret } from '../settings/secret.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says to a reference. */
export type EnvironmentAnswer =
  | { readonly kind: 'secret'; readonly secret: Secret }
  /** The variable may be read, and is not set or empty. */
  | { readonly kind: 'notSet'; readonly name: string }
  /** The variable may not be read, so whether it is set was not looked at. */
  | { readonly kind: 'notAllowed'; readonly name: string }
  /** The reference names no variable. */
  | { readonly kind: 'elsewhere' };

/**
 * Asks the environment for the secret behind `${env:NAME}`. Only names that start with `FARM_EMAIL_` are read, and those
 * the user allowed: a file must not be able to name any variable and have it sent to a host of its choice.
 */
export function askEnvironment(
  reference: SecretReference | undefined,
  environment: Environment,
  allowed: readonly string[] = [],
): EnvironmentAnswer {
  if (reference?.kind !== 'environment') return { kind: 'elsewhere' };
  const { name } = reference;
  if (!name.startsWith('FARM_EMAIL_') && !allowed.includes(name)) return { kind: 'notAllowed', name };
  const text = environment[name];
  return text === undefined || text === '' ? { kind: 'notSet', name } : { kind: 'secret', secret: new Secret(text) };
}

/** The secret behind a reference, where the environment holds it and may be asked for it. */
export function secretFromEnvironment(
  reference: SecretReference | undefined,
  environment: Environment,
  allowed: readonly string[] = [],
): Secret | undefined {
  const answer = askEnvironment(reference, environment, allowed);
  return answer.kind === 'secret' ? answer.secret : undefined;
}
