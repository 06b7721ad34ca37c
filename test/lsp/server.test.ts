import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../house/sources.ts';
import { type StdioClient, startServer } from './stdio-client.mjs';

const server = path.join(root, 'dist/server.js');
const _severities = ['', 'error', 'warning', 'information', 'hint'];

interface Diagnostic {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly severity: number;
  readonly code: string;
  readonly source: string;
  readonly message: string;
}
interface Position {
  readonly line: number;
  readonly character: number;
}
interface Pushed {
  readonly diagnostics: readonly Diagnostic[];
}
interface Action {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred?: boolean;
  readonly edit: { readonly documentChanges: readonly { readonly edits: readonly { readonly newText: string }[] }[] };
}

const broken = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 465
    fromAddress: sharepoint@contoso.com
    useTls: true
    authentication: anonymous
    replyToAddress: helpdesk@contoso.com
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
    outgoingEmail:
      replyToAddress: portal@contoso.com
`;
const uri = 'file:///farm/farm-email.yaml';

async function opened(options: Parameters<StdioClient['initialize']>[0] = {}, text = broken): Promise<StdioClient> {
  const client = startServer(server);
  await client.initialize(options);
  const first = client.diagnostics(uri, 1);
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  if (options.capabilities === undefined) await first;
  return client;
}

describe('the server, as an editor sees it', () => {
  test('pushes to a client that does not pull, each version once, and clears what is closed', async () => {
    const client = startServer(server);
    await client.initialize();
    const first = client.diagnostics(uri, 1);
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text: broken } });
    const { diagnostics } = (await first) as Pushed;
    expect(diagnostics.map(({ code, source }) => `${source} ${code}`)).toEqual(['farm-email port-implicit-tls']);
    const second = client.diagnostics(uri, 2);
    const range = { start: { line: 5, character: 14 }, end: { line: 5, character: 17 } };
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: '587' }],
    });
    expect(((await second) as Pushed).diagnostics).toEqual([]);
    const third = client.heard('textDocument/publishDiagnostics');
    client.notify('textDocument/didClose', { textDocument: { uri } });
    expect(await third).toEqual({ uri, diagnostics: [] });
    expect(await client.stop()).toBe(0);
  });

  test('does not push to a client that pulls', async () => {
    const client = await opened({ capabilities: { textDocument: { diagnostic: {} } } });
    const pushed: unknown[] = [];
    void client.heard('textDocument/publishDiagnostics').then((each) => pushed.push(each));
    const report = await client.request('textDocument/diagnostic', { textDocument: { uri } });
    expect((report as { items: unknown[] }).items).toHaveLength(1);
    await client.stop();
    expect(pushed).toEqual([]);
  });

  test('several changes in one message are placed one after the other', async () => {
    const client = await opened();
    const at = (line: number, from: number, to: number) => ({
      start: { line, character: from },
      end: { line, character: to },
    });
    const next = client.diagnostics(uri, 2);
    const contentChanges = [
      { range: at(0, 0, 0), text: '# moved\n' },
      { range: at(6, 14, 17), text: '25' },
    ];
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges });
    expect(((await next) as Pushed).diagnostics).toEqual([]);
    await client.stop();
  });

  test('offers the quick fix on the finding, and fix all only where it is asked for', async () => {
    const client = await opened();
    const range = { start: { line: 5, character: 15 }, end: { line: 5, character: 15 } };
    const ask = async (only?: readonly string[]): Promise<readonly Action[]> => {
      const context = { diagnostics: [], ...(only && { only }) };
      return (await client.request('textDocument/codeAction', { textDocument: { uri }, range, context })) as Action[];
    };
    expect((await ask()).map(({ title, kind, isPreferred }) => `${kind}: ${title}${isPreferred ? ' *' : ''}`)).toEqual([
      'quickfix: Use port 587 *',
      'quickfix: Ignore port-implicit-tls on this line',
    ]);
    const [all] = await ask(['source.fixAll']);
    expect(all?.kind).toBe('source.fixAll.farm-email');
    expect(all?.edit.documentChanges[0]?.edits.map(({ newText }) => newText)).toEqual(['587']);
    await client.stop();
  });

  test('hover tells the setting, the value in force and where it comes from', async () => {
    const client = await opened();
    const hover = async (line: number, character: number): Promise<string> => {
      const answer = await client.request('textDocument/hover', {
        textDocument: { uri },
        position: { line, character },
      });
      return (answer as { contents: { value: string } }).contents.value;
    };
    expect(await hover(4, 6)).toContain('In force for the farm: `smtp.contoso.com`, from the farm');
    expect(await hover(5, 15)).toContain('Port 465 expects TLS from the first byte');
    expect(await hover(14, 8)).toContain('In force for `Portal`: `portal@contoso.com`, stated by the web application');
    const table = await hover(13, 6);
    expect(table).toContain('| smtpPort | `465` | from the farm |');
    expect(table).toContain('| characterSet | `65001` | the built-in default |');
    await client.stop();
  });

  test('knows what a test email can be sent for, and where a lens stands', async () => {
    const client = await opened();
    const scopes = await client.request('farmEmail/scopes', { uri });
    expect(scopes).toMatchObject([
      { scope: '/farm', title: 'the farm', range: { start: { line: 3, character: 2 } } },
      { scope: '/webApplications/0', title: 'Portal', range: { start: { line: 11, character: 4 } } },
    ]);
    await client.stop();
  });
});

describe('invariant 10: nothing is sent without a plan that was shown and an explicit yes', () => {
  const send = { uri, scope: '/farm', route: 'asConfigured', to: 'me@contoso.com', secrets: {}, token: 't' };

  test('a send for another plan than the one that was shown is refused', async () => {
    const client = await opened();
    const planned = await client.request('farmEmail/plan', { uri, scope: '/farm', route: 'asConfigured' });
    const { plan } = planned as { plan: { host: string; port: number; digest: string } };
    expect(plan).toMatchObject({ host: 'smtp.contoso.com', port: 465, tls: true, user: 'anonymous' });
    const range = { start: { line: 4, character: 16 }, end: { line: 4, character: 32 } };
    const contentChanges = [{ range, text: '127.0.0.1' }];
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges });
    const refused = await client.request('farmEmail/send', { ...send, digest: plan.digest });
    expect(refused).toMatchObject({ outcome: 'refused', transcript: '' });
    await client.stop();
  });

  test('in Restricted Mode nothing is planned, sent or started', async () => {
    const client = await opened({ initializationOptions: { trusted: false } });
    const plan = await client.request('farmEmail/plan', { uri, scope: '/farm', route: 'asConfigured' });
    expect(plan).toMatchObject({ kind: 'refused' });
    expect(await client.request('farmEmail/send', { ...send, digest: '' })).toMatchObject({ outcome: 'refused' });
    expect(await client.request('farmEmail/startInbox', null)).toMatchObject({ kind: 'refused' });
    await client.stop();
  });
});
