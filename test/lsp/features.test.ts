import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../house/sources.ts';
import { type StdioClient, startServer } from './stdio-client.mjs';

const uri = 'file:///farm/farm-email.yaml';
const text = `version: 1
farm:
  sharePointVersion: SubscriptionEdition
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 587
    useTls: true
    clientCertificate: smtp-client
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
certificates:
  - name: smtp-client
    path: certs/smtp-client.pfx
mailServers:
  - host: smtp.contoso.com
`;
const textDocument = { uri };

let client: StdioClient;

beforeAll(async () => {
  client = startServer(path.join(root, 'dist/server.js'));
  await client.initialize();
  const first = client.diagnostics(uri, 1);
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  await first;
});

afterAll(() => client.stop());

/** The position of a text in the file, and some characters behind it. */
function at(found: string, behind = 0): { line: number; character: number } {
  const before = text.slice(0, text.indexOf(found) + behind).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function ask<T>(method: string, params: object): Promise<T> {
  return client.request(method, { textDocument, ...params }) as Promise<T>;
}

test('completion, with places in lines and characters', async () => {
  const items = await ask<{ label: string; sortText: string; textEdit: { range: object; newText: string } }[]>(
    'textDocument/completion',
    { position: at('smtpPort: 587', 11) },
  );
  expect(items.map(({ label }) => label)).toEqual(['25', '587']);
  expect(items.map(({ sortText }) => sortText)).toEqual(['0000', '0001']);
  expect(items[0]?.textEdit).toEqual({ range: { start: at('587'), end: at('587', 3) }, newText: '25' });
});

test('a client without snippets gets plain text', async () => {
  const items = await ask<{ insertTextFormat: number; textEdit: { newText: string } }[]>('textDocument/completion', {
    position: at('    url: https', 4),
  });
  for (const { insertTextFormat, textEdit } of items) {
    expect(insertTextFormat).toBe(1);
    expect(textEdit.newText).not.toContain('$');
  }
});

test('the outline', async () => {
  const symbols = await ask<{ name: string; children: { name: string; range: object; selectionRange: object }[] }[]>(
    'textDocument/documentSymbol',
    {},
  );
  expect(symbols.map(({ name }) => name)).toEqual([
    'version',
    'farm',
    'webApplications',
    'certificates',
    'mailServers',
  ]);
  expect(symbols[2]?.children[0]).toMatchObject({
    name: 'Portal',
    detail: 'https://portal.contoso.com/',
    selectionRange: { start: at('Portal'), end: at('Portal', 6) },
  });
});

test('folding and selection', async () => {
  const folds = await ask<object[]>('textDocument/foldingRange', {});
  expect(folds).toContainEqual({ startLine: 1, endLine: 9, kind: 'region' });
  const [selection] = await ask<{ range: object; parent: { range: object } }[]>('textDocument/selectionRange', {
    positions: [at('Portal', 2)],
  });
  expect(selection?.range).toEqual({ start: at('Portal'), end: at('Portal', 6) });
  expect(selection?.parent.range).toEqual({ start: at('name: Portal'), end: at('Portal', 6) });
});

test('links', async () => {
  const links = await ask<{ target: string }[]>('textDocument/documentLink', {});
  expect(links.map(({ target }) => target)).toEqual([
    'https://portal.contoso.com/',
    'file:///farm/certs/smtp-client.pfx',
  ]);
});

test('definition, references, highlights and rename of a certificate', async () => {
  const position = at('clientCertificate: smtp', 22);
  const definition = { start: at('smtp-client\n    path'), end: at('smtp-client\n    path', 11) };
  const use = { start: at('smtp-client\n    from'), end: at('smtp-client\n    from', 11) };
  expect(await ask('textDocument/definition', { position })).toEqual([{ uri, range: definition }]);
  expect(await ask('textDocument/references', { position, context: { includeDeclaration: true } })).toHaveLength(2);
  expect(await ask('textDocument/references', { position, context: { includeDeclaration: false } })).toEqual([
    { uri, range: use },
  ]);
  expect(await ask('textDocument/documentHighlight', { position })).toHaveLength(2);
  expect(await ask('textDocument/prepareRename', { position })).toEqual({ range: use, placeholder: 'smtp-client' });
  const edit = await ask<{ documentChanges: { textDocument: object; edits: { newText: string }[] }[] }>(
    'textDocument/rename',
    { position, newName: 'relay' },
  );
  expect(edit.documentChanges[0]?.textDocument).toEqual({ uri, version: 1 });
  expect(edit.documentChanges[0]?.edits.map(({ newText }) => newText)).toEqual(['relay', 'relay']);
});

test('a rename that cannot be done says why', async () => {
  const position = at('clientCertificate: smtp', 22);
  await expect(ask('textDocument/rename', { position, newName: ' ' })).rejects.toThrow('A certificate needs a name.');
  await expect(ask('textDocument/prepareRename', { position: at('smtp.contoso') })).rejects.toThrow('mail server');
  expect(await ask('textDocument/prepareRename', { position: at('587') })).toBeNull();
});

test('inlay hints', async () => {
  const range = { start: at('version'), end: at('certificates') };
  const hints = await ask<{ position: object; label: string }[]>('textDocument/inlayHint', { range });
  expect(hints).toHaveLength(1);
  expect(hints[0]).toMatchObject({ position: at('https://portal.contoso.com/', 27) });
  expect(hints[0]?.label).toContain('smtpServer: smtp.contoso.com');
});

test('the documentation for other editors names every capability', () => {
  const docs = readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
  for (const word of [
    'completion',
    'hover',
    'symbols',
    'folding',
    'links',
    'definition',
    'references',
    'rename',
    'inlay hints',
    'selection',
  ]) {
    expect(docs).toContain(word);
  }
});
