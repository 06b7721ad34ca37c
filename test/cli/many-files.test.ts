import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, expect, test } from 'vitest';
import type { Terminal } from '../../server/src/cli/command.ts';
import { run } from '../../server/src/cli/run.ts';
import { farmOf } from '../bench/farm.mjs';
import { temporaryFolders } from '../temporary.ts';
import { runCli } from './run-cli.ts';

const folder = temporaryFolders()();
const count = 1_000;
/** As they are sorted: by their code units, whatever the file system says. */
const names = Array.from({ length: count }, (_, i) => `farm-${(i * 7) % 50}/${i}.farm-email.yaml`).sort();

beforeAll(() => {
  const text = farmOf(150).replace('smtpPort: 587', 'smtpPort: 465');
  for (const name of names) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
});

/** A terminal of which the test sees what is written. */
function terminal(env: Terminal['env'] = {}): {
  readonly terminal: Terminal;
  readonly told: { out: string; err: string };
} {
  const told = { out: '', err: '' };
  return {
    told,
    terminal: {
      stdin: Readable.from([]),
      stdout: { isTTY: true, write: (text) => (told.out += text) },
      stderr: { isTTY: true, write: (text) => (told.err += text) },
      env,
      cwd: () => folder,
      once: () => {},
    },
  };
}

test('a thousand files in memory for a few, reported in the order of their names', async () => {
  // All documents at once would take three times as much.
  const env = { NODE_OPTIONS: '--max-old-space-size=64' };
  const { status, stdout, stderr } = await runCli(['check', '--format', 'compact'], { cwd: folder, env });
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  const found = stdout.split('\n').map((line) => line.split(':')[0]);
  expect([...new Set(found)]).toEqual([...names, '']);
}, 60_000);

test('on a terminal a line tells how far it is, and is gone at the end', async () => {
  const { terminal: shown, told } = terminal();
  expect(await run(['check', '--format', 'compact'], shown)).toBe(1);
  const lines = told.err.split('\r\u001b[K');
  expect(lines.length).toBeGreaterThan(3);
  expect([lines.at(0), lines.at(-1)]).toEqual(['', '']);
  const numbers = lines.slice(1, -1).map((line) => Number(/^Checking (\d+) of 1000 …$/.exec(line)?.[1]));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(told.out.split('\n').at(0)).toContain(names[0]);
}, 60_000);

test.each([{ CI: 'true' }, { TERM: 'dumb' }])(
  'with %j there is no such line',
  async (env) => {
    const { terminal: shown, told } = terminal(env);
    await run(['check', ...names.slice(0, 400)], shown);
    expect(told.err).toBe('');
  },
  60_000,
);
