import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Misbehaving } from '../servers/misbehaving.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { commandKeys, environment, type FarmWish, farmText, mailTests, password } from './mail-farm.ts';
import { type CliOptions, type CliResult, startCli } from './run-cli.ts';

const { server, folder, run } = mailTests();

/** `probe` with everything it asks for. */
const probing = ['probe', 'farm-email.yaml', '--allow-network', '--ca-file', 'ca.pem'];

async function probed(
  { port }: Misbehaving,
  args: readonly string[] = [],
  options: CliOptions & FarmWish = {},
): Promise<CliResult> {
  const result = await run([...probing, ...args], folder(farmText(port, options)), options);
  expectNoSecret(result.stdout + result.stderr, password);
  return result;
}

/** The commands a server got inside TLS, without what a login says. */
function commands({ received }: Misbehaving): readonly string[] {
  return received.secured.split('\r\n').filter((line) => /^(?:MAIL|RCPT|DATA|RSET|QUIT)/.test(line));
}

function expectUntouched({ received }: Misbehaving): void {
  expect(received).toEqual({ clear: '', secured: '' });
}

describe('farm-email probe', () => {
  test('goes as far as RCPT TO and delivers nothing: status 0, the plan on standard error, the report on standard output', async () => {
    const mail = await server();
    const { status, stdout, stderr } = await probed(mail, ['--to', 'me@contoso.com']);
    expect(stderr).toMatch(
      new RegExp(`^A probe for the farm Contoso intranet; nothing is delivered:
  Server     127\\.0\\.0\\.1, port ${mail.port}
  TLS        STARTTLS, or nothing is sent
  Login      CONTOSO\\\\svc-mail, by AUTH GSSAPI, NTLM or LOGIN, as the server offers
             an NTLM answer can be attacked off line by the server that gets it
  Password   from \\$\\{env:FARM_EMAIL_SMTP_PASSWORD\\}
  From       sharepoint@contoso\\.com
  To         me@contoso\\.com
  Sent from  .*

farm-email.yaml:9:17: warning: `),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Farm Email /);
    expect(stdout).toContain('C: RCPT TO:<me@contoso.com>');
    expect(mail.messages).toEqual([]);
    expect(commands(mail)).toEqual(['MAIL FROM:<sharepoint@contoso.com>', 'RCPT TO:<me@contoso.com>', 'RSET', 'QUIT']);
  });

  test('without --allow-network it shows the plan, says what to add, connects to nothing and ends with status 2', async () => {
    let connections = 0;
    const listener = createServer(() => connections++);
    const port = await new Promise<number>((listening) => {
      listener.listen(0, '127.0.0.1', () => {
        const address = listener.address();
        listening(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const args = [
      '--to',
      'me@contoso.com',
      '--outside',
      'you@example.org',
      '--as',
      'ann@contoso.com',
      '--compare-ports',
    ];
    const { status, stdout, stderr } = await run(['probe', 'farm-email.yaml', ...args], folder(farmText(port)));
    await new Promise((closed) => listener.close(closed));
    expect({ status, stdout, connections }).toEqual({ status: 2, stdout: '', connections: 0 });
    expect(stderr).toContain('  Also asks      whether it relays to you@example.org\n');
    expect(stderr).toContain('  Also asks      whether ann@contoso.com may be the sender\n');
    expect(stderr).toContain('  Also looks at  ports 25 and 587\n');
    expect(stderr).toMatch(/\nNo connection was made\. Add --allow-network to probe exactly this\.\n$/);
  });

  test('is right in a build service', async () => {
    const { status } = await probed(await server(), [], { env: { CI: 'true' } });
    expect(status).toBe(0);
  });

  test.each([
    ['refuses the sender', { MAIL: '550 5.7.60 SMTP; Client does not have permissions to send as this sender\r\n' }],
    ['refuses the login', { challenged: ['535 5.7.3 Authentication unsuccessful\r\n'] }],
    ['says nothing that makes sense', { greeting: 'HTTP/1.1 400 Bad Request\r\n\r\n' }],
  ])('status 1 where the server %s', async (_what, script) => {
    const mail = await server(script);
    const { status, stdout } = await probed(mail);
    expect(status).toBe(1);
    expect(stdout).toContain('FAILED');
  });

  test('a login without TLS is not tried, and needs no password', async () => {
    const mail = await server();
    const { status, stdout, stderr } = await probed(mail, [], { tls: false, env: { FARM_EMAIL_SMTP_PASSWORD: '' } });
    expect(stderr).toContain('; not tried, because TLS is off\n');
    expect(stderr).not.toContain('Password');
    expect(status).toBe(1);
    expect(stdout).toContain('FAILED at AUTH');
    expect(mail.received.clear).not.toContain('AUTH');
  });

  test('Ctrl+C cancels at once and closes the connection', async () => {
    let silent = () => {};
    const silence = new Promise<void>((fell) => {
      silent = fell;
    });
    const mail = await server({ RCPT: { after: 'silence' } }, () => silent());
    const { child, result } = startCli(probing, { cwd: folder(farmText(mail.port)), env: environment() });
    await silence;
    child.kill('SIGINT');
    await mail.allClosed();
    const { status, stdout } = await result;
    expect(status).toBe(1);
    expect(stdout).toContain('CANCELLED at RCPT TO');
  });

  test('--go-on-without-login goes on as SharePoint does', async () => {
    const script = { challenged: ['535 5.7.3 Authentication unsuccessful\r\n'] };
    const mail = await server(script);
    const { stdout } = await probed(mail, ['--go-on-without-login']);
    expect(stdout).toContain('Going on without one, as SharePoint is likely to do.');
    expect(commands(mail)).toContain('RCPT TO:<sharepoint@contoso.com>');
  });
});

describe('whom a probe asks about', () => {
  const more = 'testEmail:\n  to: [one@contoso.com, two@contoso.com]\n';

  test.each([
    ['--to', ['--to', 'me@contoso.com'], more, 'me@contoso.com', ''],
    ['the first of testEmail.to', [], more, 'one@contoso.com', ', the first of testEmail.to'],
    ['the From address', [], '', 'sharepoint@contoso.com', ', the From address, as no other is given'],
  ])('%s', async (_what, args, text, address, note) => {
    const mail = await server();
    const { status, stderr } = await probed(mail, args, { more: text });
    expect(stderr).toContain(`  To         ${address}${note}\n`);
    expect(status).toBe(0);
    expect(commands(mail)).toContain(`RCPT TO:<${address}>`);
  });

  test('domains that test emails may go to do not bind a probe, which sends none', async () => {
    const mail = await server();
    const allowed = 'testEmail:\n  allowedRecipientDomains: [fabrikam.com]\n';
    expect((await probed(mail, [], { more: allowed })).status).toBe(0);
  });

  test('--outside and --as ask two more questions, each between RSETs', async () => {
    const mail = await server();
    const { status } = await probed(mail, ['--outside', 'you@example.org', '--as', 'ann@contoso.com']);
    expect(status).toBe(0);
    expect(commands(mail)).toEqual([
      'MAIL FROM:<sharepoint@contoso.com>',
      'RCPT TO:<sharepoint@contoso.com>',
      'RSET',
      'MAIL FROM:<sharepoint@contoso.com>',
      'RCPT TO:<you@example.org>',
      'RSET',
      'MAIL FROM:<ann@contoso.com>',
      'RCPT TO:<sharepoint@contoso.com>',
      'RSET',
      'QUIT',
    ]);
    expect(mail.messages).toEqual([]);
  });
});

describe('the report', () => {
  const hostile = { RCPT: '550 5.7.1 <img src=x> [a](http://evil.example) `x` | **b**\r\n' };

  test('text: what was found stands on the lines of the file before it, and what the test does not prove is the last word', async () => {
    const mail = await server(hostile);
    const { status, stdout, stderr } = await probed(mail);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Farm Email probe: FAILED at RCPT TO\n/);
    expect(stdout).toContain(
      '\nFrom sharepoint@contoso.com to sharepoint@contoso.com, the From address, as no other is given; a probe delivers nothing\n',
    );
    const [, last = ''] = stdout.split('\nWhat this test does not prove\n');
    expect(last).toMatch(/^(?: {2}(?:- | {2})\S.*\n)+$/);
    expect(stderr).toContain(`

farm-email.yaml:9:17: warning: 127.0.0.1 refuses this recipient (550 5.7.1) [probe/recipient-refused]
  9 |     smtpServer: 127.0.0.1
    |                 ^^^^^^^^^
`);
  });

  test('JSON: the whole of it as data, with the findings as check has them', async () => {
    const mail = await server(hostile);
    const more = 'webApplications:\n  - url: https://portal.contoso.com/\n';
    const args = ['--json', '--web-application', 'https://portal.contoso.com', '--compare-ports'];
    const { status, stdout } = await probed(mail, args, { more });
    expect(status).toBe(1);
    const report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual(commandKeys);
    expect(report).toMatchObject({
      version: 1,
      kind: 'probe',
      outcome: 'failed',
      to: 'sharepoint@contoso.com',
      stopped: { step: 'RCPT TO', reply: { code: 550, enhanced: '5.7.1' } },
      ports: [{ port: 25 }, { port: 587 }],
      file: 'farm-email.yaml',
      scope: '/webApplications/0',
      recipientFrom: 'fromAddress',
    });
    expect(report.findings[0]).toEqual({
      rule: 'probe/recipient-refused',
      severity: 'warning',
      message: '127.0.0.1 refuses this recipient (550 5.7.1)',
      range: { start: { line: 8, character: 16 }, end: { line: 8, character: 25 } },
      pointer: '/farm/outgoingEmail/smtpServer',
      fixes: [],
      related: [
        {
          message: 'Tested for https://portal.contoso.com/',
          range: { start: { line: 16, character: 4 }, end: { line: 16, character: 7 } },
        },
      ],
    });
  });

  test('Markdown: what the server says stands in code, so that it is shown and does nothing', async () => {
    const mail = await server(hostile);
    const { status, stdout } = await probed(mail, ['--markdown']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^# Farm Email probe: FAILED at RCPT TO\n/);
    expect(stdout).toContain(', the From address, as no other is given; a probe delivers nothing\n');
    expect(stdout).toMatch(/\n## What this test does not prove\n\n(?:- .*\n)+$/);
    const prose = stdout.replace(/^```text\n[\s\S]*?^```$/gm, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(prose).not.toMatch(/[<\]]|evil|\*\*b/);
  });
});

describe('what probe refuses', () => {
  test.each([
    [[...probing, '--to', 'Me <me@contoso.com>'], '--to must be one plain address such as me@contoso.com'],
    [[...probing, '--outside', 'example.org'], '--outside must be one plain address such as me@contoso.com'],
    [[...probing, '--as', 'ann@contoso.com,bob@contoso.com'], '--as must be one plain address such as me@contoso.com'],
    [[...probing, '--password', password], 'a password is not taken from the command line'],
    [[...probing, '--web-application', 'Portal'], 'the file has no web applications'],
    [[...probing, '--yes'], '--yes'],
    [['probe'], 'one file is wanted'],
    [['probe', '.', '--allow-network', '--timeout', 'soon'], '--timeout must be a number of seconds from 1 to 300'],
  ])('wrong use, case %#', async (args, message) => {
    const mail = await server();
    const { status, stdout, stderr } = await run(args, folder(farmText(mail.port)));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('usage: farm-email probe FILE');
    expectNoSecret(stderr, password);
    expectUntouched(mail);
  });

  test('a login whose password is nowhere', async () => {
    const mail = await server();
    const { status, stdout, stderr } = await probed(mail, [], { env: { FARM_EMAIL_SMTP_PASSWORD: '' } });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('  Password   from ${env:FARM_EMAIL_SMTP_PASSWORD}, which is not set\n');
    expect(stderr).toContain(
      'is missing: the file names ${env:FARM_EMAIL_SMTP_PASSWORD}, and that variable is not set.',
    );
    expectUntouched(mail);
  });

  test('settings that nobody could test', async () => {
    const { status, stdout, stderr } = await run(probing, folder('version: 1\nfarm: { sharePointVersion: 2019 }\n'));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('farm-email probe: No smtpServer is set, here or for the farm.\n');
  });
});
