import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const goldens = path.join(import.meta.dirname, 'help');
const commands = ['check', 'completion', 'effective', 'inbox', 'probe', 'rules', 'send'];

test('the list of commands', async () => {
  const { status, stdout, stderr } = await runCli(['--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  await expect(stdout).toMatchFileSnapshot(path.join(goldens, 'farm-email.txt'));
  const named = [...stdout.matchAll(/^ {2}(\w+) {2}/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(commands);
});

test.each(commands)('%s --help', async (name) => {
  const { status, stdout, stderr } = await runCli([name, '--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  await expect(stdout).toMatchFileSnapshot(path.join(goldens, `${name}.txt`));
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('there is no golden file of a command that is gone', () => {
  expect(readdirSync(goldens).sort()).toEqual([...commands, 'farm-email'].map((name) => `${name}.txt`).sort());
});
