import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findInbox, type Inbox, startInbox } from '../../server/src/inbox/inbox.ts';

const clock = { date: () => new Date() };
const host = '127.0.0.1';

let place: string;
let running: Inbox[];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'farm-email-inbox-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((inbox) => inbox.stop()));
  rmSync(place, { recursive: true, force: true });
});

async function start(folder = join(place, 'inbox'), port = 0): Promise<Inbox> {
  const result = await startInbox({ host, port, folder, clock });
  if (result.kind !== 'started') throw new Error(`not started: ${JSON.stringify(result)}`);
  running.push(result.inbox);
  return result.inbox;
}

interface Sending {
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly ca?: string;
  readonly servername?: string;
  readonly text?: string;
}

function send(
  inbox: { port: number; authority: string },
  { auth, ca = inbox.authority, servername, text }: Sending = {},
) {
  const tls = { ca, ...(servername === undefined ? {} : { servername }) };
  const transport = createTransport({ host, port: inbox.port, requireTLS: true, tls, ...(auth ? { auth } : {}) });
  return transport.sendMail({
    from: 'sharepoint@contoso.com',
    to: ['me@contoso.com', 'you@contoso.com'],
    subject: 'Grüße vom Portal',
    text: text ?? 'Ein Test.\n.\nEnde',
  });
}

/** Every file under the folder, with its bytes. */
function filesUnder(folder: string): { name: string; content: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, content: readFileSync(join(entry.parentPath, entry.name)) }));
}

/** Sends the lines one by one, each after the reply to the one before; gives all replies. */
function converse(port: number, lines: readonly string[], address = host): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port });
    const rest = [...lines, 'QUIT'];
    let heard = '';
    let seen = 0;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      heard += text;
      const complete = /(?:^|\r\n)\d{3} [^\r\n]*\r\n$/.test(heard.slice(seen));
      if (!complete) return;
      seen = heard.length;
      const line = rest.shift();
      if (line !== undefined) socket.write(`${line}\r\n`);
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(heard));
  });
}

