import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../package.json';
import { oldFarm, write } from '../cli/old-repository.ts';
import { startServer } from '../lsp/stdio-client.mjs';
import { temporaryFolders } from '../temporary.ts';
import { publish } from './published.ts';

const run = promisify(execFile);
const temporaryFolder = temporaryFolders();

describe('the npm package, installed from its tarball in an empty folder', { timeout: 60_000 }, () => {
  const folder = temporaryFolder();
  const installed = path.join(folder, 'node_modules/farm-email');
  let tarball: string;

  beforeAll(async () => {
    ({ tarball } = await publish(temporaryFolder()));
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], { cwd: folder });
    write(folder, { 'farm-email.yaml': oldFarm });
  }, 120_000);

  test('is at most 1 MB, and installs nothing else', () => {
    expect(statSync(tarball).size).toBeLessThanOrEqual(1_000_000);
    expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'farm-email',
    ]);
  });

  test('has no script, and no file that is not needed', () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('dependencies');
    const names = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /extension|client\.js|browser|\.ts$|\.map$|action/.test(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'schemas/farm-email.schema.json']));
  });

  test('checks a file', async () => {
    const { stdout } = await run('npx', ['--no', '--', 'farm-email', '--version'], { cwd: folder });
    expect(stdout).toBe(`${version}\n`);
    const checked = run('npx', ['--no', '--', 'farm-email', 'check', '--format', 'compact'], { cwd: folder });
    await expect(checked).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('[port-implicit-tls]') });
  });

  test('opens certificates, and composes a test email: what loads when first used is there', async () => {
    const { stdout } = await run('npx', ['--no', '--', 'farm-email', 'inbox', '--help'], { cwd: folder });
    expect(stdout).toContain('farm-email inbox');
    const sent = run('npx', ['--no', '--', 'farm-email', 'send', 'farm-email.yaml', '--to', 'me@contoso.com'], {
      cwd: folder,
    });
    await expect(sent).rejects.toMatchObject({ stderr: expect.stringContaining('--yes') });
  });

  test('holds the language server', async () => {
    const server = startServer(path.join(installed, 'dist/server.js'));
    const uri = 'file:///farm/farm-email.yaml';
    await server.initialize();
    const found = server.diagnostics(uri, 1);
    server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text: oldFarm } });
    expect(JSON.stringify(await found)).toContain('port-implicit-tls');
    await server.stop();
  });
});
