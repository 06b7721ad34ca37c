import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { Scope } from '../../server/src/settings/model.ts';
import { deliver } from '../../server/src/smtp/deliver.ts';
import { sampleOf } from '../../server/src/smtp/message/samples.ts';
import { type TestMessage, testMessage } from '../../server/src/smtp/message.ts';
import { commandBytes, dataBytes, loginLineBytes } from '../../server/src/smtp/wire.ts';
import { planOf } from './attempt.ts';
import { mailCodePages } from './mail-code-pages.ts';
import { readMail, latin1 as text } from './mail-reader.ts';
import { setting, settings } from './settings.ts';

const date = new Date('2026-11-22T05:00:00Z');
const scope: Scope = { kind: 'farm', name: 'Größe Ж 日本' };

async function composed(
  codePage: number | string,
  { name = scope.name, computer = 'SP-APP01' } = {},
): Promise<TestMessage & { readonly bytes: Uint8Array }> {
  const characterSet = setting<number | string>(codePage);
  const plan = planOf({ settings: settings({ characterSet, scope: { kind: 'farm', name } }), computer });
  const message = await testMessage(plan, 'me@contoso.com', date);
  const bytes = await deliver({ plan, to: 'me@contoso.com', message, date, session: async (whole) => whole });
  return { ...message, bytes };
}

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

  describe.each(mailCodePages.map(({ number }) => number))('%i', (number) => {
    const sample = sampleOf(number);
    const names = { name: `Farm ${sample}`, computer: `SP ${sample}` };

    test('names and the sample stand in the text and the subject', async () => {
      const { bytes, lost } = await composed(number, names);
      const mail = readMail(bytes, number);
      expect(lost).toEqual([]);
      expect(mail.subject).toBe(`Farm Email test from SP ${sample}`);
      const lines = mail.text.split('\r\n');
      expect(lines).toContain(`Sample:         ${sample}`);
      expect(lines).toContain(`Sent for:       the farm Farm ${sample}`);
      expect(lines).toContain(`Sent by:        SP ${sample}`);
      expect(mail.text.endsWith('if it is set.\r\n')).toBe(true);
    });

    test('headers are ASCII, lines short enough, the transfer encoding fits', async () => {
      const { bytes, transferEncoding } = await composed(number, names);
      const lines = text(bytes).split(/\r?\n/);
      const head = lines.slice(0, lines.indexOf(''));
      for (const line of head) expect(line).toMatch(/^[\x20-\x7e]{1,78}$/);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(transferEncoding === '7bit' ? 997 : 76);
      expect(text(bytes)).toMatch(/^\p{ASCII}*$/u);
      const isSevenBit = [20127, 50220, 50221, 50222, 50225, 52936].includes(number);
      expect(transferEncoding).toBe(isSevenBit ? '7bit' : 'quoted-printable');
      expect(readMail(bytes, number).transferEncoding).toBe(transferEncoding);
    });

    test('what the code page does not have is a question mark, in the text and the subject', async () => {
      const { bytes, lost } = await composed(number, { name: 'a 😀 b', computer: `SP-${sample}ܐ` });
      const isAll = number === 65001 || number === 54936;
      const mail = readMail(bytes, number);
      expect(lost).toEqual(isAll ? [] : ['😀', 'ܐ']);
      expect(mail.subject).toBe(`Farm Email test from SP-${sample}${isAll ? 'ܐ' : '?'}`);
      expect(mail.text).toContain(isAll ? 'a 😀 b' : 'a ? b');
    });
  });

  // postal-mime reads by the label alone. It has no decoder for the other three; windows-1252 it reads wrongly in Node 20.
  test.each(
    mailCodePages.map(({ number }) => number).filter((number) => ![1252, 50222, 50225, 52936].includes(number)),
  )('a mail program that goes by the label reads %i', async (number) => {
    const sample = sampleOf(number);
    const mail = await PostalMime.parse((await composed(number, { name: sample, computer: sample })).bytes);
    expect(mail.subject).toBe(`Farm Email test from ${sample}`);
    expect(mail.text).toContain(`Sent for:       the farm ${sample}\n`);
    expect(mail.text).toContain(`Sample:         ${sample}\n`);
  });

  test.each([
    [65001, '日'.repeat(300), 'base64'],
    [932, '日'.repeat(400), 'base64'],
    [1251, 'Ж'.repeat(800), 'base64'],
    [50220, '日'.repeat(2_000), 'quoted-printable'],
    [50220, '日'.repeat(400), '7bit'],
    [50225, '한'.repeat(2_000), 'quoted-printable'],
    [52936, '汉'.repeat(2_000), 'quoted-printable'],
    [20127, 'x'.repeat(2_000), 'quoted-printable'],
  ])('%i: a name of any length arrives (%#)', async (number, name, transferEncoding) => {
    const { bytes } = await composed(number, { name });
    const mail = readMail(bytes, number);
    expect(mail.transferEncoding).toBe(transferEncoding);
    expect(mail.text).toContain(`the farm ${name}\r\n`);
    expect(() => dataBytes(bytes)).not.toThrow();
  });

  test('the longest line that goes as it is', async () => {
    const before = 'Sent for:       the farm '.length;
    expect((await composed(20127, { name: 'x'.repeat(997 - before) })).transferEncoding).toBe('7bit');
    const { transferEncoding, bytes } = await composed(20127, { name: 'x'.repeat(998 - before) });
    expect(transferEncoding).toBe('quoted-printable');
    expect(() => dataBytes(bytes)).not.toThrow();
  });

  test.each(['=?utf-8?Q?forged?=', 'a\r\nBcc: x@y.z', 'x'.repeat(300)])('a computer called %j', async (computer) => {
    const { bytes, subject } = await composed(65001, { computer });
    const mail = readMail(bytes, 65001);
    expect(mail.subject).toBe(subject);
    expect(() => mail.header('Bcc')).toThrow('0 headers');
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
    if (command !== '') expect(() => loginLineBytes(command)).toThrow(RangeError);
  });

  test('an answer in a login may be empty', () => {
    expect(loginLineBytes('')).toEqual(Uint8Array.of(13, 10));
  });

  test('a command has at most 512 bytes, a line of a login 90,000', () => {
    expect(commandBytes('x'.repeat(510))).toHaveLength(512);
    expect(() => commandBytes('x'.repeat(511))).toThrow(RangeError);
    expect(loginLineBytes('x'.repeat(89_998))).toHaveLength(90_000);
    expect(() => loginLineBytes('x'.repeat(89_999))).toThrow(RangeError);
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
