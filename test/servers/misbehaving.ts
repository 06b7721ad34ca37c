import { createServer, type Socket } from 'node:net';
import { createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls';

/** What the server does at one moment: sends a text as it is, and perhaps something after. */
export type Move =
  | string
  | {
      readonly send?: string | Uint8Array;
      /** `silence` leaves the client waiting; `tls` begins TLS. */
      readonly after?: 'close' | 'reset' | 'silence' | 'tls';
      /** What the client's first bytes of TLS are answered with; `close` and `reset` end the connection. */
      readonly toHello?: 'close' | 'reset' | Uint8Array;
      /** Sends `send` and `toHello` in pieces of one byte, this many milliseconds apart. */
      readonly drip?: number;
    };

/** A move that depends on the line it answers. */
export type Answer = Move | ((line: string) => Move);

/** The moments of a conversation. What is not given, a decent server does. */
export interface Script {
  readonly greeting?: Move;
  readonly EHLO?: Move;
  readonly HELO?: Move;
  readonly STARTTLS?: Move;
  readonly ehloAfterTls?: Move;
  /** To `AUTH …`. */
  readonly AUTH?: Answer;
  /** To each line that answers a challenge, in turn; the last one serves for all further ones. */
  readonly challenged?: readonly Answer[];
  readonly MAIL?: Answer;
  readonly RCPT?: Answer;
  readonly RSET?: Move;
  readonly DATA?: Move;
  /** To the final dot. */
  readonly message?: Move;
  readonly QUIT?: Move;
  /** `requestCert: 'optional'` asks for a client certificate and goes on without one. */
  readonly tls?: SecureContextOptions & { readonly requestCert?: boolean | 'optional' };
}

export interface Misbehaving {
  readonly port: number;
  /** All bytes received, one string a connection, one character a byte. */
  readonly received: { readonly clear: string; readonly secured: string };
  readonly messages: readonly string[];
  /** The names asked for in TLS (SNI), one for each handshake; false where none was. */
  readonly serverNames: readonly (string | false)[];
  /** Settles when no connection is open any more. */
  allClosed(): Promise<void>;
  close(): Promise<void>;
}

const decent = {
  greeting: '220 mail.test ESMTP\r\n',
  EHLO: '250-mail.test\r\n250-STARTTLS\r\n250 SIZE 1000000\r\n',
  HELO: '250 mail.test\r\n',
  STARTTLS: { send: '220 go ahead\r\n', after: 'tls' },
  ehloAfterTls: '250-mail.test\r\n250 AUTH LOGIN\r\n',
  AUTH: '334 UGFzc3dvcmQ6\r\n',
  challenged: ['235 2.7.0 welcome\r\n'],
  MAIL: '250 2.1.0 ok\r\n',
  RCPT: '250 2.1.5 ok\r\n',
  RSET: '250 2.0.0 ok\r\n',
  DATA: '354 go on\r\n',
  message: '250 2.0.0 queued as 4711\r\n',
  QUIT: { send: '221 bye\r\n', after: 'close' },
} as const satisfies Script;

/** A server on 127.0.0.1 that follows a script, good or bad, for every connection. `onSilence` is called as it falls silent. */
export async function misbehavingServer(script: Script = {}, onSilence: () => void = () => {}): Promise<Misbehaving> {
  const received = { clear: '', secured: '' };
  const messages: string[] = [];
  const serverNames: (string | false)[] = [];
  const open = new Set<Socket>();
  let idle = () => {};

  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) idle();
    });
    socket.on('error', () => {});
    socket.setNoDelay(true);
    converse(socket, script, { received, messages, serverNames }, onSilence);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return {
    port: address.port,
    received,
    messages,
    serverNames,
    allClosed: () => (open.size === 0 ? Promise.resolve() : new Promise((settle) => (idle = settle))),
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy();
        server.close(() => closed());
      }),
  };
}

interface Log {
  readonly received: { clear: string; secured: string };
  readonly messages: string[];
  readonly serverNames: (string | false)[];
}

