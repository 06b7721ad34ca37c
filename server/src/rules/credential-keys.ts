import type { SecretReference, Server, Stated } from '../settings/model.ts';
import { sameSecret } from '../settings/secret-reference.ts';

export interface ServerKey {
  readonly server: Server;
  readonly key: Stated<SecretReference>;
  readonly reference: SecretReference;
}

/** The keys that can be compared: not plain text, whose value is not kept, nor text that is encrypted anew each time. */
export function comparableKeys(servers: readonly Server[]): readonly ServerKey[] {
  return servers.flatMap((server) => {
    const key = server.applicationCredentialKey;
    const reference = key?.value;
    if (key === undefined || reference === undefined || reference.kind === 'literal') return [];
    return reference.kind === 'foreign' && reference.text.includes('[ENC=') ? [] : [{ server, key, reference }];
  });
}

/** The first of the keys whose reference most servers have. */
export function usualKey(keys: readonly ServerKey[]): ServerKey | undefined {
  const users = (key: ServerKey): number => keys.filter((each) => sameSecret(each.reference, key.reference)).length;
  let usual: ServerKey | undefined;
  for (const key of keys) if (usual === undefined || users(key) > users(usual)) usual = key;
  return usual;
}

/** A reference as it is written; undefined for plain text. */
export function referenceText(reference: SecretReference): string | undefined {
  switch (reference.kind) {
    case 'environment':
      return `\${env:${reference.name}}`;
    case 'ask':
      return `\${secret:${reference.label}}`;
    case 'foreign':
      return reference.text;
    case 'literal':
      return undefined;
  }
}
