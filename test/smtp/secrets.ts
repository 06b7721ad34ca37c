import { expect } from 'vitest';
import type { TestOutcome } from '../../server/src/smtp/outcome.ts';
import type { Misbehaving } from '../servers/misbehaving.ts';

/** Every spelling of a secret these tests look for; written apart from the code that redacts. */
export function spellings(secret: string): readonly string[] {
  const utf8 = Buffer.from(secret);
  const utf16 = Buffer.from(secret, 'utf16le');
  return [
    secret,
    utf8.toString('latin1'),
    utf8.toString('base64'),
    utf8.toString('base64').replace(/=+$/, ''),
    utf8.toString('base64url'),
    utf8.toString('hex'),
    encodeURIComponent(secret),
    utf16.toString('base64'),
    utf16.toString('base64').replace(/=+$/, ''),
    utf16.toString('hex'),
    ...[1, 2].map((before) => insideBase64(secret, before)),
  ];
}

/** What base64 makes of a secret that other bytes stand before and after, as far as those do not touch it. */
function insideBase64(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  return bytes.toString('base64').slice(before + 1, Math.floor((bytes.length * 8) / 6));
}

/** Nothing in it that a person or a program could read holds the secret. */
export function expectNoSecret(value: unknown, secret: string): void {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // A text in UTF-16 has a NUL beside each letter, shown as \x00.
  for (const seen of [text, text.replaceAll(/\\\\x00|\\x00|\\u0000|\0/g, '')]) {
    for (const spelling of spellings(secret)) expect(seen).not.toContain(spelling);
  }
}

/** What holds for every attempt, whatever the server does. */
export function expectSafe(outcome: TestOutcome, server: Misbehaving, secret: string, tls: boolean): void {
  expectNoSecret(server.received.clear, secret);
  expectNoSecret(outcome, secret);
  // Inside TLS it goes out at most once, whatever the server asks.
  expect(server.received.secured.split(Buffer.from(secret).toString('base64')).length).toBeLessThanOrEqual(2);
  if (tls) expect(server.received.clear).not.toMatch(/^(AUTH|MAIL|RCPT|DATA)/m);
  expect(outcome.summary.length).toBeLessThanOrEqual(60);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(outcome.report).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
  expect(server.messages.length).toBeLessThanOrEqual(1);
}
