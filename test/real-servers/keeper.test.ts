import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { serverFolder, startProgram, unpacked } from './program.ts';

const keeper = path.join(import.meta.dirname, 'keeper.mjs');

/** A program that does not end when it is asked to, with a child. */
const stubborn = `
  process.on('SIGTERM', () => {});
  const child = require('node:child_process').spawn('sleep', ['600'], { stdio: 'ignore' });
  console.log(process.pid, child.pid);
  setInterval(() => {}, 1000);
`;

/** Starts its arguments as startProgram does. */
const testProcess = `
  const [program, ...args] = process.argv.slice(1);
  require('node:child_process').spawn(program, args, { stdio: ['pipe', 'inherit', 'inherit'], detached: true });
`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('when a test is gone, so is all that it started, also what does not want to go', async () => {
  const folder = serverFolder('keeper');
  const parent = spawn(
    process.execPath,
    ['-e', testProcess, process.execPath, keeper, folder, process.execPath, '-e', stubborn],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const pids = String((await once(parent.stdout, 'data'))[0])
    .trim()
    .split(' ')
    .map(Number);
  expect(pids.map(isRunning)).toEqual([true, true]);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), 5_000);
  expect(pids.map(isRunning)).toEqual([false, false]);
});

test('a server that does not start tells why', async () => {
  const starting = startProgram(unpacked('usr/sbin/krb5kdc'), {
    name: 'The Kerberos server',
    folder: serverFolder('keeper'),
    args: ['-n'],
    env: { KRB5_CONFIG: '/nowhere/krb5.conf' },
    isReady: () => false,
  });
  await expect(starting).rejects.toThrow(/The Kerberos server did not start[\s\S]*It ended: 1/);
});

test('a program that is missing tells how to get it', () => {
  expect(() => unpacked('usr/sbin/sendfax')).toThrow('npm test -- servers');
});
