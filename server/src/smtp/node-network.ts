import { lookup } from 'node:dns/promises';
import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type ConnectionOptions, connect as connectTls, rootCertificates, type TLSSocket } from 'node:tls';
import type { Connected, Connection, Incoming, Network, Resolved, TlsAnswer, TlsWish } from './network.ts';
import { certificateProblemOf, factsOf, networkFailureOf, tlsCauseOf } from './node-errors.ts';

/** Bytes that may wait unread before the socket is paused. */
const unreadLimit = 65_536;

/** The network of the computer this process runs on. Certificates are checked whatever the environment says. */
export const nodeNetwork: Network = {
  now: () => performance.now(),
  date: () => new Date(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  resolve,
  connect,
};

async function resolve(host: string): Promise<Resolved> {
  try {
    const found = await lookup(host, { all: true });
    return { kind: 'addresses', addresses: found.map(({ address }) => address) };
  } catch (error) {
    return networkFailureOf(error);
  }
}

function connect({ address, port, signal }: Parameters<Network['connect']>[0]): Promise<Connected> {
  return new Promise((settle) => {
    const socket = connectSocket({ host: address, port, noDelay: true });
    const abort = () => socket.destroy();
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => {
      signal.removeEventListener('abort', abort);
      settle({ kind: 'network', cause: 'other', detail: 'closed while connecting' });
    });
    socket.once('error', (error) => settle(networkFailureOf(error)));
    socket.once('connect', () => settle({ kind: 'connected', connection: connectionOver(socket, address, port) }));
  });
}

function connectionOver(socket: Socket, address: string, port: number): Connection {
  let inbox = inboxOf(socket);
  return {
    address,
    port,
    read: () => inbox.next(),
    hasUnread: () => inbox.hasUnread(),
    write: (bytes) => inbox.stream.write(bytes),
    async startTls(wish) {
      inbox.detach();
      const { answer, secured } = await handshake(socket, wish);
      if (secured) inbox = inboxOf(secured);
      else socket.destroy();
      return answer;
    },
    destroy() {
      inbox.stream.destroy();
      socket.destroy();
    },
  };
}

interface Inbox {
  readonly stream: Socket;
  next(): Promise<Incoming>;
  hasUnread(): boolean;
  /** Stops listening, so that the bytes that follow go to TLS. */
  detach(): void;
}

function inboxOf(stream: Socket): Inbox {
  const arrived: Uint8Array[] = [];
  let size = 0;
  let end: Incoming | undefined;
  let waiting: ((incoming: Incoming) => void) | undefined;

  const take = (): Incoming | undefined => {
    const bytes = arrived.shift();
    if (!bytes) return end;
    size -= bytes.length;
    if (size < unreadLimit && stream.isPaused()) stream.resume();
    return { kind: 'bytes', bytes };
  };
  const wake = () => {
    if (!waiting) return;
    const incoming = take();
    if (!incoming) return;
    const settle = waiting;
    waiting = undefined;
    settle(incoming);
  };
  const onData = (bytes: Uint8Array) => {
    arrived.push(bytes);
    size += bytes.length;
    if (size >= unreadLimit) stream.pause();
    wake();
  };
  const finish = (how: Incoming) => {
    end ??= how;
    wake();
  };
  const onEnd = () => finish({ kind: 'closed' });
  const onError = (error: Error) => {
    const cause = tlsCauseOf(error);
    finish(cause ? { kind: 'tls', ...cause } : networkFailureOf(error));
  };

  stream.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onError);
  return {
    stream,
    hasUnread: () => arrived.length > 0,
    next: () =>
      new Promise((settle) => {
        waiting = settle;
        wake();
      }),
    detach() {
      stream.off('data', onData).off('end', onEnd).off('close', onEnd);
    },
  };
}

function handshake(
  socket: Socket,
  wish: TlsWish,
): Promise<{ readonly answer: TlsAnswer; readonly secured: TLSSocket | undefined }> {
  const options: ConnectionOptions = {
    socket,
    host: wish.host,
    // Written out: the environment can turn the default of this option off.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(isIP(wish.host) === 0 ? { servername: wish.host } : {}),
    ...(wish.authorities.length > 0 ? { ca: [...rootCertificates, ...wish.authorities] } : {}),
  };
  return new Promise((settle) => {
    const secured = connectTls(options);
    let certificate: ReturnType<typeof factsOf>;
    // Emitted before the certificate is judged: the only moment at which a bad one can still be read.
    secured.prependListener('secure', () => {
      // Not getPeerX509Certificate: in Node 20 it takes the certificate away from the check of the host name.
      certificate = factsOf(secured.getPeerCertificate().raw);
    });
    const fail = (error: Error) => {
      const problem = certificateProblemOf(error);
      const answer: TlsAnswer = problem
        ? { kind: 'untrusted', ...problem, certificate }
        : { kind: 'failed', ...(tlsCauseOf(error) ?? { cause: 'closed', detail: networkFailureOf(error).detail }) };
      settle({ answer, secured: undefined });
    };
    const onClose = () =>
      settle({
        answer: { kind: 'failed', cause: 'closed', detail: 'closed during the handshake' },
        secured: undefined,
      });
    secured.on('error', fail);
    secured.once('close', onClose);
    secured.once('secureConnect', () => {
      secured.off('close', onClose);
      const version = secured.getProtocol() ?? 'TLS';
      const answer: TlsAnswer = {
        kind: 'secured',
        version,
        cipher: secured.getCipher().name,
        certificate,
        clientCertificate: 'unknown',
        serverEndPoint: undefined,
      };
      settle({ answer, secured });
    });
  });
}
