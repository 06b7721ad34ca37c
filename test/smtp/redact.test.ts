import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../server/src/settings/secret.ts';
import { redaction } from '../../server/src/smtp/redact.ts';
import { transcript } from '../../server/src/smtp/transcript.ts';
import { visible } from '../../server/src/text/visible.ts';
import { expectNoSecret, spellings } from './secrets.ts';

/** Unlike any text of ours, so that finding it means that it leaked. */
const secret = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }).map((text) => `Zq7~${text}`);
const around = fc.string({ maxLength: 30 });

describe('a secret is in no transcript, in whatever spelling a server sends it back', () => {
  test('any password, any spelling, between any texts', () => {
    fc.assert(
      fc.property(secret, around, around, fc.nat(), (text, before, after, which) => {
        const all = spellings(text);
        const sent = `${before} ${all[which % all.length]} ${after}`;
        const shown = redaction([new Secret(text)]).redact(sent);
        expectNoSecret(shown, text);
        expect(shown).toContain('***');
      }),
      { numRuns: 200 },
    );
  });

  test('inside other base64, at whatever distance', () => {
    fc.assert(
      fc.property(secret, fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 12 }), (text, before, after) => {
        const bytes = Buffer.concat([before, Buffer.from(text), after]);
        const shown = redaction([new Secret(text)]).redact(bytes.toString('base64'));
        expect(Buffer.from(shown.replaceAll('***', ''), 'base64').includes(Buffer.from(text))).toBe(false);
        expect(shown).toContain('***');
      }),
    );
  });

  test('in capitals, beside a letter that grows as it loses its case', () => {
    const shown = redaction([new Secret('Zq7~grüße')]).redact('\u0130\u0130 ZQ7~GRÜßE zq7~grüße');
    expect(shown).toBe('\u0130\u0130 *** ***');
  });

  test('a line of a login: whole, without its padding, and any twelve characters of it', () => {
    const line = Buffer.from('CONTOSO\\svc-mail').toString('base64');
    const { redact, hide } = redaction([]);
    hide(line);
    expect(line).toMatch(/^.{22}==$/);
    expect(redact(`501 ${line} no`)).toBe('501 *** no');
    expect(redact(`501 ${line.slice(0, 22)} no`)).toBe('501 *** no');
    for (let at = 0; at + 12 <= line.length; at++) {
      expect(redact(`501 ${line.slice(at, at + 12)} no`)).toBe('501 *** no');
      expect(redact(`501 ${line.slice(at, at + 11)} no`)).not.toContain('***');
    }
    hide('Ym9i');
    expect(redact('501 Ym9i no')).toBe('501 *** no');
    hide('Ym8=');
    expect(redact('501 Ym8= Ym8 no')).toBe('501 *** Ym8 no');
    hide('=');
    hide('');
    expect(redact('250 a=b')).toBe('250 a=b');
  });

  test('the longest line there is, and the longest password, are searched for in a whole session in a moment', () => {
    const { redact, hide } = redaction([new Secret('aA'.repeat(1_000))]);
    for (const size of [9_000, 65_535]) hide(randomBytes(size).toString('base64'));
    const began = performance.now();
    for (let line = 0; line < 1_049; line++) redact('a'.repeat(1_000));
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('the lines of a login and its challenges show nothing', () => {
    const log = transcript(() => 0, redaction([]).redact);
    log.login('AUTH LOGIN');
    log.login('');
    log.reply({ code: 334, lines: ['VXNlcm5hbWU6'] });
    log.message(812);
    expect(log.entries.map(({ text }) => text)).toEqual([
      'AUTH LOGIN ***',
      '***',
      '334 (challenge: 12 bytes)',
      '(the message: 812 bytes)',
    ]);
  });

  test('a very short secret does not blot out the conversation', () => {
    expect(redaction([new Secret('ok')]).redact('250 ok')).toBe('250 ok');
  });

  test('a secret full of pattern characters is text all the same', () => {
    const text = '(.*)[a-z]+$^|\\{2}';
    expect(redaction([new Secret(text)]).redact(`535 ${text} no`)).toBe('535 *** no');
    expect(redaction([new Secret(text)]).redact('535 anything')).toBe('535 anything');
  });
});

describe('what a server says is shown, but cannot act', () => {
  test.each([
    ['\x1b[2J', '\\x1b[2J'],
    ['a\rb\nc\0', 'a\\x0db\\x0ac\\x00'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['\u2066x\u2069', '\\u2066x\\u2069'],
    ['grüße, 日本', 'grüße, 日本'],
  ])('%j', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test('a long line is cut', () => {
    const log = transcript(() => 0, redaction([]).redact);
    log.reply({ code: 250, lines: ['x'.repeat(5_000)] });
    expect(log.entries[0]?.text.length).toBeLessThan(1_100);
  });
});
