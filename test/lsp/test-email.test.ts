import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { root } from '../house/sources.ts';
import { temporaryFolders } from '../temporary.ts';
import { type StdioClient, startServer } from './stdio-client.mjs';

const uri = 'file:///farm/farm-email.yaml';
const temporaryFolder = temporaryFolders();
const running: StdioClient[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((client) => client.stop()));
});

interface Plan {
  readonly digest: string;
  readonly needs: readonly { readonly id: string; readonly prompt: string }[];
}
interface Result {
  readonly outcome: string;
  readonly summary: string;
  readonly explanation: string;
  readonly transcript: string;
}

async function open(text: string, env: NodeJS.ProcessEnv = {}): Promise<StdioClient> {
  const client = startServer(path.join(root, 'dist/server.js'), { env: { ...process.env, ...env } });
  running.push(client);
  await client.initialize();
  const first = client.diagnostics(uri, 1);
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  await first;
  return client;
}

async function planned(client: StdioClient, route: string): Promise<Plan> {
  const answer = await client.request('farmEmail/plan', { uri, scope: '/farm', route });
  expect(answer).toMatchObject({ kind: 'plan' });
  return (answer as { plan: Plan }).plan;
}

function order(route: string, { digest }: Plan, secrets: object = {}): object {
  return { uri, scope: '/farm', route, digest, to: 'me@contoso.com', secrets, token: 'one' };
}

