// Runs a program for a test, and ends it and all it started, removing its folder, when the test asks for it by closing
// this process's input. That also happens when the test's own process is gone, whatever ended it.
//
//   node keeper.mjs <folder> <program> <argument> …
import { rm } from 'node:fs/promises';
import { ended, start, stopAll } from '../workbench/processes.mjs';

const [folder, program, ...args] = process.argv.slice(2);
if (folder === undefined || program === undefined) throw new Error('A folder and a program are needed.');

const child = start(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let stopping = false;

async function end() {
  if (stopping) return;
  stopping = true;
  await stopAll();
  await rm(folder ?? '', { recursive: true, force: true });
  process.exit(0);
}

process.stdin.resume().once('close', end);
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, end);

const status = await ended(child);
if (!stopping) {
  console.error(`${program} ended: ${status}`);
  await end();
}
