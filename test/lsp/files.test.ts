import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { root } from '../house/sources.ts';
import { temporaryFolders } from '../temporary.ts';
import { type StdioClient, startServer } from './stdio-client.mjs';

const newFolder = temporaryFolders();
const clients: StdioClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
});

async function started(folder: string): Promise<StdioClient> {
  const client = startServer(path.join(root, 'dist/server.js'));
  clients.push(client);
  await client.initialize({ rootUri: pathToFileURL(folder).href });
  return client;
}

async function opened(client: StdioClient, file: string, text: string): Promise<readonly { code: string }[]> {
  const uri = pathToFileURL(file).href;
  const first = client.diagnostics(uri, 1);
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  return ((await first) as { diagnostics: { code: string }[] }).diagnostics;
}

const text = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 465
    authentication: { userName: CONTOSO\\svc, password: Summer2026! }
    fromAddress: sharepoint@contoso.com
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
    outgoingEmail: { smtpPort: 25 }
`;

describe('checking a file that is not open', () => {
  test('gives what the editor would show if it were', async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'a'));
    writeFileSync(
      path.join(folder, 'farm-email.config.yaml'),
      'version: 1\nrules:\n  tls-not-stated: warning\n  nonsense: off\n',
    );
    const file = path.join(folder, 'a', 'farm-email.yaml');
    const client = await started(folder);
    const checked = await client.request('farmEmail/check', { uri: pathToFileURL(file).href, text });
    expect(checked).toEqual(await opened(client, file, text));
    expect(checked).toContainEqual(expect.objectContaining({ code: 'tls-not-stated', severity: 2 }));
  });

  test('of a configuration, too, and of a file that is no UTF-8', async () => {
    const folder = newFolder();
    const client = await started(folder);
    const check = (name: string, content: string): Promise<unknown> =>
      client.request('farmEmail/check', { uri: pathToFileURL(path.join(folder, name)).href, text: content });
    expect(await check('farm-email.config.yaml', 'version: 1\nruls: {}\n')).toEqual([
      expect.objectContaining({ code: 'schema/unknown-key' }),
    ]);
    expect(await check('farm-email.yaml', '\0')).toEqual([expect.objectContaining({ code: 'syntax/encoding' })]);
  });
});

describe('effective settings', () => {
  test('of the open text and of another version of it, without the password', async () => {
    const folder = newFolder();
    const file = path.join(folder, 'farm-email.yaml');
    const client = await started(folder);
    await opened(client, file, text);
    const ask = (params: object): Promise<{ kind: string; title?: string; text?: string; reason?: string }> =>
      client.request('farmEmail/effective', { uri: pathToFileURL(file).href, ...params }) as never;
    const farm = await ask({});
    expect(farm).toMatchObject({
      kind: 'effective',
      title: 'the farm',
      text: expect.stringContaining('smtpPort: 465'),
    });
    expect(JSON.stringify(farm)).not.toContain('Summer2026');
    const webApplication = 'https://portal.contoso.com/';
    expect(await ask({ webApplication })).toMatchObject({
      title: 'Portal',
      text: expect.stringMatching(/^smtpPort: 25 +# web application$/m),
    });
    const before = await ask({ webApplication, text: text.replace('smtpPort: 25', 'smtpPort: 587') });
    expect(before.text).toMatch(/^smtpPort: 587 +# web application$/m);
    expect(await ask({ webApplication: 'https://none/' })).toEqual({
      kind: 'refused',
      reason: 'This version of the file has no web application with the URL https://none/.',
    });
    expect(await ask({ uri: 'file:///closed/farm-email.yaml' })).toEqual({
      kind: 'refused',
      reason: 'The file is not open.',
    });
  });
});

test('the status names the configuration in force and counts what is accepted', async () => {
  const folder = newFolder();
  const configuration = path.join(folder, 'farm-email.config.yaml');
  writeFileSync(configuration, 'version: 1\n');
  const file = path.join(folder, 'farm-email.yaml');
  const client = await started(folder);
  const found = await opened(
    client,
    file,
    text.replace('465', '465 # farm-email-disable-line port-implicit-tls -- soon'),
  );
  expect(await client.request('farmEmail/status', { uri: pathToFileURL(file).href })).toEqual({
    configuration: pathToFileURL(configuration).href,
    findings: found.length,
    suppressed: 1,
  });
});

test.each(['yaml', 'json'] as const)('a new file of %s begins with what completion offers', async (format) => {
  const client = await started(newFolder());
  const offers = (await client.request('farmEmail/newFile', { format })) as { title: string; snippet: string }[];
  expect(offers.map(({ title }) => title)).toEqual(['with a login', 'anonymous relay']);
  for (const { snippet } of offers)
    expect(snippet.startsWith(format === 'yaml' ? 'version: ' : '{\n  "version": ')).toBe(true);
});

test('the sample of the walkthrough has one finding, with a fix', async () => {
  const source = readFileSync(path.join(root, 'client/src/sample.ts'), 'utf8');
  const sample = /`([\s\S]*)`/.exec(source)?.[1] ?? '';
  const client = await started(newFolder());
  const found = await opened(client, '/x/sample.farm-email.yaml', sample);
  expect(found.map(({ code }) => code)).toEqual(['port-implicit-tls']);
});
