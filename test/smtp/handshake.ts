import { Secret } from '../../server/src/settings/secret.ts';
import type { ClientIdentity, Incoming, TlsAnswer, TlsWish } from '../../server/src/smtp/network.ts';
import { nodeNetwork } from '../../server/src/smtp/node-network.ts';

export interface Shaken {
  readonly answer: TlsAnswer;
  /** What came back for a line, where the answer is `secured`: in TLS 1.3 a client certificate is refused only here. */
  readonly next: Incoming | undefined;
}

/** A handshake with a server on 127.0.0.1, and a line in it. */
export async function shakeHands(server: { readonly port: number }, wish: Partial<TlsWish>): Promise<Shaken> {
  const { signal } = new AbortController();
  const connected = await nodeNetwork.connect({ address: '127.0.0.1', port: server.port, signal });
  if (connected.kind !== 'connected') throw new Error(`No connection: ${connected.detail}`);
  const { connection } = connected;
  const answer = await connection.startTls({ host: 'localhost', authorities: [], identity: undefined, ...wish });
  if (answer.kind !== 'secured') return { answer, next: undefined };
  connection.write(Buffer.from('hello\n'));
  const next = await connection.read();
  connection.destroy();
  return { answer, next };
}

/** What a handshake came to, in one word; where both sides were content, what became of client certificates. */
export function outcomeOf({ answer, next }: Shaken): string {
  if (answer.kind === 'untrusted') return answer.problem;
  if (answer.kind === 'failed') return answer.cause;
  if (next?.kind === 'bytes') return answer.clientCertificate;
  return next?.kind === 'tls' ? next.cause : (next?.kind ?? '');
}

/** A client certificate as if it had been read from a file. */
export function clientIdentity(file: string | Uint8Array, password?: string): ClientIdentity {
  const bytes = typeof file === 'string' ? new Uint8Array(Buffer.from(file)) : file;
  return {
    name: 'smtp-client',
    file: { format: typeof file === 'string' ? 'PEM' : 'PFX', bytes },
    password: password === undefined ? undefined : new Secret(password),
    wipe: () => bytes.fill(0),
  };
}