function converse(socket: Socket, script: Script, log: Log, onSilence: () => void): void {
  let stream: Socket = socket;
  let secured = false;
  let waiting = '';
  let mode: 'command' | 'challenge' | 'message' = 'command';
  let challenges = 0;

  const act = (move: Move) => {
    const { send = '', after, drip, toHello }: Exclude<Move, string> = typeof move === 'string' ? { send: move } : move;
    const bytes = typeof send === 'string' ? Buffer.from(send) : Buffer.from(send);
    if (toHello !== undefined) answerHello(toHello, drip);
    if (drip !== undefined) return dripOut(stream, bytes, drip);
    if (bytes.length > 0) stream.write(bytes);
    if (after === 'close') stream.end();
    else if (after === 'reset') socket.resetAndDestroy();
    else if (after === 'tls') beginTls();
    else if (after === 'silence') onSilence();
  };

  const answerHello = (answer: 'close' | 'reset' | Uint8Array, drip: number | undefined) => {
    socket.off('data', onData);
    socket.once('data', () => {
      if (answer === 'close') socket.end();
      else if (answer === 'reset') socket.resetAndDestroy();
      else if (drip === undefined) socket.write(answer);
      else dripOut(socket, Buffer.from(answer), drip);
    });
  };

  const beginTls = () => {
    socket.off('data', onData);
    const { requestCert = false, ...identity } = script.tls ?? {};
    const upgraded = new TLSSocket(socket, {
      isServer: true,
      requestCert: requestCert !== false,
      rejectUnauthorized: requestCert === true,
      secureContext: createSecureContext(identity),
    });
    upgraded.once('secure', () => log.serverNames.push(upgraded.servername || false));
    upgraded.on('error', () => socket.destroy());
    upgraded.on('close', () => socket.destroy());
    stream = upgraded;
    secured = true;
    stream.on('data', onData);
  };

  const answer = (line: string) => {
    if (mode === 'challenge') {
      const moves = script.challenged ?? decent.challenged;
      const move = answerTo(line, moves[Math.min(challenges++, moves.length - 1)] ?? '');
      mode = begins(move, '334') ? 'challenge' : 'command';
      return act(move);
    }
    const verb = line.split(' ')[0]?.toUpperCase() ?? '';
    const moment = verb === 'EHLO' && secured ? 'ehloAfterTls' : verb;
    const move = answerTo(line, verb === 'AUTH' ? (script.AUTH ?? decent.AUTH) : moveFor(moment));
    if (verb === 'AUTH' && begins(move, '334')) mode = 'challenge';
    if (verb === 'DATA' && begins(move, '354')) mode = 'message';
    act(move);
  };

  const moveFor = (moment: string): Answer => {
    if (moment === 'challenged' || moment === 'tls') return '500 what?\r\n';
    const found: unknown = Reflect.get(script, moment) ?? Reflect.get(decent, moment);
    return found === undefined ? '500 what?\r\n' : (found as Answer);
  };

  const onData = (bytes: Buffer) => {
    const text = bytes.toString('latin1');
    if (secured) log.received.secured += text;
    else log.received.clear += text;
    waiting += text;
    for (;;) {
      const end = mode === 'message' ? '\r\n.\r\n' : '\r\n';
      const at = waiting.indexOf(end);
      if (at < 0) return;
      const line = waiting.slice(0, at);
      waiting = waiting.slice(at + end.length);
      if (mode !== 'message') {
        answer(line);
        continue;
      }
      mode = 'command';
      log.messages.push(line);
      act(answerTo('', moveFor('message')));
    }
  };

  socket.on('data', onData);
  act(answerTo('', moveFor('greeting')));
}

function answerTo(line: string, answer: Answer): Move {
  return typeof answer === 'function' ? answer(line) : answer;
}

function begins(move: Move, code: string): boolean {
  const sent = typeof move === 'string' ? move : move.send;
  return typeof sent === 'string' && sent.startsWith(code);
}

function dripOut(stream: Socket, bytes: Buffer, milliseconds: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at >= bytes.length || stream.destroyed) return clearInterval(timer);
    stream.write(bytes.subarray(at, ++at));
  }, milliseconds);
}
