import { describe, expect, test } from 'vitest';
import { type ProbeInput, probeServer } from '../../server/src/smtp/attempt.ts';
import { misbehavingServer } from '../servers/misbehaving.ts';
import { loopback, planOf } from './attempt.ts';
import { setting, settings } from './settings.ts';

const hostile = [
  '',
  'anna',
  'anna@contoso.com\r\nDATA',
  'anna@contoso.com\nRSET',
  'anna@contoso.com\0',
  'anna@contoso.com> AUTH=<boss@contoso.com',
  'anna@contoso.com>',
  'a@b.c,d@e.f',
  'Anna <anna@contoso.com>',
  '"anna@x"@contoso.com',
  'anna@[127.0.0.1]',
  'anna@contoso.com.',
  'ann\u00e4@contoso.com',
  '\uff41nna@contoso.com',
  'anna@contoso.com\u2028',
  `${'a'.repeat(65)}@contoso.com`,
];

describe.each(['to', 'outsideRecipient', 'otherSender'] as const)('D10: the value of %s in a probe', (name) => {
  test.each(hostile)('%j is refused before anything is connected', async (value) => {
    const server = await misbehavingServer();
    const plan = planOf({
      purpose: 'probe',
      settings: settings({ smtpServer: setting('localhost'), smtpPort: setting(server.port), useTls: setting(false) }),
    });
    const { signal } = new AbortController();
    const input: ProbeInput = { plan, to: 'me@contoso.com', network: loopback, signal };
    const outcome = await probeServer({ ...input, [name]: value });
    expect(outcome).toMatchObject({
      outcome: 'refused',
      explanation: expect.stringContaining('is not one plain address'),
    });
    expect(server.received).toEqual({ clear: '', secured: '' });
    await server.close();
  });
});