describe('a test email through the language server', () => {
  test('by the route to the local inbox: STARTTLS under its own authority, a login, no password asked or sent', async () => {
    const folder = temporaryFolder();
    const example = readFileSync(path.join(root, 'examples/contoso/farm-email.yaml'), 'utf8');
    // The inbox is on this computer; whom a test email may go to is said of other routes.
    const text = `${example.replace(/^testEmail:\n(?: .*\n)*/m, '')}\ntestEmail:\n  allowedRecipientDomains: [fabrikam.com]\n`;
    const password = 'correct horse battery staple';
    const client = await open(text, { FARM_EMAIL_INBOX_FOLDER: folder, FARM_EMAIL_SMTP_PASSWORD: password });
    const without = await client.request('farmEmail/plan', { uri, scope: '/farm', route: 'localInbox' });
    expect(without).toMatchObject({ kind: 'refused' });
    const started = await client.request('farmEmail/startInbox', null);
    expect(started).toMatchObject({ kind: 'running', alreadyRunning: false, inbox: { host: '127.0.0.1', folder } });
    const plan = await planned(client, 'localInbox');
    expect(plan).toMatchObject({ host: '127.0.0.1', tls: true, user: 'CONTOSO\\svc-mail', needs: [] });
    const steps: string[] = [];
    void client.heard('farmEmail/sendProgress', ({ step }: { step: string }) => {
      steps.push(step);
      return false;
    });
    const result = (await client.request('farmEmail/send', order('localInbox', plan))) as Result;
    expect(result).toMatchObject({ outcome: 'accepted', summary: '250 accepted' });
    expect(steps).toEqual(expect.arrayContaining(['STARTTLS', 'authenticate', 'DATA']));
    const [file] = readdirSync(path.join(folder, 'messages'));
    const message = readFileSync(path.join(folder, 'messages', file ?? ''), 'utf8');
    const mail = await new PostalMime().parse(message);
    expect(mail.from?.address).toBe('sharepoint@contoso.com');
    expect(mail.replyTo?.map(({ address }) => address)).toEqual(['helpdesk@contoso.com']);
    expect(mail.to?.map(({ address }) => address)).toEqual(['me@contoso.com']);
    expect(message + result.transcript + result.explanation).not.toContain(password);
  });

  test('as configured: asks for the password that no environment variable holds, and shows it nowhere', async () => {
    const received: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, callback) => {
        stream.setEncoding('utf8').on('data', (chunk: string) => received.push(chunk));
        stream.on('end', () => callback());
      },
    });
    const port = await new Promise<number>((resolve) => {
      const listening = server.listen(0, '127.0.0.1', () => {
        const address = listening.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const settings = (tls: boolean, authentication: string): string =>
      [
        'version: 1',
        'farm:',
        '  sharePointVersion: SubscriptionEdition',
        '  outgoingEmail:',
        '    smtpServer: 127.0.0.1',
        `    smtpPort: ${port}`,
        `    useTls: ${tls}`,
        `    authentication: ${authentication}`,
        '    fromAddress: sharepoint@contoso.com',
        '',
      ].join('\n');
    try {
      const anonymous = await open(settings(false, 'anonymous'));
      const plain = await anonymous.request(
        'farmEmail/send',
        order('asConfigured', await planned(anonymous, 'asConfigured')),
      );
      expect(plain).toMatchObject({ outcome: 'accepted' });
      expect(received.join('')).toContain('From: sharepoint@contoso.com');

      const password = 'hunter2-hunter2';
      const client = await open(settings(true, '{ userName: svc-mail, password: "${secret:mail}" }'));
      const plan = await planned(client, 'asConfigured');
      const place = { kind: 'login', host: '127.0.0.1', port, user: 'svc-mail', tls: true };
      expect(plan.needs).toEqual([{ id: 'smtpPassword', place, prompt: `Password of svc-mail at 127.0.0.1:${port}` }]);
      const secrets = { smtpPassword: password };
      const refused = (await client.request('farmEmail/send', order('asConfigured', plan, secrets))) as Result;
      expect(refused.outcome).toBe('failed');
      expect(refused.summary).toContain('STARTTLS');
      const base64 = Buffer.from(password).toString('base64');
      expect(JSON.stringify(refused)).not.toMatch(new RegExp(`${password}|${base64}`));
    } finally {
      await new Promise<void>((resolve) => server.close(resolve));
    }
  });

  test('as configured: only to the domains that the file allows, when it states some', async () => {
    const settings = 'version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail:\n    smtpServer: 127.0.0.1\n';
    const rest = '    smtpPort: 1\n    useTls: false\n    fromAddress: sharepoint@contoso.com\ntestEmail:\n';
    const outcome = async (allowed: string, to: string): Promise<Result> => {
      const client = await open(`${settings}${rest}  allowedRecipientDomains: ${allowed}\n`);
      const plan = await planned(client, 'asConfigured');
      return (await client.request('farmEmail/send', { ...order('asConfigured', plan), to })) as Result;
    };
    expect(await outcome('[contoso.com]', 'me@fabrikam.com')).toMatchObject({
      outcome: 'refused',
      explanation:
        'me@fabrikam.com may not get a test email: testEmail.allowedRecipientDomains allows only contoso.com.',
    });
    expect((await outcome('[contoso.com]', 'me@mail.contoso.com')).outcome).toBe('refused');
    expect((await outcome('["*.contoso.com"]', 'me@contoso.com')).outcome).toBe('refused');
    expect((await outcome('[]', 'me@contoso.com')).outcome).toBe('refused');
    // Nobody listens on port 1: what is allowed was tried.
    expect((await outcome('[Contoso.com]', 'me@CONTOSO.com')).outcome).toBe('failed');
    expect((await outcome('["*.contoso.com"]', 'me@mail.contoso.com')).outcome).toBe('failed');
  });

  test('as configured: only to the domains that the user allows on this computer, too', async () => {
    const text =
      'version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail:\n    smtpServer: 127.0.0.1\n    smtpPort: 1\n    useTls: false\n    fromAddress: a@contoso.com\n';
    const client = await open(text);
    const plan = await planned(client, 'asConfigured');
    const send = async (domains: readonly string[]): Promise<Result> =>
      (await client.request('farmEmail/send', {
        ...order('asConfigured', plan),
        to: 'me@contoso.com',
        user: { allowedRecipientDomains: domains },
      })) as Result;
    expect(await send(['fabrikam.com', '*.contoso.com'])).toMatchObject({
      outcome: 'refused',
      explanation: expect.stringContaining('farmEmail.testEmail.allowedRecipientDomains allows only fabrikam.com'),
    });
    expect((await send(['contoso.com'])).outcome).toBe('failed');
    const ask = { uri, scope: '/farm', route: 'asConfigured', to: 'me@contoso.com' };
    const asked = (user: object): Promise<unknown> => client.request('farmEmail/plan', { ...ask, user });
    expect(await asked({ allowedRecipientDomains: ['fabrikam.com'] })).toMatchObject({ kind: 'refused' });
    expect(await asked({ allowedRecipientDomains: [] })).toMatchObject({ kind: 'plan' });
  });

  test('a plan names the errors of its settings, and the variable that holds no password', async () => {
    const text =
      'version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail:\n    smtpServer: smtp.contoso.com\n    smtpPort: 465\n    useTls: true\n    authentication: { userName: CONTOSO\\svc, password: "${env:FARM_EMAIL_UNSET_PASSWORD}" }\n    fromAddress: a@contoso.com\n';
    const client = await open(text);
    const plan = (await planned(client, 'asConfigured')) as unknown as {
      errors: { message: string; range: object }[];
      needs: { prompt: string }[];
    };
    expect(plan.errors[0]).toEqual({
      message: expect.stringContaining('Port 465'),
      range: { start: { line: 5, character: 14 }, end: { line: 5, character: 17 } },
    });
    expect(plan.needs[0]?.prompt).toBe(
      'The environment variable FARM_EMAIL_UNSET_PASSWORD is not set here. Password of CONTOSO\\svc at smtp.contoso.com:465',
    );
  });

  test('a script for a server of the farm, where there is a plan', async () => {
    const text =
      'version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail:\n    smtpServer: smtp.contoso.com\n    fromAddress: a@contoso.com\n';
    const client = await open(text);
    const ask = (scope: string): Promise<unknown> =>
      client.request('farmEmail/powerShell', { uri, scope, to: 'me@contoso.com' });
    expect(await ask('/farm')).toMatchObject({ kind: 'script', script: expect.stringContaining("'me@contoso.com'") });
    expect(await ask('/webApplications/0')).toMatchObject({ kind: 'refused', reason: expect.any(String) });
  });

  test('a variable whose name does not start with FARM_EMAIL_ is not read', async () => {
    const text = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    authentication: { userName: svc-mail, password: "\${env:OTHER_SECRET}" }
    fromAddress: sharepoint@contoso.com
`;
    const client = await open(text, { OTHER_SECRET: 'not for you' });
    expect((await planned(client, 'asConfigured')).needs).toHaveLength(1);
  });
});
