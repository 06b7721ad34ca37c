// `npm start`: VS Code on the example, with the extension as built from here, in a profile of its own.
import { join } from 'node:path';
import { root, setUp } from '../setup.mjs';
import { installCodeServer, installExtension, startCodeServer } from './code-server.mjs';
import { desktopCode, openDesktop } from './desktop.mjs';
import { startInbox } from './inbox.mjs';
import { build, pack, vsix } from './package.mjs';
import { isStopping, stopAll, stopAllOnSignals } from './processes.mjs';
import { writeProfile } from './profile.mjs';

const folder = join(root, 'examples', 'contoso');
const cache = join(root, '.cache');

async function main() {
  await setUp();
  const code = process.argv.includes('--browser') ? undefined : desktopCode();
  if (code === undefined) await installCodeServer();
  console.log('Building …');
  await build();
  console.log('Packing the extension …');
  await pack();
  console.log('Starting the inbox …');
  console.log(await startInbox());
  await (code === undefined ? inBrowser() : onDesktop(code));
}

/** @param {string} code */
async function onDesktop(code) {
  const data = join(cache, 'code');
  await writeProfile(join(data, 'profile'));
  console.log(`Opening ${code} …`);
  const window = await openDesktop({ code, data, vsix, folder });
  onStop = window.stop;
  console.log('VS Code is open on examples/contoso. Close its window or press Ctrl+C to end.');
  await window.closed;
  await stopAll();
}

async function inBrowser() {
  const data = join(cache, 'code-server');
  await writeProfile(join(data, 'profile'));
  console.log('Starting VS Code for the browser …');
  await installExtension(data, vsix);
  const server = await startCodeServer({ data, folder, port: 8025 });
  const line = '─'.repeat(server.url.length + 4);
  console.log(
    `\n${line}\n  ${server.url}\n${line}\nOpen this address in a browser on this computer. Ctrl+C ends it all.`,
  );
}

/** @type {() => Promise<void>} */
let onStop = async () => {};

stopAllOnSignals(() => onStop());
await main().catch(async (error) => {
  if (isStopping()) return;
  console.error(error.message);
  await stopAll();
  process.exitCode = 1;
});
