import { describe, expect, test } from 'vitest';
import { placeLabel } from '../../client/src/test-email/password-labels.ts';
import { createPasswords, secretKey } from '../../client/src/test-email/passwords.ts';
import type { PasswordPlace } from '../../server/src/lsp/protocol.ts';
import { memento, secretStorage } from './memento.ts';
import { t } from './translate.ts';

const place = { kind: 'login', host: 'smtp.contoso.com', port: 587, user: 'CONTOSO\\svc-mail', tls: true } as const;
const others: readonly PasswordPlace[] = [
  { ...place, host: 'smtp.contoso.com.evil.example' },
  { ...place, port: 25 },
  { ...place, user: 'CONTOSO\\svc-mail2' },
  { ...place, tls: false },
  { kind: 'file', path: '/farm/certs/client.pfx' },
];

describe('kept passwords', () => {
  test('are had for exactly what they open', async () => {
    const passwords = createPasswords(secretStorage(), memento());
    await passwords.keep(place, 'a made-up one');
    expect(await passwords.of({ ...place, host: 'SMTP.contoso.com' })).toBe('a made-up one');
    for (const other of others) expect(await passwords.of(other)).toBeUndefined();
  });

  test('parts of a place cannot be shifted into one another', () => {
    const keys = [
      secretKey({ ...place, user: 'a","STARTTLS' }),
      secretKey({ ...place, user: 'a' }),
      secretKey({ ...place, host: '["smtp"', user: 'a' }),
      ...others.map(secretKey),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('the list of them holds no secret, and forgetting takes both away', async () => {
    const secrets = secretStorage();
    const state = memento();
    const passwords = createPasswords(secrets, state);
    await passwords.keep(place, 'a made-up one');
    await passwords.keep(place, 'another made-up one');
    await passwords.keep({ kind: 'file', path: '/farm/certs/client.pfx' }, 'a third');
    expect(passwords.all().map((each) => each.place.kind)).toEqual(['file', 'login']);
    expect(JSON.stringify(state.keys().map((key) => state.get(key)))).not.toMatch(/made-up|third/);
    expect(await passwords.of(place)).toBe('another made-up one');
    await passwords.forget([place]);
    expect(await passwords.of(place)).toBeUndefined();
    expect(passwords.all()).toHaveLength(1);
    await passwords.forget(passwords.all().map((each) => each.place));
    expect(secrets.values.size).toBe(0);
    expect(passwords.all()).toEqual([]);
  });

  test('are called by what they open', () => {
    expect(placeLabel(place, t)).toBe('CONTOSO\\svc-mail at smtp.contoso.com:587 (STARTTLS)');
    expect(placeLabel({ ...place, tls: false, user: 'a\u202eb' }, t)).toBe(
      'a\\u{202e}b at smtp.contoso.com:587 (no TLS)',
    );
    expect(placeLabel({ kind: 'file', path: '/farm/a.pfx' }, t)).toBe('/farm/a.pfx');
  });
});
