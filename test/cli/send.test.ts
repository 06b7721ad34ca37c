import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Misbehaving } from '../servers/misbehaving.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { commandKeys, environment, farmText, mailTests, password, reference } from './mail-farm.ts';
import { type CliOptions, type CliResult, startCli } from './run-cli.ts';

const { server, folder, run } = mailTests();

/** `send` with everything it asks for. */
const sending = ['send', 'farm-email.yaml', '--to', 'me@contoso.com', '--yes', '--ca-file', 'ca.pem'];

async function sent(
  { port }: Misbehaving,
  args: readonly string[] = [],
  options?: CliOptions & { readonly login?: string },
): Promise<CliResult> {
  const result = await run([...sending, ...args], folder(farmText(port, options)), options);
  expectNoSecret(result.stdout + result.stderr, password);
  return result;
}

function passwordsIn({ received }: Misbehaving): number {
  return received.secured.split(Buffer.from(password).toString('base64')).length - 1;
}

function expectUntouched({ received }: Misbehaving): void {
  expect(received).toEqual({ clear: '', secured: '' });
}

describe('farm-email send', () => {
  test('sends the mail over TLS with a login: status 0, the report alone on standard output, the plan before it on the other', async () => {
    const mail = await server();
    const { status, stdout, stderr } = await sent(mail);
    expect(stderr).toMatch(
      new RegExp(`^One test email for the farm Contoso intranet:
  Server      127\\.0\\.0\\.1, port ${mail.port}
  TLS         STARTTLS, or nothing is sent
  Login       CONTOSO\\\\svc-mail, by AUTH GSSAPI, NTLM or LOGIN, as the server offers
              an NTLM answer can be attacked off line by the server that gets it
  Password    from \\$\\{env:FARM_EMAIL_SMTP_PASSWORD\\}
  From        sharepoint@contoso\\.com
  Reply-To    helpdesk@contoso\\.com
  To          me@contoso\\.com
  Characters  65001 \\(utf-8\\)
  Sent from   .*

farm-email.yaml:9:17: warning: `),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Farm Email test: ACCEPTED\n/);
    expect(stdout).toContain('C: AUTH LOGIN ***');
    expect(mail.messages).toHaveLength(1);
    expect(mail.messages[0]).toContain('To: me@contoso.com');
    expect(mail.received.clear).not.toContain('AUTH');
    expect(passwordsIn(mail)).toBe(1);
  });

  test('without --yes it shows the plan, says what to add, connects to nothing and ends with status 2', async () => {
    let connections = 0;
    const listener = createServer(() => connections++);
    const port = await new Promise<number>((listening) => {
      listener.listen(0, '127.0.0.1', () => {
        const address = listener.address();
        listening(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const cwd = folder(farmText(port));
    const { status, stdout, stderr } = await run(['send', 'farm-email.yaml', '--to', 'me@contoso.com'], cwd);
    await new Promise((closed) => listener.close(closed));
    expect({ status, stdout, connections }).toEqual({ status: 2, stdout: '', connections: 0 });
    expect(stderr).toMatch(/^One test email for the farm Contoso intranet:\n {2}Server {6}127\.0\.0\.1, port /);
    expect(stderr).toMatch(/\nNothing was sent\. Add --yes to send exactly this\.\n$/);
    expectNoSecret(stderr, password);
  });

  test.each([
    [
      'refuses the recipient',
      { RCPT: '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain\r\n' },
      'FAILED at RCPT TO',
    ],
    ['refuses the login', { challenged: ['535 5.7.3 Authentication unsuccessful\r\n'] }, 'FAILED at AUTH LOGIN'],
    ['offers no STARTTLS', { EHLO: '250 mail.test\r\n' }, 'FAILED at STARTTLS'],
    ['goes away after the message', { message: { after: 'close' } }, 'UNKNOWN WHETHER ACCEPTED at DATA'],
  ] as const)('status 1 where the server %s', async (_what, script, verdict) => {
    const { status, stdout } = await sent(await server(script));
    expect(status).toBe(1);
    expect(stdout).toMatch(new RegExp(`^Farm Email test: ${verdict}\n`));
  });

  test('status 1 where nobody listens', async () => {
    const mail = await server();
    await mail.close();
    const { status, stdout } = await sent(mail);
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: expect.stringMatching(/^Farm Email test: FAILED at connect\n/),
    });
  });

  test('status 1 where the server takes longer than --timeout', async () => {
    const mail = await server({ MAIL: { after: 'silence' } });
    const { status, stdout } = await sent(mail, ['--timeout', '1']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Farm Email test: FAILED at MAIL FROM\n/);
    expect(stdout).toContain('timed out');
  });

  test('Ctrl+C cancels at once and closes the connection', async () => {
    let silent = () => {};
    const silence = new Promise<void>((fell) => {
      silent = fell;
    });
    const mail = await server({ MAIL: { after: 'silence' } }, () => silent());
    const { child, result } = startCli(sending, { cwd: folder(farmText(mail.port)), env: environment() });
    await silence;
    child.kill('SIGINT');
    await mail.allClosed();
    const { status, stdout } = await result;
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Farm Email test: CANCELLED at MAIL FROM\n/);
    expectNoSecret(stdout, password);
  });

  test('--go-on-without-login shows what SharePoint does after a refused login', async () => {
    const script = { challenged: ['535 5.7.3 Authentication unsuccessful\r\n'] };
    const stopped = await server(script);
    expect((await sent(stopped)).status).toBe(1);
    expect(stopped.messages).toHaveLength(0);
    const gone = await server(script);
    const { status, stdout } = await sent(gone, ['--go-on-without-login']);
    expect(status).toBe(0);
    expect(gone.messages).toHaveLength(1);
    expect(stdout).toContain('Going on without one, as SharePoint is likely to do.');
  });

  test('known errors of the settings are told before the plan; those of other scopes are not', async () => {
    const mail = await server();
    const more = `webApplications:
  - url: https://portal.contoso.com/
    outgoingEmail: { fromAddress: portal }
`;
    const text = farmText(mail.port, { more }).replace(/ {6}applicationCredentialKey: .*\n/, '');
    const cwd = folder(text);
    const { stderr } = await run(sending, cwd);
    expect(stderr).toMatch(/^farm-email\.yaml:6:13: error: .* \[credential-key-missing\]\nOne test email/);
    expect(stderr).not.toContain('from-invalid');
    const portal = await run([...sending, '--web-application', 'https://portal.contoso.com/'], cwd);
    expect(portal.status).toBe(2);
    expect(portal.stderr).toContain('fromAddress “portal” is not one plain address');
  });
});

describe('the report', () => {
  test('JSON', async () => {
    const { status, stdout } = await sent(await server(), ['--json']);
    expect(status).toBe(0);
    const report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual(commandKeys);
    expect(report).toMatchObject({ kind: 'send', outcome: 'accepted', to: 'me@contoso.com', scope: '/farm' });
    expect(report).toMatchObject({ file: 'farm-email.yaml', recipientFrom: 'option', explanation: null });
  });

  test('Markdown', async () => {
    const { status, stdout } = await sent(await server(), ['--markdown']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^# Farm Email test: ACCEPTED\n/);
  });

  test('text: colours where they are asked for', async () => {
    const mail = await server({ RCPT: '550 5.1.1 no such user\r\n' });
    const { stderr } = await sent(mail, [], { env: { NO_COLOR: '', FORCE_COLOR: '1' } });
    expect(stderr).toMatch(/\[probe\/[a-z-]+\]/);
    expect(stderr).toContain('\u001b[1mfarm-email.yaml:9:17\u001b[0m: ');
  });
});

describe('whose settings', () => {
  const more = `webApplications:
  - name: Portal
    url: https://Portal.contoso.com:443
    outgoingEmail: { fromAddress: portal@contoso.com }
  - name: Projects
    url: https://projects.contoso.com/
  - name: Teams
    url: https://teams.contoso.com/
  - name: Teams
    url: https://teams-old.contoso.com/
`;

  test.each(['https://portal.contoso.com/', 'HTTPS://PORTAL.CONTOSO.COM', 'Portal', 'portal'])('%s', async (wanted) => {
    const mail = await server();
    const cwd = folder(farmText(mail.port, { more }));
    const { status, stderr } = await run([...sending, '--web-application', wanted], cwd);
    expect(stderr).toContain('One test email for the web application Portal:');
    expect(status).toBe(0);
    expect(mail.received.secured).toContain('MAIL FROM:<portal@contoso.com>');
  });

  test('the farm, also where it is said', async () => {
    const mail = await server();
    const cwd = folder(farmText(mail.port, { more }));
    const { status } = await run([...sending, '--farm'], cwd);
    expect(status).toBe(0);
    expect(mail.received.secured).toContain('MAIL FROM:<sharepoint@contoso.com>');
  });

  test.each([
    [
      ['--web-application', 'https://project.contoso.com/'],
      'there is no web application https://project.contoso.com/; there are Projects (https://projects.contoso.com/), Portal (https://Portal.contoso.com:443), Teams (https://teams.contoso.com/), Teams (https://teams-old.contoso.com/)\n',
    ],
    [
      ['--web-application', 'Teams'],
      'more than one web application is called Teams: Teams (https://teams.contoso.com/), Teams (https://teams-old.contoso.com/); name it by its URL\n',
    ],
    [['--web-application', 'Portal', '--farm'], '--farm and --web-application exclude each other\n'],
  ])('wrong use, case %#', async (args, message) => {
    const mail = await server();
    const { status, stdout, stderr } = await run([...sending, ...args], folder(farmText(mail.port, { more })));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^farm-email send: /);
    expect(stderr).toContain(`${message}usage: `);
    expectUntouched(mail);
  });
});

describe('the password', () => {
  const none = { FARM_EMAIL_SMTP_PASSWORD: '' };

  test.each([
    ['--password-stdin', ['--password-stdin'], { stdin: `${password}\n` }],
    [
      '--password-stdin with a line end of Windows and a byte order mark',
      ['--password-stdin'],
      { stdin: `\ufeff${password}\r\n` },
    ],
    ['--password-stdin without a line end', ['--password-stdin'], { stdin: password }],
    ['--password-fd', ['--password-fd', '3'], { third: `${password}\n` }],
    [
      'a variable that was allowed',
      ['--allow-env', 'MAIL_SECRET'],
      { login: '${env:MAIL_SECRET}', env: { MAIL_SECRET: password } },
    ],
  ] as const)('from %s', async (_how, args, options) => {
    const mail = await server();
    const { status, stderr } = await sent(mail, args, {
      ...options,
      env: { ...none, ...('env' in options ? options.env : {}) },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('One test email') });
    expect(passwordsIn(mail)).toBe(1);
  });

  test.each([
    ['--password-stdin', 'standard input', (text: string | Uint8Array): CliOptions => ({ stdin: text })],
    ['--password-fd', 'file descriptor 3', (text: string | Uint8Array): CliOptions => ({ third: text })],
  ] as const)('%s: what is no password is refused', async (option, source, given) => {
    const mail = await server();
    const args = option === '--password-fd' ? [option, '3'] : [option];
    const rows = [
      ['', 'holds no password.'],
      ['\n', 'holds no password.'],
      ['one\ntwo\n', 'holds more than one line; a password is one line.'],
      ['x'.repeat(2_001), 'holds more than 2000 characters; no password is that long.'],
      ['x'.repeat(200_000), 'holds more than 2000 characters; no password is that long.'],
      [Uint8Array.of(0xfc, 0x0a), 'is not UTF-8.'],
    ] as const;
    for (const [text, message] of rows) {
      const { status, stdout, stderr } = await sent(mail, args, { ...given(text), env: none });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/\n {2}Password {4}from (?:standard input|descriptor 3)\n/);
      expect(stderr).toContain(`\nfarm-email send: ${source} ${message}\n`);
    }
    expectUntouched(mail);
  });

  test('a file descriptor that is not open', async () => {
    const mail = await server();
    const { status, stderr } = await sent(mail, ['--password-fd', '99']);
    expect(status).toBe(2);
    expect(stderr).toContain('farm-email send: file descriptor 99 cannot be read (EBADF).\n');
    expectUntouched(mail);
  });

  test.each([
    [
      reference,
      'the file names ${env:FARM_EMAIL_SMTP_PASSWORD}, and that variable is not set. Set it, or use --password-stdin or --password-fd N.',
    ],
    [
      '${env:HOME}',
      'the file names ${env:HOME}, and only variables that start with FARM_EMAIL_ are read. If this one holds it, add --allow-env HOME, or use --password-stdin or --password-fd N.',
    ],
    [
      '${secret:mail}',
      'the file names ${secret:mail}, and there is no terminal to ask on. Use --password-stdin or --password-fd N, or name a variable such as ${env:FARM_EMAIL_SMTP_PASSWORD}.',
    ],
    [
      '#{Octopus.Password}',
      'the file names #{Octopus.Password}, and there is no terminal to ask on. Use --password-stdin or --password-fd N, or name a variable such as ${env:FARM_EMAIL_SMTP_PASSWORD}.',
    ],
  ])('is missing, and what to do is said: %s', async (login, message) => {
    const mail = await server();
    const { status, stdout, stderr } = await sent(mail, [], { login, env: { ...none, HOME: password } });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const name = `the password of CONTOSO\\svc-mail at 127.0.0.1:${mail.port}`;
    expect(stderr.split('\n').at(-2)).toBe(`farm-email send: ${name} is missing: ${message}`);
    expectUntouched(mail);
  });

  test('is refused where it stands in the file, and is not repeated', async () => {
    const mail = await server();
    const { status, stderr } = await sent(mail, [], { login: password });
    expect(status).toBe(2);
    expect(stderr).toContain('The password stands in the file as plain text.');
    expectUntouched(mail);
  });

  // The titles of tests are output, too: no password stands in one.
  test.each([[['--password', password]], [[`--password=${password}`]], [['--pass', password]]])(
    'is refused on the command line, with the reason, as case %#',
    async (args) => {
      const mail = await server();
      const { status, stdout, stderr } = await sent(mail, args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('every user of this computer can read it');
      expect(stderr).toContain('--password-stdin');
      expectUntouched(mail);
    },
  );

  test.each([
    [['--password-fd', password], '--password-fd must be the number of an open file descriptor, 3 or above'],
    [['--password-fd', '0'], '--password-fd must be the number of an open file descriptor, 3 or above'],
    [['--password-stdin', '--password-fd', '3'], '--password-stdin and --password-fd exclude each other'],
    [['--allow-env', password], '--allow-env must be the name of an environment variable'],
  ])('wrong use, case %#', async (args, message) => {
    const mail = await server();
    const { status, stderr } = await sent(mail, args);
    expect(status).toBe(2);
    expect(stderr).toContain(`farm-email send: ${message}\nusage: `);
    expectUntouched(mail);
  });

  test('cannot come by standard input where the file does', async () => {
    const mail = await server();
    const stdin = farmText(mail.port);
    const args = ['send', '-', '--to', 'me@contoso.com', '--yes', '--ca-file', 'ca.pem'];
    const refused = await run([...args, '--password-stdin'], folder(''), { stdin });
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toContain('standard input cannot be both the file (-) and the password');
    expectUntouched(mail);
    const { status } = await run(args, folder(''), { stdin });
    expect(status).toBe(0);
    expect(passwordsIn(mail)).toBe(1);
  });
});

describe('what send refuses', () => {
  test('while CI is set, unless --allow-ci is given', async () => {
    const mail = await server();
    for (const CI of ['true', '1', 'woodpecker']) {
      const { status, stdout, stderr } = await sent(mail, [], { env: { CI } });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^One test email .*Nothing was sent\. CI is set, .* add --allow-ci/s);
    }
    expectUntouched(mail);
    expect((await sent(mail, ['--allow-ci'], { env: { CI: 'true' } })).status).toBe(0);
    expect((await sent(mail, [], { env: { CI: 'false' } })).status).toBe(0);
    expect(mail.messages).toHaveLength(2);
  });

  test('a recipient in a domain that the file does not allow', async () => {
    const mail = await server();
    const more = 'testEmail:\n  allowedRecipientDomains: [fabrikam.com]\n';
    const { status, stdout, stderr } = await run(sending, folder(farmText(mail.port, { more })));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      'farm-email send: me@contoso.com may not get a test email: testEmail.allowedRecipientDomains allows only fabrikam.com.\n',
    );
    expectUntouched(mail);
  });

  test('a file that cannot be read as a whole', async () => {
    const mail = await server();
    const { status, stderr } = await run(sending, folder(`${farmText(mail.port)}\n  - ]`));
    expect(status).toBe(2);
    expect(stderr).toBe('farm-email send: farm-email.yaml cannot be read as a whole; farm-email check says why.\n');
    expectUntouched(mail);
  });

  test('a certificate of an authority it does not know, until --ca-file names it', async () => {
    const mail = await server();
    const args = ['send', 'farm-email.yaml', '--to', 'me@contoso.com', '--yes'];
    const { status, stdout } = await run(args, folder(farmText(mail.port)));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Farm Email test: FAILED at certificate\n/);
    expect(passwordsIn(mail)).toBe(0);
    expect((await run([...args, '--ca-file', 'ca.pem'], folder(farmText(mail.port)))).status).toBe(0);
  });

  test.each([
    ['missing.pem', /^farm-email send: .*missing\.pem/],
    ['farm-email.yaml', /^farm-email send: .*farm-email\.yaml/],
  ])('--ca-file %s', async (name, message) => {
    const mail = await server();
    const { status, stdout, stderr } = await sent(mail, ['--ca-file', name]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expectUntouched(mail);
  });

  test.each([
    [['send', 'farm-email.yaml', '--yes'], '--to ADDRESS is wanted'],
    [[...sending, '--to', 'Me <me@contoso.com>'], '--to must be one plain address such as me@contoso.com'],
    [[...sending, 'other.farm-email.yaml'], 'one file is wanted'],
    [['send', '--to', 'me@contoso.com'], 'one file is wanted'],
    [[...sending, '--json', '--markdown'], '--json and --markdown exclude each other'],
    [[...sending, '--timeout', '0'], '--timeout must be a number of seconds from 1 to 300'],
    [[...sending, '--timeout', '301'], '--timeout must be a number of seconds from 1 to 300'],
    [[...sending, '--route', 'elsewhere'], '--route must be inbox or configured'],
    [['send', 'missing.yaml', '--to', 'me@contoso.com'], 'there is no file or folder missing.yaml'],
    [[...sending, '--insecure'], '--insecure'],
  ])('wrong use, case %#', async (args, message) => {
    const mail = await server();
    const { status, stdout, stderr } = await run(args, folder(farmText(mail.port)));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('usage: farm-email send FILE');
    expectUntouched(mail);
  });
});

