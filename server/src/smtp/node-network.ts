import { lookup } from 'node:dns/promises';
import { connect as connectSocket, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Connected, Connection, Incoming, Network, Resolved, TlsAnswer, TlsWish } from './network.ts';
import { type ClientCertificateState, networkFailureOf, tlsCauseOf } from './node-errors.ts';
import { type Handshake, handshake, prepareHandshake } from './node-tls.ts';

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
  const secure = async (wish: TlsWish): Promise<Handshake> => {
    const prepared = await prepareHandshake(wish);
    if (prepared.kind === 'failed') return { answer: prepared, secured: undefined };
    const early = whatCameEarly(socket, inbox);
    if (early) return { answer: early, secured: undefined };
    inbox.detach();
    return handshake(socket, wish, prepared);
  };
  return {
    address,
    port,
    read: () => inbox.next(),
    hasUnread: () => inbox.hasUnread(),
    write: (bytes) => inbox.stream.write(bytes),
    async startTls(wish) {
      const { answer, secured } = await secure(wish);
      if (secured) inbox = inboxOf(secured.stream, secured.state);
      else socket.destroy();
      return answer;
    },
    destroy() {
      inbox.stream.destroy();
      socket.destroy();
    },
  };
}

/** What came, or ended, while the client certificate was opened: until the client has spoken a server must not. */
function whatCameEarly(socket: Socket, inbox: Inbox): TlsAnswer | undefined {
  if (inbox.hasUnread()) return { kind: 'failed', cause: 'notTls', detail: 'bytes before the handshake' };
  return socket.readable ? undefined : { kind: 'failed', cause: 'closed', detail: 'closed before the handshake' };
}

const withoutTls: ClientCertificateState = { use: 'notAsked', hasIdentity: false };

interface Inbox {
  readonly stream: Socket;
  next(): Promise<Incoming>;
  hasUnread(): boolean;
  /** Stops listening, so that the bytes that follow go to TLS. */
  detach(): void;
}

function inboxOf(stream: Socket, state: ClientCertificateState = withoutTls): Inbox {
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
    const cause = tlsCauseOf(error, state);
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
