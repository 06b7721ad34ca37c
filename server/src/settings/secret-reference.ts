import { isPlaceholder, type Placeholders } from '../document/placeholder.ts';
import type { SecretReference } from './model.ts';

/** The keys of a farm-email file under which a secret stands. */
export const secretKeys: readonly unknown[] = ['password', 'applicationCredentialKey', 'passphrase'];

/** Reads what stands where a secret belongs. Literal text, even beside a placeholder, is a `literal`; its value is not kept. */
export function secretReference(text: string, placeholders: Placeholders): SecretReference {
  const environment = /^\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text)?.[1];
  if (environment !== undefined) return { kind: 'environment', name: environment };
  const label = /^\$\{secret:([^}]+)\}$/.exec(text)?.[1];
  if (label !== undefined) return { kind: 'ask', label };
  return isPlaceholder(text, placeholders) ? { kind: 'foreign', text } : { kind: 'literal' };
}

/** True where two references stand for the same secret, as far as the file can tell. */
export function sameSecret(a: SecretReference, b: SecretReference): boolean {
  if (a.kind === 'environment' && b.kind === 'environment') return a.name === b.name;
  if (a.kind === 'ask' && b.kind === 'ask') return a.label === b.label;
  return a.kind === 'foreign' && b.kind === 'foreign' && a.text === b.text;
}
