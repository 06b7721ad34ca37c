import type { Secret } from '../settings/secret.ts';
import { visible } from '../text/visible.ts';
import { toBase64 } from './base64.ts';

/** Stands where a secret stood. */
export const redacted = '***';

/** Shorter forms are not searched for: they would be found everywhere. */
const shortestForm = 4;

/** Turns text of a server into text that may be shown: no secret in any encoding, nothing invisible. */
export type Redactor = (text: string) => string;

/** What is searched for: secrets, and lines of a login, which become secrets as they are sent. */
export interface Redaction {
  /** What it returns is safe to show as plain text, on one line. */
  readonly redact: Redactor;
  /** From now on this text is secret as well, in this spelling: the line of a login, which a server may send back. */
  hide(text: string): void;
}

/** A redaction of these secrets. */
export function redaction(secrets: readonly Secret[]): Redaction {
  const hidden = new Set(secrets.flatMap((secret) => formsOf(secret.reveal())).filter(isSearchedFor));
  let pattern = patternOf(hidden);
  return {
    redact: (text) => visible(pattern ? text.replace(pattern, redacted) : text),
    hide(text) {
      for (const form of [text, text.replace(/=+$/, '')]) if (isSearchedFor(form)) hidden.add(form);
      pattern = patternOf(hidden);
    },
  };
}

function isSearchedFor(form: string): boolean {
  return form.length >= shortestForm;
}

/** Longer forms first, so that none leaves the rest of another. */
function patternOf(forms: ReadonlySet<string>): RegExp | undefined {
  if (forms.size === 0) return undefined;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(escapeForPattern).join('|'), 'gi');
}

/** Every spelling in which a server might send a secret back. */
function formsOf(secret: string): readonly string[] {
  const utf8 = new TextEncoder().encode(secret);
  const utf16 = Uint8Array.from(
    secret.split('').flatMap((unit) => [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8]),
  );
  const utf16BigEndian = Uint8Array.from(utf16, (_, i) => utf16[i ^ 1] ?? 0);
  const latin1 = Uint8Array.from(secret, (character) => character.charCodeAt(0) & 0xff);
  return [
    secret,
    encodeURIComponent(new TextDecoder().decode(utf8)),
    encodeURIComponent(new TextDecoder().decode(utf8)).replaceAll('%20', '+'),
    percentEncoded(utf8),
    ...[utf8, utf16, utf16BigEndian, latin1].flatMap((bytes) => [
      oneCharacterAByte(bytes),
      hexadecimal(bytes),
      ...base64Forms(bytes),
    ]),
  ];
}

/**
 * Base64 of the bytes alone, and what stays the same of it where other bytes come before and after, as the user name
 * does in AUTH PLAIN. Each in the usual alphabet and the one for URLs.
 */
function base64Forms(bytes: Uint8Array): readonly string[] {
  const whole = toBase64(bytes);
  const inside = [0, 1, 2].map((before) => {
    const encoded = btoa('\0'.repeat(before) + oneCharacterAByte(bytes));
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    return encoded.slice(Math.ceil((before * 8) / 6), end);
  });
  const forms = [whole, whole.replace(/=+$/, ''), ...inside];
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function oneCharacterAByte(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function percentEncoded(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
