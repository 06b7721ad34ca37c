import { Readable } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import type { Terminal } from '../../server/src/cli/command.ts';
import { smtpPassword } from '../../server/src/cli/passwords.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ['one line', ['correct ', 'horse\n'], 'correct horse'],
  ['two lines', ['correct\n', 'horse\n'], undefined],
  ['no UTF-8', ['correct', '\xff'], undefined],
  ['more than a password', ['x'.repeat(8_000), 'y'.repeat(10)], undefined],
])('D24: the bytes of a password from standard input are overwritten: %s', async (_, texts, expected) => {
  const chunks = texts.map((text) => Buffer.from(text, 'latin1'));
  const concat = vi.spyOn(Buffer, 'concat');
  const terminal: Terminal = {
    stdin: Readable.from(chunks),
    stdout: { write: () => true },
    stderr: { write: () => true },
    env: {},
    cwd: () => '/',
    once: () => undefined,
  };
  const wanted = { name: 'the password', reference: undefined, options: undefined, variable: 'FARM_EMAIL_X' };
  const read = smtpPassword(wanted, { from: 'stdin', allowed: [], mayAsk: false }, terminal);
  const secret = await read.catch(() => undefined);
  expect(secret?.reveal()).toBe(expected);
  const copies = concat.mock.results.map(({ value }) => value as Buffer);
  expect(copies.length).toBe(texts[0]?.startsWith('x') ? 0 : 1);
  for (const bytes of [...chunks, ...copies]) expect(bytes.every((byte) => byte === 0)).toBe(true);
});
