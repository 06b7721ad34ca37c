import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { JsonReport } from '../../server/src/report/json.ts';
import { runCli } from '../cli/run-cli.ts';
import { root } from '../house/sources.ts';
import { temporaryFolders } from '../temporary.ts';
import { type StdioClient, startServer } from './stdio-client.mjs';

const temporaryFolder = temporaryFolders();
const wrong = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: '@@MAIL@@/x'
    smtpPort: 465
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: noreply@contoso.com
`;
const off = 'version: 1\nrules:\n  port-implicit-tls: off\n';
const all = ['smtp-server-not-a-host', 'port-implicit-tls', 'reply-to-no-reply'];
const withoutPort = ['smtp-server-not-a-host', 'reply-to-no-reply'];
const pulling = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };

interface Diagnostic {
  readonly code: string;
  readonly severity: number;
  readonly message: string;
}

let client: StdioClient | undefined;
afterEach(async () => {
  await client?.stop();
  client = undefined;
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) write(folder, name, text);
  return folder;
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

async function start(folder: string, capabilities: object): Promise<StdioClient> {
  client = startServer(path.join(root, 'dist/server.js'));
  await client.initialize({ rootUri: pathToFileURL(folder).href, capabilities });
  return client;
}

/** What an editor says and hears about one file. */
function fileIn(server: StdioClient, folder: string, name: string) {
  const uri = pathToFileURL(path.join(folder, name)).href;
  const textDocument = { uri };
  const codes = ({ diagnostics }: { diagnostics: readonly Diagnostic[] }): readonly string[] =>
    diagnostics.map(({ code }) => code);
  return {
    open: (text: string) =>
      server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } }),
    change: (version: number, text: string) =>
      server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    save: () => server.notify('textDocument/didSave', { textDocument }),
    close: () => server.notify('textDocument/didClose', { textDocument }),
    async pulled(): Promise<readonly string[]> {
      const answer = await server.request('textDocument/diagnostic', { textDocument });
      return codes({ diagnostics: (answer as { items: readonly Diagnostic[] }).items });
    },
    /** The next that are pushed. */
    async pushed(): Promise<readonly string[]> {
      const params = await server.heard('textDocument/publishDiagnostics', (each: { uri: string }) => each.uri === uri);
      return codes(params as { diagnostics: readonly Diagnostic[] });
    },
    ask: (method: string, more: object) => server.request(method, { textDocument, ...more }),
    changedOnDisk: () => server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] }),
  };
}

describe('what is configured for an open file', () => {
  test('is found upwards, up to the folder that is open', async () => {
    const folder = folderWith({
      'farm-email.config.yaml': off,
      'work/a/farm-email.yaml': wrong,
      'work/b/farm-email.config.json':
        '{ "version": 1, "placeholders": ["@@*@@"], "rules": { "port-implicit-tls": "hint" } }',
    });
    const server = await start(path.join(folder, 'work'), pulling);
    const above = fileIn(server, folder, 'work/a/farm-email.yaml');
    above.open(wrong);
    expect(await above.pulled()).toEqual(all);
    const beside = fileIn(server, folder, 'work/b/c/farm-email.yaml');
    beside.open(wrong);
    expect(await beside.pulled()).toEqual(all.slice(1));
  });

  test.each([
    ['pulled', pulling],
    ['pushed', {}],
  ] as const)('changes with the file on disk at once (%s)', async (way, capabilities) => {
    const folder = folderWith({});
    const server = await start(folder, capabilities);
    const file = fileIn(server, folder, 'farm-email.yaml');
    const config = fileIn(server, folder, 'farm-email.config.yaml');
    const settled = async (act: () => void): Promise<readonly string[]> => {
      if (way === 'pushed') {
        const next = file.pushed();
        act();
        return next;
      }
      const refresh = server.heard('workspace/diagnostic/refresh');
      act();
      await refresh;
      return file.pulled();
    };
    if (way === 'pushed') expect(await settled(() => file.open(wrong))).toEqual(all);
    else file.open(wrong);
    if (way === 'pulled') expect(await file.pulled()).toEqual(all);
    write(folder, 'farm-email.config.yaml', off);
    expect(await settled(config.changedOnDisk)).toEqual(withoutPort);
    write(folder, 'farm-email.config.yaml', `${off}placeholders: ['@@*@@']\n`);
    expect(await settled(config.changedOnDisk)).toEqual(['reply-to-no-reply']);
    rmSync(path.join(folder, 'farm-email.config.yaml'));
    expect(await settled(config.changedOnDisk)).toEqual(all);
  });

  test('changes with what is typed into the open configuration, and back when it is closed unsaved', async () => {
    const folder = folderWith({ 'farm-email.config.yaml': 'version: 1\n' });
    const server = await start(folder, pulling);
    const file = fileIn(server, folder, 'farm-email.yaml');
    const config = fileIn(server, folder, 'farm-email.config.yaml');
    file.open(wrong);
    config.open('version: 1\n');
    expect(await file.pulled()).toEqual(all);
    config.change(2, off);
    expect(await file.pulled()).toEqual(withoutPort);
    config.close();
    expect(await file.pulled()).toEqual(all);
  });

  test('a save without a watcher is enough', async () => {
    const folder = folderWith({ 'farm-email.config.yaml': 'version: 1\n' });
    const server = await start(folder, pulling);
    const file = fileIn(server, folder, 'farm-email.yaml');
    file.open(wrong);
    expect(await file.pulled()).toEqual(all);
    write(folder, 'farm-email.config.yaml', off);
    file.save();
    expect(await file.pulled()).toEqual(withoutPort);
  });

  test('the editor is asked to watch, where it can', async () => {
    const folder = folderWith({});
    client = startServer(path.join(root, 'dist/server.js'));
    const asked = client.heard('client/registerCapability');
    await client.initialize({
      rootUri: pathToFileURL(folder).href,
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    const { registrations } = (await asked) as {
      registrations: readonly { method: string; registerOptions: unknown }[];
    };
    expect(registrations.map(({ method }) => method)).toEqual(['workspace/didChangeWatchedFiles']);
    expect(JSON.stringify(registrations[0]?.registerOptions)).toContain('**/farm-email.config.{yaml,yml,json,jsonc}');
  });
});

describe('a configuration in the editor', () => {
  const misspelt = 'version: 1\nrules:\n  port-implict-tls: off\n';

  test('has findings, quick fixes and hover as any file has', async () => {
    const folder = folderWith({});
    const server = await start(folder, pulling);
    const config = fileIn(server, folder, 'farm-email.config.yaml');
    config.open(misspelt);
    expect(await config.pulled()).toEqual(['schema/unknown-key']);
    const range = { start: { line: 2, character: 4 }, end: { line: 2, character: 4 } };
    const actions = await config.ask('textDocument/codeAction', { range, context: { diagnostics: [] } });
    expect((actions as { title: string }[]).map(({ title }) => title)).toEqual(['Change to `port-implicit-tls`']);
    const context = { diagnostics: [], only: ['source.fixAll'] };
    const [fixAll] = (await config.ask('textDocument/codeAction', { range, context })) as { edit: object }[];
    expect(JSON.stringify(fixAll?.edit)).toContain('"newText":"i"');
    config.change(2, off);
    expect(await config.pulled()).toEqual([]);
    const hover = (await config.ask('textDocument/hover', { position: { line: 2, character: 4 } })) as {
      contents: { value: string };
    };
    expect(hover.contents.value).toContain('Port 465 expects TLS from the first byte');
    expect(hover.contents.value).toContain('An `smtpPort` of 465');
  });

  test('that is wrong is shown where it is wrong, open or not', async () => {
    const folder = folderWith({ 'farm-email.config.yaml': misspelt });
    const server = await start(folder, pulling);
    const file = fileIn(server, folder, 'farm-email.yaml');
    const config = fileIn(server, folder, 'farm-email.config.yaml');
    const shown = config.pushed();
    file.open(wrong);
    expect(await shown).toEqual(['schema/unknown-key']);
    const takenBack = config.pushed();
    config.open(misspelt);
    expect(await takenBack).toEqual([]);
    expect(await config.pulled()).toEqual(['schema/unknown-key']);
    const again = config.pushed();
    config.close();
    expect(await again).toEqual(['schema/unknown-key']);
    const gone = config.pushed();
    file.close();
    expect(await gone).toEqual([]);
  });

  test('is pushed to a client that does not pull, and says which one counts', async () => {
    const folder = folderWith({ 'farm-email.config.yaml': off, 'farm-email.config.json': '{ "version": 1 }' });
    const server = await start(folder, {});
    const config = fileIn(server, folder, 'farm-email.config.json');
    const next = server.heard('textDocument/publishDiagnostics');
    config.open('{ "version": 1 }');
    const { diagnostics } = (await next) as { diagnostics: readonly Diagnostic[] };
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['configuration/several-files', '`farm-email.config.yaml` beside it counts; this configuration is not read'],
    ]);
  });

  test('no test email can be sent from it', async () => {
    const folder = folderWith({});
    const server = await start(folder, pulling);
    const config = fileIn(server, folder, 'farm-email.config.yaml');
    config.open(off);
    const uri = pathToFileURL(path.join(folder, 'farm-email.config.yaml')).href;
    expect(await server.request('farmEmail/scopes', { uri })).toEqual([]);
  });
});

describe('invariant 6: editor and command line give the same findings under a configuration', () => {
  test.each([
    ['a severity', 'rules: { port-implicit-tls: information, reply-to-no-reply: error }'],
    ['a rule that is off', 'rules: { reply-to-no-reply: off }'],
    [
      'an ignore',
      'ignore: [{ files: a/**, pointer: /farm/outgoingEmail/smtpPort, rules: [port-implicit-tls], reason: x }]',
    ],
    ['a placeholder', 'placeholders: ["@@*@@"]'],
    ['mistakes', 'rules: { port-implicit-tls: offf }\nignore: [{ file: a/**, rules: [reply-to-no-reply], reason: x }]'],
  ])('%s', async (_, text) => {
    const folder = folderWith({
      'farm-email.config.yaml': `version: 1\n${text}\n`,
      'a/farm-email.yaml': wrong,
      'b/prod.farm-email.yaml': wrong,
    });
    const names = ['farm-email.config.yaml', 'a/farm-email.yaml', 'b/prod.farm-email.yaml'];
    const { stdout } = await runCli(['check', ...names, '--format', 'json'], { cwd: folder });
    const { files }: JsonReport = JSON.parse(stdout);
    const told = new Map(files.map((each) => [each.path, each.findings]));
    const server = await start(folder, pulling);
    for (const name of names) {
      const file = fileIn(server, folder, name);
      file.open(name.includes('config') ? `version: 1\n${text}\n` : wrong);
      const { items } = (await file.ask('textDocument/diagnostic', {})) as { items: readonly Diagnostic[] };
      const severities = ['', 'error', 'warning', 'information', 'hint'];
      expect(
        items.map(({ code, severity, message }) => [code, severities[severity], message]),
        name,
      ).toEqual((told.get(name) ?? []).map(({ rule, severity, message }) => [rule, severity, message]));
    }
  });
});