describe('--route inbox', () => {
  test('goes to the inbox of this computer with a made-up password, and nowhere without one', async () => {
    const cwd = folder(
      farmText(1, { login: '${secret:mail}', more: 'testEmail:\n  allowedRecipientDomains: [fabrikam.com]\n' }),
    );
    const env = environment({ FARM_EMAIL_INBOX_FOLDER: path.join(cwd, 'inbox') });
    const args = ['send', 'farm-email.yaml', '--to', 'me@contoso.com', '--yes', '--route', 'inbox'];
    const without = await run(args, cwd, { env });
    expect(without).toMatchObject({ status: 2, stdout: '' });
    expect(without.stderr).toContain('no inbox runs on this computer. Start it with farm-email inbox');
    const { child, result } = startCli(['inbox', '--port', '0'], { cwd, env });
    await new Promise((listening) => child.stdout?.once('data', listening));
    const { status, stdout, stderr } = await run(args, cwd, { env });
    child.kill('SIGTERM');
    expect(stderr).toContain(', the inbox on this computer; nothing leaves it\n');
    expect(stderr).toContain('  Password    a made-up one\n');
    expect(status).toBe(0);
    expect(stdout).toContain('The inbox on this computer took the mail.');
    expect(await result).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('received from sharepoint@contoso.com to me@contoso.com'),
    });
  });
});

test('a farm-email file with a name of its own is taken as it is', async () => {
  const mail = await server();
  const cwd = folder('');
  writeFileSync(path.join(cwd, 'prod.farm-email.yaml'), farmText(mail.port));
  expect((await run(['send', 'prod.farm-email.yaml', ...sending.slice(2)], cwd)).status).toBe(0);
});
