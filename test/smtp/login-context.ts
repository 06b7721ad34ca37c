import type { LoginContext } from '../../server/src/smtp/mechanisms/mechanism.ts';

/** What a login may know, in a test. */
export function loginContext(wish: Partial<LoginContext> = {}): LoginContext {
  return {
    host: 'smtp.contoso.com',
    serverEndPoint: new Uint8Array(32).fill(0x42),
    clientName: 'SP-APP01',
    date: new Date(Date.UTC(2026, 5, 1)),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    kerberos: undefined,
    note: () => {},
    ...wish,
  };
}
