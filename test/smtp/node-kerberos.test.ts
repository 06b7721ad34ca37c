import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Secret } from '../../server/src/settings/secret.ts';
import { causeOf, detailOf } from '../../server/src/smtp/kerberos-errors.ts';
import { type KerberosClient, kerberosOver, nodeKerberos } from '../../server/src/smtp/node-kerberos.ts';
import { root } from '../house/sources.ts';
import { temporaryFolders } from '../temporary.ts';
import { expectNoSecret } from './secrets.ts';

const temporaryFolder = temporaryFolders();
const password = 'a password nobody has';
const credentials = { userName: 'CONTOSO\\svc-mail', password: new Secret(password) };
const base64 = (text: string) => Buffer.from(text).toString('base64');
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

interface Asked {
  service?: string;
  options?: unknown;
}

/** The package as it behaves, but for what is given. */
function library(client: Partial<KerberosClient>, asked: Asked = {}) {
  const whole: KerberosClient = {
    username: null,
    step: async () => base64('token'),
    unwrap: async () => base64('text'),
    wrap: async () => base64('wrapped'),
    ...client,
  };
  return () => ({
    async initializeClient(service: string, options: unknown) {
      Object.assign(asked, { service, options });
      return whole;
    },
  });
}

async function contextOf(client: Partial<KerberosClient>) {
  const context = await kerberosOver(library(client), false).begin({ host: 'smtp.contoso.com', credentials });
  if (context.kind === 'failure') throw new Error(context.detail);
  return context;
}

describe('what the package is asked for', () => {
  test('elsewhere: a ticket of this computer for the service, with mutual authentication, and no password', async () => {
    const asked: Asked = {};
    await kerberosOver(library({}, asked), false).begin({ host: 'smtp.contoso.com', credentials });
    expect(asked).toEqual({ service: 'SMTPSVC@smtp.contoso.com', options: { mechOID: 9, flags: 42 } });
    expectNoSecret(asked, password);
  });

  test.each([
    ['CONTOSO\\svc-mail', 'svc-mail', 'CONTOSO'],
    ['svc-mail@contoso.com', 'svc-mail@contoso.com', ''],
  ])('on Windows: a ticket for %s', async (userName, user, domain) => {
    const asked: Asked = {};
    const kerberos = kerberosOver(library({}, asked), true);
    await kerberos.begin({ host: 'smtp.contoso.com', credentials: { ...credentials, userName } });
    expect(asked).toEqual({
      service: 'SMTPSVC/smtp.contoso.com',
      options: { mechOID: 9, flags: 0x1000a, user, domain, password },
    });
  });
});

