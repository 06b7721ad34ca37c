// Runs a program for a test, and ends it and all it started, and removes its folder, when the input of this process is
// closed: by the test, or because the test's own process is gone, whatever ended it.
//
//   node keeper.mjs <folder> <program> <argument> …
import { rm } from 'node:fs/promises';
import { ended, start, stop } from '../workbench/processes.mjs';

const [folder = '', program = '', ...args] = process.argv.slice(2);
const child = start(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let isEnding = false;

async function end() {
  if (isEnding) return;
  isEnding = true;
  // Nothing that it still writes is of use.
  await stop(child, 300);
  await rm(folder, { recursive: true, force: true });
  process.exit();
}

process.stdin.resume().once('close', end);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end);

const status = await ended(child).catch((error) => error.message);
if (!isEnding) {
  console.error(`It ended: ${status}`);
  process.exitCode = 1;
  await end();
}