describe('a message', () => {
  test('with a login over TLS lies in the folder, with its envelope; the password lies nowhere', async () => {
    const output: string[] = [];
    const listen = (text: unknown): boolean => output.push(String(text)) > 0;
    const spies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation(listen),
    );
    const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...texts) => void output.push(texts.join(' '))),
    );
    const password = randomBytes(12).toString('base64url');
    const user = `CONTOSO\\${randomBytes(8).toString('hex')}`;
    const inbox = await start();
    try {
      await send(inbox, { auth: { user, pass: password } });
    } finally {
      for (const spy of [...spies, ...consoles]) spy.mockRestore();
    }

    const [message] = inbox.messages();
    expect(message).toMatchObject({
      from: 'sharepoint@contoso.com',
      to: ['me@contoso.com', 'you@contoso.com'],
      overTls: true,
      loggedIn: true,
    });
    const raw = readFileSync(message?.file ?? '', 'utf8');
    expect(raw).toMatch(/^Return-Path: <sharepoint@contoso\.com>\r\nDelivered-To: me@contoso\.com\r\n/);
    expect(raw).toMatch(/^Received: from .* with ESMTPSA; /m);
    const mail = await PostalMime.parse(raw);
    expect(mail.subject).toBe('Grüße vom Portal');
    expect(mail.text?.trim()).toBe('Ein Test.\n.\nEnde');
    expect(mail.headers.filter((header) => header.key === 'delivered-to')).toHaveLength(2);

    const kept = filesUnder(inbox.folder);
    expect(kept.map((file) => file.name)).toContain('ca.pem');
    for (const secret of [password, user.slice(8), 'PRIVATE KEY']) {
      for (const form of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')]) {
        for (const file of kept) expect(file.content.includes(form), file.name).toBe(false);
        expect(output.join('\n')).not.toContain(form);
      }
    }
  });

  test('without a login is welcome too', async () => {
    const inbox = await start();
    const heard: string[] = [];
    const forget = inbox.onMessage((message) => heard.push(message.file));
    await send(inbox);
    forget();
    await send(inbox);
    expect(inbox.messages()).toHaveLength(2);
    expect(inbox.messages()[0]).toMatchObject({ overTls: true, loggedIn: false });
    expect(heard).toEqual([inbox.messages()[0]?.file]);
    expect(readFileSync(heard[0] ?? '', 'utf8')).toContain(' with ESMTPS; ');
  });

  test('a bounce has an empty sender', async () => {
    const inbox = await start();
    await converse(inbox.port, [
      'EHLO sp-app01',
      'MAIL FROM:<>',
      'RCPT TO:<me@contoso.com>',
      'DATA',
      'Subject: x\r\n\r\ny\r\n.',
    ]);
    expect(inbox.messages()[0]).toMatchObject({ from: '', overTls: false });
    expect(readFileSync(inbox.messages()[0]?.file ?? '', 'utf8')).toMatch(/^Return-Path: <>\r\n/);
  });

  test('is for this user alone, and never half there', async () => {
    const inbox = await start();
    await send(inbox);
    const modes = ['', 'messages', 'inbox.json', 'ca.pem'].map(
      (name) => statSync(join(inbox.folder, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
    expect(statSync(inbox.messages()[0]?.file ?? '').mode & 0o777).toBe(0o600);
    expect(filesUnder(inbox.folder).filter((file) => file.name.endsWith('.draft'))).toEqual([]);
  });

  test('of more than 5 MB is refused', async () => {
    const inbox = await start();
    await expect(send(inbox, { text: 'x'.repeat(78).concat('\n').repeat(70_000) })).rejects.toThrow(
      /552|maximum message size/i,
    );
    expect(inbox.messages()).toEqual([]);
    expect(readdirSync(join(inbox.folder, 'messages'))).toEqual([]);
  });

  test('cut off in its middle is not kept, and the next one is', async () => {
    const inbox = await start();
    const lines = ['EHLO sp-app01', 'MAIL FROM:<a@contoso.com>', 'RCPT TO:<b@contoso.com>', 'DATA'];
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ host, port: inbox.port });
      socket.setEncoding('utf8');
      socket.on('data', (text: string) => {
        const line = lines.shift();
        if (line !== undefined) socket.write(`${line}\r\n`);
        else if (text.startsWith('354')) socket.write('Subject: half', () => socket.resetAndDestroy());
      });
      socket.once('error', reject);
      socket.once('close', () => resolve());
    });
    await send(inbox);
    expect(inbox.messages()).toHaveLength(1);
    expect(readdirSync(join(inbox.folder, 'messages'))).toHaveLength(1);
  });

  test('pushes out the oldest beyond a hundred', async () => {
    const inbox = await start();
    const messages = join(inbox.folder, 'messages');
    for (let i = 0; i < 120; i++) writeFileSync(join(messages, `2020-01-01T00-00-00.${100 + i}Z-0001.eml`), '');
    writeFileSync(join(messages, 'note.txt'), 'not ours');
    await send(inbox);
    const names = readdirSync(messages).sort();
    expect(names).toHaveLength(101);
    expect(names[0]).toBe('2020-01-01T00-00-00.121Z-0001.eml');
    expect(names).toContain('note.txt');
  });
});

describe('TLS', () => {
  test('no login is offered or taken before it', async () => {
    const inbox = await start();
    const heard = await converse(inbox.port, ['EHLO sp-app01', 'AUTH LOGIN']);
    expect(heard).toMatch(/^220 localhost ESMTP Farm Email inbox [0-9a-f]{16}\r\n/);
    expect(heard).toContain('STARTTLS');
    expect(heard).not.toMatch(/^250[ -]AUTH/m);
    expect(heard).toMatch(/^500 Error: command not recognized/m);
  });

  test('the certificate stands for 127.0.0.1 and localhost, and for nothing else', async () => {
    const inbox = await start();
    await send(inbox);
    await send(inbox, { servername: 'localhost' });
    await expect(send(inbox, { servername: 'smtp.contoso.com' })).rejects.toThrow(/altnames/i);
  });

  test('each start has an authority of its own', async () => {
    const [one, other] = [await start(join(place, 'one')), await start(join(place, 'other'))];
    expect(one.authority).not.toBe(other.authority);
    expect(readFileSync(join(one.folder, 'ca.pem'), 'utf8')).toBe(one.authority);
    await expect(send(one, { ca: other.authority })).rejects.toThrow(/certificate|signature/i);
  });
});

