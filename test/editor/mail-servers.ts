import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail server as other people write them, on 127.0.0.1, and what happened to it. */
export interface MailServer {
  readonly port: number;
  readonly messages: readonly Email[];
  /** How often somebody connected. */
  readonly connections: () => number;
  /** User names with which somebody tried to log in. */
  readonly logins: readonly string[];
  close(): Promise<void>;
}

export async function startMailServer(options: SMTPServerOptions): Promise<MailServer> {
  const messages: Email[] = [];
  const logins: string[] = [];
  let connections = 0;
  const server = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    onConnect(_, answer) {
      connections++;
      answer();
    },
    onAuth({ username }, _, answer) {
      logins.push(username ?? '');
      answer(null, { user: username });
    },
    onData(stream, _, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', async () => {
        messages.push(await PostalMime.parse(Buffer.concat(chunks)));
        answer();
      });
    },
    ...options,
  });
  // A client that leaves in the middle of the handshake is no reason to end.
  server.on('error', () => {});
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.server.address() as AddressInfo).port,
    messages,
    connections: () => connections,
    logins,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

/** A server that takes a connection and never says a word. */
export interface SilentServer {
  readonly port: number;
  /** As soon as the client hung up. */
  readonly hungUp: Promise<unknown>;
  close(): Promise<void>;
}

export async function startSilentServer(): Promise<SilentServer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hungUp = once(server, 'connection').then(([socket]: Socket[]) => socket && once(socket.resume(), 'close'));
  return {
    port: (server.address() as AddressInfo).port,
    hungUp,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
