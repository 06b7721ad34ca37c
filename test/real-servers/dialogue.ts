import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import type { Authority } from '../servers/authority.ts';

export interface Dialogue {
  /** Mechanisms offered after STARTTLS. */
  readonly offered: string;
  /** Sends a line; gives the reply without its line end. */
  say(line: string): Promise<string>;
  close(): void;
}

/** Talks to a server by hand, from its EHLO after STARTTLS on. */
export async function afterTls(port: number, authority: Authority): Promise<Dialogue> {
  let socket: Socket = connect(port, '127.0.0.1');
  let pending = '';
  async function reply(): Promise<string> {
    while (!/^\d{3}(?: .*)?\r\n/m.test(pending)) pending += String((await once(socket, 'data'))[0]);
    const text = pending;
    pending = '';
    return text.replace(/\r\n$/, '');
  }
  function say(line: string): Promise<string> {
    socket.write(`${line}\r\n`);
    return reply();
  }
  await reply();
  await say('EHLO client.test');
  await say('STARTTLS');
  socket = secure({ socket, ca: authority.certificate, servername: 'localhost' });
  await once(socket, 'secureConnect');
  const capabilities = await say('EHLO client.test');
  return { say, offered: /^250.AUTH (.*)\r$/m.exec(capabilities)?.[1] ?? '', close: () => socket.destroy() };
}