describe('who is let in', () => {
  test('this computer only', async () => {
    const inbox = await start();
    const outside = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter((each) => !each.internal && each.family === 'IPv4')
      .map((each) => each.address);
    for (const address of ['::1', ...outside]) {
      await expect(converse(inbox.port, [], address), address).rejects.toThrow();
    }
  });

  test.each(['0.0.0.0', '::', '::1', 'localhost', '10.0.0.1', ''])('%j is refused as a host', async (other) => {
    const result = await startInbox({ host: other, port: 0, folder: join(place, 'inbox'), clock });
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining('127.0.0.1 only') });
    expect(readdirSync(place)).toEqual([]);
  });

  test('twenty at a time', async () => {
    const inbox = await start();
    const sockets: Socket[] = [];
    const greetings = Array.from({ length: 21 }, () => {
      const socket = connect({ host, port: inbox.port });
      sockets.push(socket);
      return new Promise<string>((resolve, reject) => {
        socket.once('data', (bytes) => resolve(String(bytes).slice(0, 3)));
        socket.once('error', reject);
      });
    });
    const codes = await Promise.all(greetings);
    for (const socket of sockets) socket.destroy();
    expect(codes.filter((code) => code === '220')).toHaveLength(20);
    expect(codes.filter((code) => code === '421')).toHaveLength(1);
  });

  test('no web page', async () => {
    const inbox = await start();
    expect(await converse(inbox.port, ['POST / HTTP/1.1'])).toMatch(/^421 /m);
  });
});

describe('a second start', () => {
  test('in the same folder answers with the one that runs', async () => {
    const inbox = await start();
    const again = await startInbox({ host, port: 0, folder: inbox.folder, clock });
    const { port, folder, authority } = inbox;
    expect(again).toEqual({ kind: 'alreadyRunning', inbox: { host, port, folder, authority } });
    await send(again.kind === 'alreadyRunning' ? again.inbox : inbox);
    expect(inbox.messages()).toHaveLength(1);
  });

  test('on the same port in another folder is refused, and says which port', async () => {
    const inbox = await start();
    const other = join(place, 'other');
    const again = await startInbox({ host, port: inbox.port, folder: other, clock });
    expect(again).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(`Port ${inbox.port} on 127.0.0.1 is taken`),
    });
    expect(filesUnder(other)).toEqual([]);
  });

  test.each([-1, 65_536, 1.5, Number.NaN])('port %d is refused', async (port) => {
    const result = await startInbox({ host, port, folder: join(place, 'inbox'), clock });
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining('is not a port') });
  });
});

describe('stop', () => {
  test('takes the note away, keeps the messages, closes the port, and may be called twice', async () => {
    const inbox = await start();
    await send(inbox);
    await Promise.all([inbox.stop(), inbox.stop()]);
    await inbox.stop();
    expect(readdirSync(inbox.folder)).toEqual(['messages']);
    expect(readdirSync(join(inbox.folder, 'messages'))).toHaveLength(1);
    await expect(converse(inbox.port, [])).rejects.toThrow(/ECONNREFUSED/);
    expect(await findInbox(inbox.folder)).toBeUndefined();
  });

  test('ends a client that is still connected', async () => {
    const inbox = await start();
    const idle = connect({ host, port: inbox.port });
    const heard: string[] = [];
    idle.on('data', (bytes) => heard.push(String(bytes)));
    await new Promise((resolve) => idle.once('data', resolve));
    const closed = new Promise((resolve) => idle.once('close', resolve));
    await inbox.stop();
    await closed;
    expect(heard.join('')).toContain('421 ');
  });

  test('leaves the note of an inbox that started since', async () => {
    const inbox = await start();
    const note = JSON.parse(readFileSync(join(inbox.folder, 'inbox.json'), 'utf8'));
    writeFileSync(join(inbox.folder, 'inbox.json'), JSON.stringify({ ...note, id: '0123456789abcdef' }));
    await inbox.stop();
    expect(readdirSync(inbox.folder).sort()).toEqual(['ca.pem', 'inbox.json', 'messages']);
  });
});