describe('what the package says', () => {
  test('a token, and whether that was all', async () => {
    const context = await contextOf({});
    expect(await context.step(undefined)).toEqual({ kind: 'token', token: bytes('token'), complete: false });
    expect(context.principal).toBeUndefined();
    const through = await contextOf({ username: 'svc-mail@CONTOSO.COM\u202e', step: async () => null });
    expect(await through.step(bytes('AP-REP'))).toEqual({ kind: 'token', token: new Uint8Array(), complete: true });
    expect(through.principal).toBe('svc-mail@CONTOSO.COM\\u202e');
  });

  test('a text, or none', async () => {
    const context = await contextOf({});
    expect(await context.unwrap(bytes('message'))).toEqual(bytes('text'));
    expect(await context.wrap(bytes('text'))).toEqual(bytes('wrapped'));
    const fails = async () => Promise.reject(new Error('A token had an invalid Message Integrity Check'));
    const broken = await contextOf({ unwrap: fails, wrap: fails });
    expect(await broken.unwrap(bytes('message'))).toBeUndefined();
    expect(await broken.wrap(bytes('text'))).toBeUndefined();
  });

  test.each(['', '050400ff000c00000000000000000000'.padEnd(56, '0'), '050402ff000000000000000000000000'])(
    'a message without content is kept from it: %j',
    async (message) => {
      let calls = 0;
      const unwrap = async () => {
        calls++;
        return base64('text');
      };
      const context = await contextOf({ unwrap });
      expect(await context.unwrap(Buffer.from(message, 'hex'))).toBeUndefined();
      expect(calls).toBe(0);
    },
  );

  test.each([
    ['No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_0)', 'noTicket'],
    ["Can't find client principal svc-mail@CONTOSO.COM in cache collection", 'noTicket'],
    ["Credentials cache file '/tmp/krb5cc_0' not found", 'noTicket'],
    ['Ticket expired', 'noTicket'],
    ['Server SMTPSVC/smtp.contoso.com@CONTOSO.COM not found in Kerberos database', 'unknownService'],
    ['Server (SMTPSVC/smtp.contoso.com@CONTOSO.COM) unknown', 'unknownService'],
    ['InitializeSecurityContext: The specified target is unknown or unreachable', 'unknownService'],
    ["Cannot contact any KDC for realm 'CONTOSO.COM'", 'noKdc'],
    ["Cannot find KDC for realm 'CONTOSO.COM'", 'noKdc'],
    ['unable to reach any KDC in realm CONTOSO.COM', 'noKdc'],
    ['InitializeSecurityContext: No authority could be contacted for authentication.', 'noKdc'],
    ['Clock skew too great', 'clock'],
    ['The clocks on the client and server machines are skewed.', 'clock'],
    ['InitializeSecurityContext: The logon attempt failed', 'wrongPassword'],
    ['Preauthentication failed', 'wrongPassword'],
    ['Cannot determine realm for numeric host address', 'unknownService'],
    ['Hostname cannot be canonicalized', 'other'],
  ])('%s', (message, cause) => {
    expect(causeOf(message)).toBe(cause);
    expect(causeOf(`Unspecified GSS failure.  Minor code may provide more information: ${message}`)).toBe(cause);
  });

  test('a failure is a value, in few words', async () => {
    const message = `Unspecified GSS failure.  Minor code may provide more information: Clock skew too great.\r\n`;
    const step = async () => Promise.reject(new Error(message));
    const context = await contextOf({ step });
    expect(await context.step(undefined)).toEqual({ kind: 'failure', cause: 'clock', detail: 'Clock skew too great' });
    expect(detailOf(`${'x'.repeat(1_000)}`)).toHaveLength(300);
    expect(detailOf('a\u202eb\x1b[2J')).toBe('a\\u202eb\\x1b[2J');
  });

  test('a package that does not load is one as well', async () => {
    const load = () => {
      throw new Error("Cannot find module '../build/Release/kerberos.node'");
    };
    const failure = await kerberosOver(load, false).begin({ host: 'smtp.contoso.com', credentials });
    expect(failure).toMatchObject({ kind: 'failure', cause: 'other' });
  });
});

describe('where the package is looked for', () => {
  const program = readdirSync(path.join(root, 'dist')).find((name) => name.startsWith('node-kerberos-')) ?? 'missing';
  const script = `console.log(require(${JSON.stringify(path.join(root, 'dist', program))}).nodeKerberos() !== undefined);`;
  const installIn = (folder: string, text: string) => {
    const home = path.join(folder, 'kerberos');
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, 'package.json'), '{ "name": "kerberos", "main": "index.js" }');
    writeFileSync(path.join(home, 'index.js'), text);
  };
  const isFound = (cwd: string, env: Record<string, string>) =>
    execFileSync(process.execPath, ['-e', script], { cwd, encoding: 'utf8', env: { HOME: cwd, ...env } }).trim();

  test('in the home of the user', () => {
    const home = realpathSync(temporaryFolder());
    installIn(path.join(home, '.node_modules'), '');
    expect(isFound(temporaryFolder(), { HOME: home })).toBe('true');
  });

  test.each([{}, { NODE_PATH: 'node_modules' }])('not in the folder it is called in, with %j', (env) => {
    const folder = realpathSync(temporaryFolder());
    installIn(path.join(folder, 'node_modules'), 'console.log("hostile");');
    expect(isFound(folder, { HOME: temporaryFolder(), ...env })).toBe('false');
  });

  const before = process.cwd();
  afterEach(() => process.chdir(before));

  test('never in the folder of the workspace', async () => {
    const folder = realpathSync(temporaryFolder());
    installIn(path.join(folder, 'node_modules'), 'globalThis.hostileKerberos = true;');
    process.chdir(folder);
    await nodeKerberos()?.begin({ host: 'smtp.contoso.com', credentials });
    expect(Reflect.get(globalThis, 'hostileKerberos')).toBeUndefined();
  });
});
