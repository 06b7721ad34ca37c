import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Terminal } from '../../server/src/cli/command.ts';
import { run } from '../../server/src/cli/run.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { environment, farmText, mailTests, password } from './mail-farm.ts';

const { server, folder } = mailTests();

/** A person at a terminal: what is written is kept, and `keys` are typed when a question stands on it. */
function person(cwd: string, keys: string, env: Terminal['env'] = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const signals = new EventEmitter();
  const written = { stdout: '', stderr: '' };
  const terminal: Terminal = {
    stdin,
    stdout: { isTTY: true, write: (text) => (written.stdout += text) },
    stderr: {
      isTTY: true,
      write: (text) => {
        written.stderr += text;
        if (/^Password of|^The password of/.test(text)) stdin.write(keys);
      },
    },
    env: { ...environment({ FARM_EMAIL_SMTP_PASSWORD: '' }), ...env },
    cwd: () => cwd,
    once: (event, listener) => signals.once(event, listener),
  };
  return { terminal, written, signals };
}

const args = ['send', 'farm-email.yaml', '--to', 'me@contoso.com', '--yes', '--ca-file', 'ca.pem'];

describe('at a terminal', () => {
  test('the password is asked for and not shown, and each step is told as it happens', async () => {
    const mail = await server();
    const { terminal, written } = person(folder(farmText(mail.port)), `wrong\u0015${password}x\u007f\r`, {
      NO_COLOR: '1',
    });
    expect(await run(args, terminal)).toBe(0);
    expect(written.stderr).toContain('  Password    asked for on this terminal\n');
    expect(written.stderr).toContain(`The password of CONTOSO\\svc-mail at 127.0.0.1:${mail.port}: \n`);
    expect(written.stderr).toMatch(/\nresolve … \d+ ms\nconnect … \d+ ms\n(?:[\w ]+ … \d+ ms\n)+DATA … \d+ ms\n\n$/);
    expect(written.stdout).toMatch(/^Farm Email test: ACCEPTED\n/);
    expect(mail.received.secured).toContain(Buffer.from(password).toString('base64'));
    expectNoSecret(written, password);
  });

  test('colours, but not against NO_COLOR', async () => {
    const mail = await server();
    const { terminal, written } = person(folder(farmText(mail.port, { login: null })), '');
    expect(await run(args, terminal)).toBe(0);
    expect(written.stderr).toContain('\nresolve … \u001b[2m');
  });

  test('no steps beside JSON', async () => {
    const mail = await server();
    const { terminal, written } = person(folder(farmText(mail.port, { login: null })), '');
    expect(await run([...args, '--json'], terminal)).toBe(0);
    expect(written.stderr).not.toContain('resolve');
  });

  test.each([
    ['Enter', '\r'],
    ['Ctrl+C', 'half\u0003'],
    ['Ctrl+D', '\u0004'],
  ])('%s instead of a password: nothing is tried', async (_key, keys) => {
    const mail = await server();
    const { terminal, written } = person(folder(farmText(mail.port)), keys);
    expect(await run(args, terminal)).toBe(2);
    expect(written.stdout).toBe('');
    expect(written.stderr).toMatch(/: \nfarm-email send: no password was entered\.\n$/);
    expect(mail.received).toEqual({ clear: '', secured: '' });
  });

  test('the first Ctrl+C cancels; the second one is left to the system, which ends the process', async () => {
    let silent = () => {};
    const mail = await server({ MAIL: { after: 'silence' } }, () => silent());
    const { terminal, signals } = person(folder(farmText(mail.port, { login: null })), '');
    const status = run(args, terminal);
    await new Promise<void>((fell) => {
      silent = fell;
    });
    signals.emit('SIGINT');
    expect(signals.listenerCount('SIGINT')).toBe(0);
    expect(await status).toBe(1);
    await mail.allClosed();
  });
});
