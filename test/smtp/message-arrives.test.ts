import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendTestEmail } from '../../server/src/smtp/attempt.ts';
import { sampleOf } from '../../server/src/smtp/message/samples.ts';
import { limits, loopback, planOf } from './attempt.ts';
import { readMail } from './mail-reader.ts';
import { setting, settings } from './settings.ts';

const received: Buffer[] = [];
/** An ordinary server, made of other people's code. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, _, answer) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => {
      received.push(Buffer.concat(chunks));
      answer();
    });
  },
});

beforeAll(() => new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening)));
afterAll(() => new Promise<void>((closed) => server.close(closed)));

function port(): number {
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}

test.each([65001, 1252, 1251, 932, 936, 949, 20127, 38598, 50220, 50222, 50225, 52936, 54936])(
  'a mail in code page %i arrives whole',
  async (number) => {
    const sample = sampleOf(number);
    const plan = planOf({
      settings: settings({
        smtpServer: setting('localhost'),
        smtpPort: setting(port()),
        useTls: setting(false),
        characterSet: setting<number | string>(number),
        scope: { kind: 'farm', name: `${sample} \u{10348}` },
      }),
      computer: `SP ${sample}`,
    });
    const outcome = await sendTestEmail({
      plan,
      to: 'me@contoso.com',
      network: loopback,
      signal: new AbortController().signal,
      limits,
    });
    expect(outcome.outcome).toBe('accepted');
    const isAll = number === 65001 || number === 54936;
    const mail = readMail(received.at(-1) ?? Buffer.alloc(0), number);
    expect(mail.charset.toLowerCase()).toBe(plan.charset.name.toLowerCase());
    expect(mail.subject).toBe(`Farm Email test from SP ${sample}`);
    expect(mail.text).toContain(`Sample:         ${sample}\r\n`);
    expect(mail.text).toContain(`the farm ${sample} ${isAll ? '\u{10348}' : '?'}\r\n`);
    expect(outcome.report.includes(`${plan.charset.name} cannot hold “\u{10348}”`)).toBe(!isAll);
  },
);
