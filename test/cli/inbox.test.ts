import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { root } from '../house/sources.ts';
import { temporaryFolders } from '../temporary.ts';
import { runCli } from './run-cli.ts';

const temporaryFolder = temporaryFolders();

test('farm-email inbox listens, tells what it receives, and leaves nothing running behind', async () => {
  const folder = temporaryFolder();
  const env = { ...process.env, FARM_EMAIL_INBOX_FOLDER: folder };
  const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), 'inbox', '--port', '0'], { env });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const { value: first } = await lines.next();
  const port = Number(/^listening on 127\.0\.0\.1:(\d+), messages are kept in /.exec(first)?.[1]);
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  await transport.sendMail({ from: 'sharepoint@contoso.com', to: 'me@contoso.com', subject: 'Hello', text: 'Hello' });
  const { value: second } = await lines.next();
  expect(second).toMatch(/^received from sharepoint@contoso\.com to me@contoso\.com: .*\.eml$/);
  expect(existsSync(second.replace(/^.*: /, ''))).toBe(true);
  const again = await runCli(['inbox'], { env: { FARM_EMAIL_INBOX_FOLDER: folder } });
  expect(again).toMatchObject({ status: 0, stderr: expect.stringContaining(`127.0.0.1:${port} already`) });
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(existsSync(path.join(folder, 'inbox.json'))).toBe(false);
});

test.each([
  [['--port', 'many'], '--port must be a number'],
  [['--port', '70000'], 'is not a port'],
])('wrong use: %j', async (args, message) => {
  const result = await runCli(['inbox', ...args], { env: { FARM_EMAIL_INBOX_FOLDER: temporaryFolder() } });
  expect(result).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
});
