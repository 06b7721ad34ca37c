import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type SecureContextOptions, type TLSSocket } from 'node:tls';
import { checkOpenssl } from '../certificates/run-openssl.ts';

/** A server on 127.0.0.1 that speaks TLS from the first byte and sends back every line, reversed. */
export interface TlsServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface NodeTlsServer extends TlsServer {
  /** Subject (CN) of each client certificate received, undefined where none came; one for each handshake. */
  readonly clients: readonly (string | undefined)[];
}

/** @param asks Asks for a client certificate and takes whatever comes. */
export async function tlsServer(options: SecureContextOptions & { readonly asks?: boolean }): Promise<NodeTlsServer> {
  const clients: (string | undefined)[] = [];
  const open = new Set<TLSSocket>();
  const { asks = false, ...rest } = options;
  const server = createServer({ ...rest, requestCert: asks, rejectUnauthorized: false }, (socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    clients.push(commonName(socket));
    socket.on('data', (bytes) => socket.write(reversed(bytes.toString('latin1'))));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return {
    port: address.port,
    clients,
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy();
        server.close(() => closed());
      }),
  };
}

function commonName(socket: TLSSocket): string | undefined {
  // Empty where there is none, against Node's types.
  const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string } };
  return subject?.CN;
}

function reversed(line: string): string {
  return `${line.trimEnd().split('').reverse().join('')}\n`;
}

/**
 * OpenSSL's own server: it says in an alert why it does not take a client certificate, where Node only hangs up.
 *
 * @param folder where the files that the options name are
 */
export async function opensslServer(folder: string, ...options: readonly string[]): Promise<TlsServer> {
  checkOpenssl();
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-rev', ...options], { cwd: folder });
  const port = await portOf(child);
  return {
    port,
    close: () =>
      new Promise((closed) => {
        child.once('close', () => closed());
        child.kill('SIGKILL');
      }),
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((settle, fail) => {
    let said = '';
    const listen = (bytes: Buffer) => {
      said += bytes.toString();
      const port = /^ACCEPT .*:(\d+)$/m.exec(said)?.[1];
      if (port !== undefined) settle(Number(port));
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('close', () => fail(new Error(`openssl s_server ended: ${said}`)));
  });
}
