import type { Incoming, Network, TlsAnswer } from '../../server/src/smtp/network.ts';

export interface ScriptedServer {
  readonly addresses?: readonly string[];
  /** What the server says, one piece a read, whatever is said to it; a port that is not there refuses connections. */
  readonly ports: Readonly<Record<number, readonly string[]>>;
  readonly tls?: TlsAnswer;
}

/** A network in memory, on which no time goes by. */
export function scriptedNetwork({ addresses = ['192.0.2.7'], ports, tls }: ScriptedServer): Network {
  return {
    now: () => 0,
    date: () => new Date('2026-11-22T05:00:00Z'),
    after: () => () => {},
    resolve: async () => ({ kind: 'addresses', addresses }),
    connect: async ({ address, port }) => {
      const pieces = ports[port];
      if (!pieces) return { kind: 'network', cause: 'refused', detail: 'ECONNREFUSED' };
      const left = [...pieces];
      const connection = {
        address,
        port,
        hasUnread: () => false,
        read: async (): Promise<Incoming> => {
          const piece = left.shift();
          return piece === undefined ? { kind: 'closed' } : { kind: 'bytes', bytes: new TextEncoder().encode(piece) };
        },
        write() {},
        startTls: async () => tls ?? { kind: 'failed' as const, cause: 'notTls' as const, detail: 'no TLS' },
        destroy() {},
      };
      return { kind: 'connected', connection };
    },
  };
}
