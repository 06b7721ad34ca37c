import type { Server } from '../settings/model.ts';

const known = new WeakMap<readonly Server[], ReadonlySet<string>>();

/** True for this computer and for the farm's own servers, by name (with or without a domain) or address. */
export function isOnFarm(host: string, servers: readonly Server[]): boolean {
  const name = host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  if (/^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(name)) return true;
  let own = known.get(servers);
  if (own === undefined) {
    own = new Set(servers.flatMap((each) => [each.name.value, each.ipAddress?.value]).flatMap(namesOf));
    known.set(servers, own);
  }
  return own.has(name) || (isHostName(name) && own.has(name.split('.')[0] ?? name));
}

function namesOf(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name.trim().toLowerCase()];
}

function isHostName(name: string): boolean {
  return !/^[\d.]+$/.test(name) && !name.includes(':');
}
