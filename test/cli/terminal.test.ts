import { describe, expect, test } from 'vitest';
import { run } from '../../server/src/cli/run.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { farmText, mailTests, password } from './mail-farm.ts';
import { person } from './person.ts';

const { server, folder } = mailTests();

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
    expect(written.stderr).toMatch(
      /\nresolve … \d+ ms\nconnect … \d+ ms\n(?:[\w ]+ … \d+ ms\n)+DATA … \d+ ms\n\nfarm-email\.yaml:9:17: warning: /,
    );
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
