import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enhancedCodeOf, type ReplyEvent, replyLimits, replyReader } from '../../server/src/smtp/reply.ts';

function read(...chunks: readonly string[]): { readonly events: readonly ReplyEvent[]; readonly unread: boolean } {
  const reader = replyReader();
  for (const chunk of chunks) reader.push(Buffer.from(chunk));
  const events: ReplyEvent[] = [];
  for (let event = reader.next(); event; event = reader.next()) events.push(event);
  return { events, unread: reader.hasUnread() };
}

const fault = (text: string) => read(text).events.map((event) => (event.kind === 'fault' ? event.fault : 'reply'));

describe('the reply reader takes proper replies and nothing else', () => {
  test('one line, several lines, no text', () => {
    expect(read('250 ok\r\n').events).toEqual([{ kind: 'reply', reply: { code: 250, lines: ['ok'] } }]);
    expect(read('250-a\r\n250-\r\n250 c\r\n').events).toEqual([
      { kind: 'reply', reply: { code: 250, lines: ['a', '', 'c'] } },
    ]);
    expect(read('250\r\n').events).toEqual([{ kind: 'reply', reply: { code: 250, lines: [''] } }]);
  });

  test.each([
    ['25 ok\r\n', 'syntax'],
    ['2500 ok\r\n', 'syntax'],
    ['250ok\r\n', 'syntax'],
    ['150 ok\r\n', 'syntax'],
    ['650 ok\r\n', 'syntax'],
    ['260 ok\r\n', 'syntax'],
    ['\r\n', 'syntax'],
    ['250-a\r\n251 b\r\n', 'mixedCodes'],
    ['250 a\n', 'bareLineFeed'],
    ['250 a\rb\r\n', 'bareCarriageReturn'],
    [`250 ${'x'.repeat(replyLimits.line)}\r\n`, 'tooLong'],
    [`334 ${'x'.repeat(replyLimits.challengeLine)}\r\n`, 'tooLong'],
    ['250-x\r\n'.repeat(replyLimits.lines + 1), 'tooMuch'],
    [`250-${'x'.repeat(900)}\r\n`.repeat(80), 'tooMuch'],
  ])('%j is refused', (text, expected) => {
    expect(fault(text)).toEqual([expected]);
  });

  test('a session may not go on for ever', () => {
    const reader = replyReader();
    const reply = Buffer.from(`250 ${'x'.repeat(900)}\r\n`);
    for (let i = 0; i <= replyLimits.session / reply.length + 1; i++) reader.push(reply);
    const events: (ReplyEvent | undefined)[] = [];
    for (let event = reader.next(); event; event = reader.next()) events.push(event);
    expect(events.at(-1)).toMatchObject({ kind: 'fault', fault: 'tooMuch' });
  });

  test('a challenge may be longer than other lines', () => {
    expect(fault(`334 ${'x'.repeat(5_000)}\r\n`)).toEqual(['reply']);
  });

  test('nothing is read after a fault', () => {
    expect(fault('oops\r\n250 ok\r\n')).toEqual(['syntax']);
  });

  test('what is left over is known', () => {
    expect(read('250 ok\r\n').unread).toBe(false);
    for (const rest of ['2', '250 half', '250-more\r\n', '250 x\r']) expect(read(`250 ok\r\n`, rest).unread).toBe(true);
  });

  test('text that is not UTF-8 is read as latin1', () => {
    const reader = replyReader();
    reader.push(Buffer.from('250 gr\xfc\xdfe\r\n', 'latin1'));
    expect(reader.next()).toEqual({ kind: 'reply', reply: { code: 250, lines: ['grüße'] } });
  });

  test('how the bytes are cut makes no difference', () => {
    const text = '220-mail.test\r\n220 ready\r\n250-x\r\n250 AUTH LOGIN\r\n';
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const places = [0, ...[...cuts].sort((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((end, i) => text.slice(places[i], end));
        expect(read(...chunks)).toEqual(read(text));
      }),
    );
  });

  test('whatever arrives, it ends in events and never in an exception', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
        const reader = replyReader();
        for (const chunk of chunks) reader.push(chunk);
        while (reader.next()) reader.hasUnread();
      }),
    );
  });

  test('an enhanced code counts only where it fits the code', () => {
    const of = (code: number, line: string) => enhancedCodeOf({ code, lines: [line] });
    expect(of(550, '5.7.1 no')).toBe('5.7.1');
    expect(of(550, '5.7.1')).toBe('5.7.1');
    expect(of(550, '2.0.0 no')).toBeUndefined();
    expect(of(550, '5.7.1no')).toBeUndefined();
  });
});
