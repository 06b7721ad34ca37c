import { expect, test } from 'vitest';
import { createDestinations } from '../../client/src/test-email/destinations.ts';
import { type HistoryEntry, historyText } from '../../client/src/test-email/history-text.ts';
import { createRecipients } from '../../client/src/test-email/recipients.ts';
import { memento } from './memento.ts';
import { t } from './translate.ts';

test('the last five recipients, the latest first, each once', async () => {
  const recipients = createRecipients(memento());
  for (const name of ['a', 'b', 'c', 'a', 'd', 'e', 'f']) await recipients.used(`${name}@contoso.com`);
  expect(recipients.all().map((address) => address[0])).toEqual(['f', 'e', 'd', 'a', 'c']);
  await recipients.forget('d@contoso.com');
  expect(recipients.all().map((address) => address[0])).toEqual(['f', 'e', 'a', 'c']);
});

test('a destination is known by host, port, TLS mode and user, once somebody said yes to it', async () => {
  const destinations = createDestinations(memento());
  const plan = { host: 'smtp.contoso.com', port: 587, tls: true, user: 'anonymous', route: 'asConfigured' } as const;
  expect(destinations.isKnown(plan)).toBe(false);
  await destinations.used(plan);
  expect(destinations.isKnown({ ...plan, host: 'SMTP.CONTOSO.COM' })).toBe(true);
  for (const other of [{ host: 'a' }, { port: 25 }, { tls: false }, { user: 'b' }]) {
    expect(destinations.isKnown({ ...plan, ...other })).toBe(false);
  }
  expect(destinations.isKnown({ ...plan, port: 1025, route: 'localInbox' })).toBe(true);
});

const entry: HistoryEntry = {
  at: '2026-11-26T14:02:07.000Z',
  purpose: 'send',
  title: 'Portal',
  destination: 'smtp.contoso.com:587',
  tls: true,
  user: 'CONTOSO\\svc-mail',
  from: 'sharepoint@contoso.com',
  to: 'me@contoso.com',
  outcome: 'accepted',
  milliseconds: 812,
};

test('the history: one test a line, under its heading', () => {
  const text = historyText(
    [entry, { ...entry, purpose: 'probe', tls: false, title: 'the\nfarm', outcome: 'failed' }],
    t,
  );
  const [, , head, first, second, ...rest] = text.split('\n');
  expect(head).toMatch(/^When +What +Settings of +Mail server +User +From +To +Outcome$/);
  expect(first).toMatch(
    /^2026-11-26 14:02:07 {2}Test email {2}Portal +smtp\.contoso\.com:587 STARTTLS +CONTOSO\\svc-mail +sharepoint@contoso\.com +me@contoso\.com +accepted \(812 ms\)$/,
  );
  expect(second).toMatch(/Probe +the\\u\{a\}farm +smtp\.contoso\.com:587 no TLS .* failed \(812 ms\)$/);
  expect(rest).toEqual(['']);
  expect(historyText([], t)).toBe('Nothing was sent or probed from this workspace yet.\n');
});
