import type { SecretReference, Server, Stated } from '../settings/model.ts';

/** The environment variable that we propose for the key. */
export const credentialKeyVariable = 'FARM_EMAIL_CREDENTIAL_KEY';

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
  const users = new Map<string | undefined, { readonly first: ServerKey; count: number }>();
  for (const key of keys) {
    const text = referenceText(key.reference);
    const counted = users.get(text);
    if (counted === undefined) users.set(text, { first: key, count: 1 });
    else counted.count++;
  }
  let usual: { readonly first: ServerKey; readonly count: number } | undefined;
  for (const each of users.values()) if (usual === undefined || each.count > usual.count) usual = each;
  return usual?.first;
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
