import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { Scope } from '../../server/src/settings/model.ts';
import { deliver } from '../../server/src/smtp/deliver.ts';
import { testMessage } from '../../server/src/smtp/message.ts';
import { commandBytes, dataBytes, loginLineBytes } from '../../server/src/smtp/wire.ts';
import { planOf } from './attempt.ts';
import { setting, settings } from './settings.ts';

const date = new Date('2026-11-22T05:00:00Z');
const scope: Scope = { kind: 'farm', name: 'Größe Ж 日本' };

async function composed(
  codePage: number | string,
): Promise<{ readonly bytes: Uint8Array; readonly lost: readonly string[] }> {
  const plan = planOf({ settings: settings({ characterSet: setting<number | string>(codePage), scope }) });
  const message = await testMessage(plan, 'me@contoso.com', date);
  const bytes = await deliver({ plan, to: 'me@contoso.com', message, date, session: async (whole) => whole });
  return { bytes, lost: message.lost };
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('a test email is written in the configured character set', () => {
  test.each([
    [65001, 'utf-8', 'Größe Ж 日本', []],
    [1252, 'windows-1252', 'Größe ? ??', ['Ж', '日', '本']],
    [28591, 'iso-8859-1', 'Größe ? ??', ['Ж', '日', '本']],
    [1251, 'windows-1251', 'Gr??e Ж ??', ['ö', 'ß', '日', '本']],
    [932, 'shift_jis', 'Gr??e Ж 日本', ['ö', 'ß']],
    [20127, 'us-ascii', 'Gr??e ? ??', ['ö', 'ß', 'Ж', '日', '本']],
    [54936, 'gb18030', 'Größe Ж 日本', []],
  ])('%i: %s', async (number, name, expected, lost) => {
    const result = await composed(number);
    expect(text(result.bytes)).toMatch(new RegExp(`^Content-Type: text/plain; charset=${name}\\r?$`, 'im'));
    expect(result.lost).toEqual(lost);
    const mail = await PostalMime.parse(result.bytes);
    expect(mail.text).toContain(expected);
  });

  test('every character set that mail is written in can be used', async () => {
    for (const number of [
      874, 936, 949, 950, 1250, 1253, 1254, 1255, 1256, 1257, 1258, 20866, 21866, 28592, 28603, 28605, 50220, 50225,
      51932, 51949,
    ]) {
      expect(text((await composed(number)).bytes)).toContain('This is a test');
    }
  });

  test('it is a plain message with the headers that matter, 7-bit and with short lines', async () => {
    const { bytes } = await composed(65001);
    expect(text(bytes)).toMatch(/^[\t\r\n\x20-\x7e]*$/);
    expect(
      Math.max(
        ...text(bytes)
          .split(/\r?\n/)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(78);
    const mail = await PostalMime.parse(bytes);
    expect(mail).toMatchObject({
      subject: 'Farm Email test from SP-APP01',
      from: { address: 'sharepoint@contoso.com' },
      to: [{ address: 'me@contoso.com' }],
      replyTo: [{ address: 'helpdesk@contoso.com' }],
      date: '2026-11-22T05:00:00.000Z',
    });
    expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@contoso\.com>$/);
    expect(mail.text).toContain('2026-11-22 05:00:00 UTC');
    expect(mail.text).toContain('SP-APP01');
  });
});

describe('what goes over the wire cannot be read as anything else', () => {
  test.each(['a\rb', 'a\nb', 'a\0b', 'a\x1fb', 'a\x7fb', 'ä', ''])('the command %j is never written', (command) => {
    expect(() => commandBytes(command)).toThrow(RangeError);
    expect(() => loginLineBytes(command)).toThrow(RangeError);
  });

  test('a command has at most 512 bytes, a line of a login 12,288', () => {
    expect(commandBytes('x'.repeat(510))).toHaveLength(512);
    expect(() => commandBytes('x'.repeat(511))).toThrow(RangeError);
    expect(loginLineBytes('x'.repeat(12_286))).toHaveLength(12_288);
    expect(() => loginLineBytes('x'.repeat(12_287))).toThrow(RangeError);
  });

  test.each([
    ['a\nb', 'a\r\nb\r\n.\r\n'],
    ['a\rb', 'a\r\nb\r\n.\r\n'],
    ['a\r\nb\r\n', 'a\r\nb\r\n.\r\n'],
    ['.', '..\r\n.\r\n'],
    ['a\n.\nMAIL FROM:<x@y>', 'a\r\n..\r\nMAIL FROM:<x@y>\r\n.\r\n'],
    ['a\r.\r\nb', 'a\r\n..\r\nb\r\n.\r\n'],
    ['a\n..b', 'a\r\n...b\r\n.\r\n'],
    ['', '\r\n.\r\n'],
  ])('%j is sent as %j', (message, expected) => {
    expect(text(dataBytes(Buffer.from(message)))).toBe(expected);
  });

  test('the dot that ends a message stands at its end only', () => {
    for (const message of ['.', '.\n.', '\n.\r.\n', 'x\r\n.\r\n.\r\ny']) {
      const sent = text(dataBytes(Buffer.from(message)));
      expect(sent.indexOf('\r\n.\r\n')).toBe(sent.length - 5);
      expect(sent.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }
  });

  test('a line that is too long is not sent', () => {
    expect(() => dataBytes(Buffer.from('x'.repeat(999)))).toThrow(RangeError);
  });
});
