import { expect, test, vi } from 'vitest';
import { createSends, type Verdict } from '../../client/src/test-email/sends.ts';
import type { SendScope } from '../../server/src/lsp/protocol.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const farm: SendScope = { scope: '/farm', title: 'the farm', range, extent: range };
const portal: SendScope = { scope: '/webApplications/0', title: 'Portal', range, extent: range };

function verdict(id: string, minute: number): Verdict {
  const result = {
    outcome: 'accepted',
    summary: '',
    explanation: '',
    transcript: '',
    markdown: '',
    stoppedAtLogin: false,
    milliseconds: 1,
  } as const;
  return { id, purpose: 'send', title: 'the farm', at: new Date(2026, 0, 1, 12, minute), result };
}

test('a send runs, tells its steps, and leaves its verdict', () => {
  const changed = vi.fn();
  const sends = createSends(changed);
  const run = sends.begin('file:///a', farm, 'send', () => undefined);
  run.step('STARTTLS');
  expect(sends.of('file:///a', farm).running).toMatchObject({ purpose: 'send', step: 'STARTTLS' });
  expect(sends.isRunning()).toBe(true);
  run.end(verdict('1', 1));
  expect(sends.of('file:///a', farm)).toEqual({ verdict: verdict('1', 1) });
  expect(sends.of('file:///a', portal)).toEqual({});
  expect(sends.isRunning()).toBe(false);
  expect(changed).toHaveBeenCalledTimes(3);
});

test('a request that failed keeps the verdict before it', () => {
  const sends = createSends(() => undefined);
  sends.begin('file:///a', farm, 'send', () => undefined).end(verdict('1', 1));
  sends.begin('file:///a', farm, 'send', () => undefined).end(undefined);
  expect(sends.of('file:///a', farm).verdict?.id).toBe('1');
});

test('web applications that change places do not show each other’s verdicts', () => {
  const sends = createSends(() => undefined);
  sends.begin('file:///a', portal, 'send', () => undefined).end(verdict('1', 1));
  expect(sends.of('file:///a', { ...portal, title: 'My Sites' })).toEqual({});
});

test('verdicts come newest first, of the document or of one scope', () => {
  const sends = createSends(() => undefined);
  sends.begin('file:///a', farm, 'send', () => undefined).end(verdict('1', 1));
  sends.begin('file:///a', portal, 'send', () => undefined).end(verdict('2', 2));
  expect(sends.verdicts('file:///a').map(({ id }) => id)).toEqual(['2', '1']);
  expect(sends.verdicts('file:///a', '/farm').map(({ id }) => id)).toEqual(['1']);
  expect(sends.verdicts('file:///b')).toEqual([]);
});

test('cancel reaches the one that is meant, or all', () => {
  const sends = createSends(() => undefined);
  const [one, other] = [vi.fn(), vi.fn()];
  sends.begin('file:///a', farm, 'send', one);
  sends.begin('file:///a', portal, 'send', other);
  sends.cancel({ uri: 'file:///a', scope: '/farm' });
  expect([one.mock.calls.length, other.mock.calls.length]).toEqual([1, 0]);
  sends.cancel();
  expect([one.mock.calls.length, other.mock.calls.length]).toEqual([2, 1]);
});

test('a closed document is forgotten, with a verdict that comes after', () => {
  const sends = createSends(() => undefined);
  const run = sends.begin('file:///a', farm, 'send', () => undefined);
  sends.forget('file:///a');
  run.end(verdict('1', 1));
  expect(sends.hasVerdict()).toBe(false);
});
