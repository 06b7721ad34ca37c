import type { Secret } from '../settings/secret.ts';
import { visible } from '../text/visible.ts';
import { toBase64 } from './base64.ts';

/** Stands where a secret stood. */
export const redacted = '***';

/** Shorter forms are not searched for: they would be found everywhere. */
const shortestForm = 4;
/** Characters of a login's line, anywhere in it, that are found again: a server may send back a part of the line. */
const shortestPart = 12;

/** Turns text of a server into text that may be shown: no secret in any encoding, nothing invisible. */
export type Redactor = (text: string) => string;

/** What is searched for: secrets, and lines of a login, which become secrets as they are sent. */
export interface Redaction {
  /** What it returns is safe to show as plain text, on one line. */
  readonly redact: Redactor;
  /** From now on this text is secret as well, in this spelling: the line of a login, which a server may send back. */
  hide(text: string): void;
}

/**
 * A redaction of these secrets. No regular expression is made of them: one may be too large to be made at all (the ticket
 * of a user in many groups), and the error that says so would hold them.
 */
export function redaction(secrets: readonly Secret[]): Redaction {
  const forms = new Set(secrets.flatMap((secret) => formsOf(secret.reveal())).map(withoutCase));
  const parts = new Set<string>();
  return {
    redact(text) {
      const searched = withoutCase(text);
      const isSecret = new Uint8Array(text.length);
      for (const form of forms) if (form.length >= shortestForm) markForm(form, searched, isSecret);
      if (parts.size > 0) markParts(parts, searched, isSecret);
      return visible(withoutMarked(text, isSecret));
    },
    hide(text) {
      const line = withoutCase(text);
      const bare = line.replace(/=+$/, '');
      if (bare.length < shortestPart) forms.add(line).add(bare);
      for (let at = 0; at + shortestPart <= line.length; at++) parts.add(line.slice(at, at + shortestPart));
    },
  };
}

function markForm(form: string, text: string, isSecret: Uint8Array): void {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) isSecret.fill(1, at, at + form.length);
}

function markParts(parts: ReadonlySet<string>, text: string, isSecret: Uint8Array): void {
  for (let at = 0; at + shortestPart <= text.length; at++) {
    if (parts.has(text.slice(at, at + shortestPart))) isSecret.fill(1, at, at + shortestPart);
  }
}

/** What is marked becomes one sign, however long it is. */
function withoutMarked(text: string, isSecret: Uint8Array): string {
  let shown = '';
  let at = 0;
  for (let start = isSecret.indexOf(1); start >= 0; start = isSecret.indexOf(1, at)) {
    shown += text.slice(at, start) + redacted;
    const end = isSecret.indexOf(0, start);
    at = end < 0 ? text.length : end;
  }
  return shown + text.slice(at);
}

/** In small letters, each character in its place: a server may write in capitals what it sends back. */
function withoutCase(text: string): string {
  return text.replace(/[\p{Lu}\p{Lt}]/gu, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });
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
