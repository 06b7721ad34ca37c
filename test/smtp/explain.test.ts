import { describe, expect, test } from 'vitest';
import type { Login } from '../../server/src/settings/model.ts';
import { explain, explanations } from '../../server/src/smtp/explain.ts';
import type { Failure, StepName } from '../../server/src/smtp/failure.ts';
import { planOf } from './attempt.ts';
import { login, setting, settings } from './settings.ts';

const date = new Date('2026-11-22T05:00:00Z');
const withLogin = planOf({ settings: settings({ authentication: setting<'anonymous' | Login>(login('svc-mail')) }) });
const toInbox = planOf({ route: { kind: 'localInbox', host: '127.0.0.1', port: 1025 } });

const reply = (code: number, text: string): Failure => ({
  kind: 'reply',
  reply: { code, text, enhanced: text.split(' ')[0] },
});
const refused: Failure = { kind: 'network', cause: 'refused', detail: 'ECONNREFUSED' };

describe('a failure that the servers of the other tests do not produce is explained too', () => {
  test.each<readonly [string, StepName, Failure, string, string | undefined]>([
    [
      'no way to the server',
      'connect',
      { kind: 'network', cause: 'unreachable', detail: 'EHOSTUNREACH' },
      'no-route',
      'smtpServer',
    ],
    [
      'silence of the system itself',
      'connect',
      { kind: 'network', cause: 'noAnswer', detail: 'ETIMEDOUT' },
      'connect-timeout',
      'smtpPort',
    ],
    [
      'a connector that does not fit',
      'RCPT TO',
      reply(550, '5.7.64 TenantAttribution; Relay Access Denied'),
      'connector-not-matched',
      'smtpServer',
    ],
    ['a sender refused after a login', 'MAIL FROM', reply(550, '5.7.1 no'), 'sender-refused-with-login', 'fromAddress'],
    [
      'a weak key exchange',
      'STARTTLS',
      { kind: 'tls', cause: 'weak', detail: 'ERR_SSL_DH_KEY_TOO_SMALL' },
      'tls-weak',
      'smtpServer',
    ],
    [
      'a revoked certificate',
      'certificate',
      { kind: 'certificate', problem: 'other', detail: 'CERT_REVOKED', certificate: undefined },
      'certificate-bad',
      'smtpServer',
    ],
  ])('%s', (_, step, failure, id, pointsAt) => {
    const explanation = explain({ step, failure, plan: withLogin, messageSent: false, date });
    expect(explanation).toMatchObject({ id, setting: pointsAt });
  });

  test('an inbox that does not run', () => {
    const explanation = explain({ step: 'connect', failure: refused, plan: toInbox, messageSent: false, date });
    expect(explanation.id).toBe('inbox-not-running');
    expect(explanation.happened).toContain('127.0.0.1, port 1025');
  });
});

describe('every explanation', () => {
  test('has an id of its own, and says what to try', () => {
    expect(new Set(explanations.map(({ id }) => id)).size).toBe(explanations.length);
    for (const { advice } of explanations) expect(advice.length).toBeGreaterThan(0);
  });

  test('points at a setting of the file, if at any', () => {
    const names: readonly (string | undefined)[] = [...withLogin.settings.map(({ name }) => name), undefined];
    for (const { setting: pointsAt } of explanations) expect(names).toContain(pointsAt);
  });

  test('is written in whole sentences', () => {
    for (const { happened, meaning, advice } of explanations) {
      for (const text of [happened, meaning, ...advice])
        if (typeof text === 'string') expect(text).toMatch(/^[A-Z].*[.?]$/s);
    }
  });
});
