import type { SMTPServer } from 'smtp-server';
import { type Identity, makeIdentity } from './authority.ts';
import { type FoundInbox, findInbox, greeting } from './find.ts';
import { codeOf, prepareFolder, removeNote, writeNote } from './folder.ts';
import { type InboxMessage, limits, openStore, receive, type Store } from './store.ts';

export interface InboxOptions {
  /** Anything but `127.0.0.1` is refused. */
  readonly host: string;
  /** 0 takes any port that is free. Default 1025. */
  readonly port?: number;
  /** Absolute. Made where it is missing, for this user alone. */
  readonly folder: string;
  readonly clock: { date(): Date };
}

/** An inbox that runs in this program. */
export interface Inbox extends FoundInbox {
  /** Received since the start, oldest first, at most the last 100. */
  messages(): readonly InboxMessage[];
  /** Calls back once the file of a message is written. The function it returns ends that. */
  onMessage(listener: (message: InboxMessage) => void): () => void;
  /** Closes every connection and takes `inbox.json` and `ca.pem` away; the messages stay. */
  stop(): Promise<void>;
}

export type InboxStart =
  | { readonly kind: 'started'; readonly inbox: Inbox }
  | { readonly kind: 'alreadyRunning'; readonly inbox: FoundInbox }
  /** `reason` says in a sentence or two why, and what to do. */
  | { readonly kind: 'refused'; readonly reason: string };

export const defaultPort = 1025;

const connections = 20;
const idleMilliseconds = 60_000;
/** How long `stop` waits for clients to end by themselves. */
const closeMilliseconds = 100;

/**
 * Starts a mail server on this computer that delivers nothing and keeps what it receives. STARTTLS is offered, under a
 * certificate authority made at this start, and after it AUTH LOGIN, which takes any user and password and forgets them;
 * who does not log in is welcome too.
 */
export async function startInbox(options: InboxOptions): Promise<InboxStart> {
  const { host, port = defaultPort, folder, clock } = options;
  if (host !== '127.0.0.1') return refused(`The inbox listens on 127.0.0.1 only, not on ${JSON.stringify(host)}.`);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return refused(`${port} is not a port. Choose one from 1024 to 65535, or 0 for any that is free.`);
  }
  const running = await findInbox(folder);
  if (running !== undefined) return { kind: 'alreadyRunning', inbox: running };
  const obstacle = await prepareFolder(folder);
  if (obstacle !== undefined) return refused(obstacle);

  const started = clock.date();
  const identity = await makeIdentity(started);
  const id = Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(8))).toString('hex');
  const store = openStore(folder, clock);
  const server = await createServer(identity, id, store);
  const listening = await listen(server, host, port);
  if ('reason' in listening) return refused(listening.reason);

  const stop = async (): Promise<void> => {
    await removeNote(folder, id);
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  try {
    const note = { host, port: listening.port, pid: process.pid, started: started.toISOString(), id } as const;
    await writeNote(folder, note, identity.authority);
  } catch (error) {
    await stop();
    return refused(`The inbox cannot write to ${folder} (${codeOf(error)}).`);
  }
  const inbox: Inbox = {
    host,
    port: listening.port,
    folder,
    authority: identity.authority,
    messages: () => [...store.messages],
    onMessage(listener) {
      store.listeners.add(listener);
      return () => store.listeners.delete(listener);
    },
    stop: once(stop),
  };
  return { kind: 'started', inbox };
}

function refused(reason: string): InboxStart {
  return { kind: 'refused', reason };
}

function once(action: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => {
    result ??= action();
    return result;
  };
}

async function createServer(identity: Identity, id: string, store: Store): Promise<SMTPServer> {
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    name: 'localhost',
    banner: `${greeting} ${id}`,
    key: identity.key,
    cert: identity.certificate,
    minVersion: 'TLSv1.2',
    size: limits.messageBytes,
    rejectOversized: true,
    maxClients: connections,
    maxRecipients: limits.recipients,
    socketTimeout: idleMilliseconds,
    closeTimeout: closeMilliseconds,
    authMethods: ['LOGIN'],
    authOptional: true,
    // Neither names are resolved nor anything is logged: a log would hold what clients send.
    disableReverseLookup: true,
    logger: false,
    // smtp-server lists AUTH before TLS as well, and only then refuses it.
    onConnect(session, callback) {
      session.disabledCommands = ['AUTH'];
      callback();
    },
    onSecure(_socket, session, callback) {
      session.disabledCommands = [];
      callback();
    },
    onAuth: (_auth, _session, callback) => callback(null, { user: 'anyone' }),
    onData(stream, session, callback) {
      receive(stream, session, store).then(
        () => callback(null, 'kept'),
        (error) => callback(Object.assign(new Error(`not kept: ${codeOf(error)}`), { responseCode: 452 })),
      );
    },
  });
  // A client that resets its connection is no event here.
  server.on('error', () => undefined);
  return server;
}

function listen(server: SMTPServer, host: string, port: number): Promise<{ port: number } | { reason: string }> {
  return new Promise((resolve) => {
    const listener = server.listen(port, host);
    listener.once('error', (error) => resolve({ reason: whyNotListening(codeOf(error), host, port) }));
    listener.once('listening', () => {
      const address = listener.address();
      resolve({ port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
}

function whyNotListening(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken by another program. End that program, or choose another port (0 takes any that is free).`;
  }
  if (code === 'EACCES') return `Port ${port} on ${host} needs more rights than you have. Choose one above 1023.`;
  return `The inbox cannot listen on ${host}:${port} (${code}).`;
}

export { type FoundInbox, findInbox } from './find.ts';
export { defaultInboxFolder } from './folder.ts';
export type { InboxMessage } from './store.ts';
