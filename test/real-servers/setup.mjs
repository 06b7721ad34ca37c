import { unpackServers } from './debian.mjs';
import { compileKerberos } from './kerberos-addon.mjs';

/** Makes what the tests start: the servers' programs, and the client of Kerberos. */
export async function setup() {
  await unpackServers();
  await compileKerberos();
}