describe('finding an inbox', () => {
  test('that runs', async () => {
    const { folder, port, authority } = await start();
    expect(await findInbox(folder)).toEqual({ host, port, folder, authority });
    const note = JSON.parse(readFileSync(join(folder, 'inbox.json'), 'utf8'));
    expect(note).toEqual({
      host,
      port,
      pid: process.pid,
      started: expect.stringMatching(/Z$/),
      id: expect.any(String),
    });
  });

  test('finds none where no folder is', async () => {
    expect(await findInbox(join(place, 'nowhere'))).toBeUndefined();
  });

  test('does not believe a note left over, and a new start takes its place', async () => {
    const first = await start();
    const kept = ['inbox.json', 'ca.pem'].map((name) => ({
      name,
      text: readFileSync(join(first.folder, name), 'utf8'),
    }));
    await first.stop();
    for (const { name, text } of kept) writeFileSync(join(first.folder, name), text);
    expect(await findInbox(first.folder)).toBeUndefined();
    const second = await start(first.folder);
    expect(await findInbox(first.folder)).toMatchObject({ port: second.port, authority: second.authority });
  });

  test.each([
    '220 localhost ESMTP Farm Email inbox 0123456789abcdef\r\n',
    '220 mail.contoso.com ESMTP Postfix\r\n',
    '554 localhost ESMTP Farm Email inbox ID\r\n',
    'x'.repeat(600),
    '',
  ])('does not take another program on the port for it: %j', async (line) => {
    const inbox = await start();
    const note = JSON.parse(readFileSync(join(inbox.folder, 'inbox.json'), 'utf8'));
    const impostor = createServer((socket) => void socket.end(line.replace('ID', note.id)));
    await new Promise<void>((resolve) => impostor.listen(0, host, resolve));
    const address = impostor.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    writeFileSync(join(inbox.folder, 'inbox.json'), JSON.stringify({ ...note, port }));
    expect(await findInbox(inbox.folder)).toBeUndefined();
    await new Promise((resolve) => impostor.close(resolve));
  });

  test.each([
    ['not JSON', '{'],
    ['null', 'null'],
    ['another host', { host: '10.0.0.1' }],
    ['no port', { port: 'x' }],
    ['a port out of range', { port: 70_000 }],
    ['an odd id', { id: 'x\r\n' }],
    ['much too long', { started: 'x'.repeat(100_000) }],
  ])('does not read a note that is %s', async (_, change) => {
    const inbox = await start();
    const path = join(inbox.folder, 'inbox.json');
    const note = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, typeof change === 'string' ? change : JSON.stringify({ ...note, ...change }));
    expect(await findInbox(inbox.folder)).toBeUndefined();
  });

  test.each([0o777, 0o720, 0o702])(
    'a folder that others can write to is neither used nor believed (mode %i)',
    async (mode) => {
      const inbox = await start();
      chmodSync(inbox.folder, mode);
      expect(await findInbox(inbox.folder)).toBeUndefined();
      const again = await startInbox({ host, port: 0, folder: inbox.folder, clock });
      expect(again).toMatchObject({ kind: 'refused', reason: expect.stringContaining('others can write there') });
      chmodSync(inbox.folder, 0o700);
    },
  );

  test('a file in place of the folder is a reason, not an exception', async () => {
    const path = join(place, 'file');
    writeFileSync(path, '');
    const result = await startInbox({ host, port: 0, folder: path, clock });
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining('FARM_EMAIL_INBOX_FOLDER') });
  });
});
