import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openWorkshop } from '../certificates/openssl.ts';
import { root } from '../house/sources.ts';
import { type Authority, type Identity, makeAuthority } from '../servers/authority.ts';
import { type Misbehaving, misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { temporaryFolders } from '../temporary.ts';
import { type StdioClient, startServer } from './stdio-client.mjs';

const password = 'Zq7~correct horse/battery';
const temporaryFolder = temporaryFolders();
const running: StdioClient[] = [];
const servers: Misbehaving[] = [];
let authority: Authority;
let identity: Identity;

beforeAll(async () => {
  authority = await makeAuthority();
  identity = await authority.issue();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((client) => client.stop()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

interface Plan {
  readonly digest: string;
  readonly addresses: readonly string[];
  readonly needs: readonly { readonly id: string }[];
}

interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
}

interface Published {
  readonly diagnostics: readonly Diagnostic[];
}

interface File {
  readonly client: StdioClient;
  readonly uri: string;
  readonly text: string;
  readonly user: { readonly certificateAuthorities: readonly string[] };
}

async function serve(script: Script = {}, onSilence?: () => void): Promise<Misbehaving> {
  const server = await misbehavingServer({ tls: identity, ...script }, onSilence);
  servers.push(server);
  return server;
}

function farm(port: number, more: readonly string[]): string {
  return [
    'version: 1',
    'farm:',
    '  sharePointVersion: SubscriptionEdition',
    '  outgoingEmail:',
    '    smtpServer: 127.0.0.1',
    `    smtpPort: ${port}`,
    ...more.map((line) => `    ${line}`),
    '    fromAddress: sharepoint@contoso.com',
    '    overrideEnvelopeSender: true',
    '',
  ].join('\n');
}

const login = ['useTls: true', 'authentication:', '  userName: svc-mail', '  password: ${secret:mail}'];
const anonymous = ['useTls: false', 'authentication: anonymous'];

async function open(text: string, capabilities: object = {}): Promise<File> {
  const folder = temporaryFolder();
  const file = path.join(folder, 'farm-email.yaml');
  const uri = pathToFileURL(file).href;
  await writeFile(file, text);
  const authorityFile = path.join(folder, 'authority.pem');
  await writeFile(authorityFile, authority.certificate);
  const client = startServer(path.join(root, 'dist/server.js'));
  running.push(client);
  await client.initialize({ capabilities });
  const first = client.diagnostics(uri, 1);
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  if (Object.keys(capabilities).length === 0) await first;
  return { client, uri, text, user: { certificateAuthorities: [authorityFile] } };
}

async function planned({ client, uri, user }: File, purpose: 'send' | 'probe' = 'probe'): Promise<Plan> {
  const params = { uri, scope: '/farm', route: 'asConfigured', purpose, resolve: true, user };
  const answer = (await client.request('farmEmail/plan', params)) as { kind: string; plan: Plan };
  expect(answer).toMatchObject({ kind: 'plan', plan: { purpose } });
  return answer.plan;
}

async function probe(file: File, more: object = {}): Promise<Readonly<Record<string, unknown>>> {
  const plan = await planned(file);
  const secrets = plan.needs.length > 0 ? { smtpPassword: password } : {};
  const { client, uri, user } = file;
  const params = { uri, scope: '/farm', digest: plan.digest, addresses: plan.addresses, to: 'me@contoso.com' };
  return (await client.request('farmEmail/probe', { ...params, secrets, user, token: 'p', ...more })) as Record<
    string,
    unknown
  >;
}

/** The findings of a test among the next diagnostics. */
async function findingsAfter(file: File, work: () => Promise<unknown>): Promise<readonly Diagnostic[]> {
  const next = file.client.heard('textDocument/publishDiagnostics', ({ uri }: { uri: string }) => uri === file.uri);
  await work();
  const { diagnostics } = (await next) as Published;
  return diagnostics.filter(({ code }) => code.startsWith('probe/'));
}

function edit(file: File, version: number, text: string): () => Promise<void> {
  return async () => {
    const textDocument = { uri: file.uri, version };
    file.client.notify('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
  };
}

async function actions({ client, uri }: File, line: number): Promise<readonly { title: string; edit: object }[]> {
  const range = { start: { line, character: 0 }, end: { line, character: 60 } };
  const context = { diagnostics: [] };
  const params = { textDocument: { uri }, range, context };
  return (await client.request('textDocument/codeAction', params)) as { title: string; edit: object }[];
}

describe('a probe through the language server', () => {
  test('goes up to RCPT TO, asks what was asked for, and delivers nothing', async () => {
    const server = await serve({ ehloAfterTls: '250-mail.test\r\n250 AUTH LOGIN\r\n' });
    const file = await open(farm(server.port, login));
    const questions = { outsideRecipient: 'someone@fabrikam.com', otherSender: 'anna@contoso.com' };
    const result = await probe(file, questions);
    expect(result).toMatchObject({ outcome: 'accepted', stoppedAtLogin: false });
    expect(result.transcript).toContain('Farm Email probe:');
    expect(result.markdown).toMatch(/^# Farm Email probe/);
    expect(server.messages).toEqual([]);
    const said = server.received.secured;
    expect(said).not.toContain('DATA');
    expect(said.match(/^(?:MAIL|RCPT|RSET|QUIT).*$/gm)?.map((line) => line.trim())).toEqual([
      'MAIL FROM:<sharepoint@contoso.com>',
      'RCPT TO:<me@contoso.com>',
      'RSET',
      'MAIL FROM:<sharepoint@contoso.com>',
      'RCPT TO:<someone@fabrikam.com>',
      'RSET',
      'MAIL FROM:<anna@contoso.com>',
      'RCPT TO:<me@contoso.com>',
      'RSET',
      'QUIT',
    ]);
    expectNoSecret(result, password);
  });

  test('a plan shows the addresses, and the test connects to no other', async () => {
    const server = await serve();
    const file = await open(farm(server.port, anonymous));
    expect((await planned(file)).addresses).toEqual(['127.0.0.1']);
    const elsewhere = await probe(file, { addresses: ['127.0.0.9'] });
    expect(elsewhere).toMatchObject({ outcome: 'failed', summary: expect.stringContaining('connection refused') });
    expect(server.received.clear).toBe('');
  });

  test('where the plan showed no address, the test finds none either, though the name leads somewhere by now', async () => {
    const server = await serve();
    const file = await open(farm(server.port, anonymous).replace('127.0.0.1', 'localhost'));
    expect((await planned(file)).addresses).not.toEqual([]);
    expect(await probe(file, { addresses: [] })).toMatchObject({ summary: 'name not found at resolve' });
    expect(server.received.clear).toBe('');
  });

  test.each(['169.254.169.254', '::ffff:a9fe:a9fe', '2852039166', 'localhost', ''])(
    'an address that was never shown: “%s” is not connected to',
    async (address) => {
      const server = await serve();
      const file = await open(farm(server.port, anonymous));
      expect(await probe(file, { addresses: [address] })).toMatchObject({ summary: 'reserved address at resolve' });
      expect(server.received.clear).toBe('');
    },
  );

  test.each(['send', 'probe'] as const)(
    'D14: one test at a time at a host, whatever its port; then the next (%s)',
    async (second) => {
      let silent = () => {};
      const fallsSilent = new Promise<void>((settle) => (silent = settle));
      const slow = await serve({ greeting: { after: 'silence' } }, () => silent());
      const first = await open(farm(slow.port, anonymous));
      const probing = probe(first, { token: 'first' });
      await fallsSilent;
      const server = await serve();
      const { client } = first;
      const text = farm(server.port, anonymous);
      const uri = first.uri.replace('farm-email', 'other.farm-email');
      client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
      const other = { ...first, uri };
      const { digest } = await planned(other, second);
      const params = {
        uri,
        scope: '/farm',
        route: 'asConfigured',
        digest,
        to: 'me@contoso.com',
        secrets: {},
        token: 't',
      };
      const tested = () => client.request(`farmEmail/${second}`, params);
      expect(await tested()).toMatchObject({
        outcome: 'refused',
        explanation: 'A test at 127.0.0.1 is on its way already. Wait for it or cancel it.',
      });
      expect(server.received.clear).toBe('');
      await slow.close();
      expect(await probing).toMatchObject({ outcome: 'failed' });
      expect(await tested()).toMatchObject({ outcome: 'accepted' });
    },
  );

  test('a plan for a test email is none for a probe, nor the other way round', async () => {
    const server = await serve();
    const file = await open(farm(server.port, anonymous));
    const { digest } = await planned(file, 'send');
    expect(await probe(file, { digest })).toMatchObject({ outcome: 'refused' });
    expect(server.received.clear).toBe('');
  });

  test('after a refused login it stops; on request it goes on without one, as SharePoint would', async () => {
    const refusing: Script = {
      challenged: ['535 5.7.8 no\r\n'],
      MAIL: '530 5.7.57 Client was not authenticated\r\n',
    };
    const server = await serve(refusing);
    const file = await open(farm(server.port, login));
    const stopped = await probe(file);
    expect(stopped).toMatchObject({ outcome: 'failed', stoppedAtLogin: true, summary: '535 5.7.8 at AUTH LOGIN' });
    expect(server.received.secured).not.toContain('MAIL FROM');
    const further = await probe(file, { afterRefusedLogin: 'goOn' });
    expect(further).toMatchObject({ outcome: 'failed', stoppedAtLogin: false, summary: '530 5.7.57 at MAIL FROM' });
    expectNoSecret([stopped, further], password);
  });

  test('an authority that the user names is trusted; one that is no certificate is refused before anything is connected', async () => {
    const server = await serve();
    const file = await open(farm(server.port, ['useTls: true', 'authentication: anonymous']));
    expect(await probe(file)).toMatchObject({ outcome: 'accepted' });
    expect(await probe(file, { user: {} })).toMatchObject({ summary: 'certificate issuer unknown' });
    const before = server.received.clear;
    const refused = await probe(file, { user: { certificateAuthorities: [new URL(file.uri).pathname] } });
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(server.received.clear).toBe(before);
  });

  test.each([
    ['2016', login, 'SharePoint 2016 cannot log in'],
    ['2013', ['useTls: true', 'authentication: anonymous'], 'SharePoint 2013'],
  ])('what SharePoint %s cannot do is not tried', async (version, settings, reason) => {
    const server = await serve();
    const file = await open(farm(server.port, settings).replace('SubscriptionEdition', version));
    const params = { uri: file.uri, scope: '/farm', route: 'asConfigured', purpose: 'probe' };
    const refused = (await file.client.request('farmEmail/plan', params)) as { kind: string; reason: string };
    expect(refused.kind).toBe('refused');
    expect(refused.reason).toContain(`The farm would not send like this. ${reason}`);
  });

  test('a login without TLS: no password is asked for, nothing is said that proves one', async () => {
    const server = await serve({ EHLO: '250-mail.test\r\n250 AUTH LOGIN\r\n' });
    const text = farm(server.port, login).replace('useTls: true', 'useTls: false');
    const file = await open(text);
    expect((await planned(file)).needs).toEqual([]);
    // To go on without a login would show nothing: none was tried.
    expect(await probe(file)).toMatchObject({
      outcome: 'failed',
      summary: 'login without TLS at AUTH',
      stoppedAtLogin: false,
    });
    expect(server.received.clear).not.toMatch(/AUTH|MAIL/);
  });
});

describe('what a test found stands on the lines of the file', () => {
  const noStartTls: Script = { EHLO: '250-mail.test\r\n250 SIZE 1000\r\n' };

  test('until an edit there; an edit elsewhere leaves it', async () => {
    const server = await serve(noStartTls);
    const file = await open(farm(server.port, login));
    const found = await findingsAfter(file, () => probe(file));
    expect(found).toMatchObject([{ code: 'probe/starttls-not-offered', severity: 1, range: { start: { line: 6 } } }]);
    const elsewhere = `${file.text}monitoredMailboxes: [helpdesk@contoso.com]\n`;
    expect(await findingsAfter(file, edit(file, 2, elsewhere))).toEqual(found);
    const moved = await findingsAfter(file, edit(file, 3, `# a comment\n${elsewhere}`));
    expect(moved[0]?.range.start.line).toBe(7);
    const changed = elsewhere.replace('useTls: true', 'useTls: false');
    expect(await findingsAfter(file, edit(file, 4, changed))).toEqual([]);
    // What it was is not known to hold any more.
    expect(await findingsAfter(file, edit(file, 5, elsewhere))).toEqual([]);
  });

  test('closing the file forgets it', async () => {
    const server = await serve(noStartTls);
    const file = await open(farm(server.port, login));
    expect(await findingsAfter(file, () => probe(file))).toHaveLength(1);
    const { client, uri, text } = file;
    client.notify('textDocument/didClose', { textDocument: { uri } });
    const again = client.diagnostics(uri, 9);
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 9, text } });
    const { diagnostics } = (await again) as Published;
    expect(diagnostics.filter(({ code }) => code.startsWith('probe/'))).toEqual([]);
  });

  test('a client that pulls is told to ask again', async () => {
    const server = await serve(noStartTls);
    const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
    const file = await open(farm(server.port, login), capabilities);
    await file.client.request('textDocument/diagnostic', { textDocument: { uri: file.uri } });
    const asked = file.client.heard('workspace/diagnostic/refresh');
    await probe(file);
    await asked;
    const pulled = (await file.client.request('textDocument/diagnostic', { textDocument: { uri: file.uri } })) as {
      items: readonly Diagnostic[];
    };
    expect(pulled.items.map(({ code }) => code)).toContain('probe/starttls-not-offered');
  });

  test('a failed test email leaves its finding too', async () => {
    const server = await serve(noStartTls);
    const file = await open(farm(server.port, ['useTls: true', 'authentication: anonymous']));
    const { digest } = await planned(file, 'send');
    const found = await findingsAfter(file, () =>
      file.client.request('farmEmail/send', {
        ...{ uri: file.uri, scope: '/farm', route: 'asConfigured', digest, to: 'me@contoso.com' },
        ...{ secrets: {}, token: 's' },
      }),
    );
    expect(found.map(({ code }) => code)).toEqual(['probe/starttls-not-offered']);
  });

  test('what the server offers can be recorded, once, and no suppression is offered for what a test found', async () => {
    const server = await serve({ ehloAfterTls: '250-mail.test\r\n250 AUTH GSSAPI NTLM LOGIN\r\n' });
    const file = await open(farm(server.port, ['useTls: true', 'authentication: anonymous']));
    const before = (await actions(file, 4)).map(({ title }) => title);
    await probe(file);
    const offered = await actions(file, 4);
    expect(offered.map(({ title }) => title)).toEqual([...before, 'Record what 127.0.0.1 offers']);
    expect(JSON.stringify(offered.at(-1)?.edit)).toContain(
      JSON.stringify(
        '\nmailServers:\n  - host: 127.0.0.1\n    startTls: true\n    authMechanisms: [GSSAPI, NTLM, LOGIN]\n    anonymousAccess: true\n    clientCertificates: ignore\n',
      ),
    );
  });
});

describe('a client certificate whose password takes seconds to try', () => {
  const secret = 'key-file-password';
  let pfx: Uint8Array;
  beforeAll(() => {
    const shop = openWorkshop();
    shop.chain();
    const pbe = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-iter', '60000'];
    const parts = ['-in', 'client.pem', '-inkey', 'client.key', '-passout', `pass:${secret}`];
    shop.run('pkcs12', '-export', ...parts, ...pbe, '-out', 'slow.pfx');
    pfx = shop.read('slow.pfx');
    shop.close();
  });

  test('a cancel is answered at once, and nothing was connected; the next test need not wait', async () => {
    const server = await serve();
    const text = farm(server.port, ['useTls: true', 'authentication: anonymous', 'clientCertificate: smtp-client']);
    const certificates =
      'certificates:\n  - name: smtp-client\n    path: slow.pfx\n    password: ${secret:pfx}\n    store: EndEntity\n';
    const file = await open(`${text}${certificates}`);
    await writeFile(new URL('slow.pfx', file.uri), pfx);
    const { client, uri, user } = file;
    const { digest, needs } = await planned(file);
    expect(needs.map(({ id }) => id)).toEqual(['clientCertificatePassword']);
    const secrets = { clientCertificatePassword: secret };
    const params = { uri, scope: '/farm', digest, to: 'me@contoso.com', secrets, user, token: 'p' };
    const began = performance.now();
    const probing = client.request('farmEmail/probe', params);
    client.cancel();
    expect(await probing).toMatchObject({ outcome: 'cancelled', transcript: '' });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(server.received.clear).toBe('');
    const second = await client.request('farmEmail/probe', { ...params, secrets: { clientCertificatePassword: 'no' } });
    expect(second).toMatchObject({
      outcome: 'refused',
      explanation: expect.stringContaining('password does not open'),
    });
  }, 60_000);
});

test('nothing but the two requests connects: plans, hovers and code actions leave the server alone', async () => {
  const server = await serve();
  const file = await open(farm(server.port, anonymous));
  await planned(file);
  await planned(file, 'send');
  await actions(file, 4);
  await file.client.request('textDocument/hover', {
    textDocument: { uri: file.uri },
    position: { line: 4, character: 8 },
  });
  expect(server.received).toEqual({ clear: '', secured: '' });
});

test('D2: in Restricted Mode no certificate file is read, until the folder is trusted', async () => {
  const folder = temporaryFolder();
  await writeFile(path.join(folder, 'empty.pfx'), '');
  const uri = pathToFileURL(path.join(folder, 'farm-email.yaml')).href;
  const settings = farm(25, ['useTls: true', 'authentication: anonymous', 'clientCertificate: smtp-client']);
  const text = `${settings}certificates:\n  - name: smtp-client\n    path: empty.pfx\n    store: EndEntity\n`;
  const client = startServer(path.join(root, 'dist/server.js'));
  running.push(client);
  await client.initialize({ initializationOptions: { trusted: false } });
  const codesOf = async (pushed: Promise<unknown>) =>
    ((await pushed) as Published).diagnostics.map(({ code }) => code).filter((code) => /unreadable/.test(code));
  const first = client.diagnostics(uri, 1);
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  expect(await codesOf(first)).toEqual([]);
  const saved = client.diagnostics(uri, 1);
  client.notify('textDocument/didSave', { textDocument: { uri } });
  expect(await codesOf(saved)).toEqual([]);
  const trusted = client.diagnostics(uri, 1);
  client.notify('farmEmail/trustGranted', {});
  expect(await codesOf(trusted)).toEqual(['client-cert-unreadable']);
});

test('in Restricted Mode a probe is refused by the server', async () => {
  const server = await serve();
  const client = startServer(path.join(root, 'dist/server.js'));
  running.push(client);
  await client.initialize({ initializationOptions: { trusted: false } });
  const uri = 'file:///farm/farm-email.yaml';
  const text = farm(server.port, anonymous);
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  const common = { uri, scope: '/farm', digest: 'any', to: 'me@contoso.com', secrets: {}, token: 'p' };
  expect(await client.request('farmEmail/probe', common)).toMatchObject({
    outcome: 'refused',
    explanation: expect.stringContaining('not trusted'),
  });
  expect(server.received.clear).toBe('');
});
