import { describe, expect, test } from 'vitest';
import { isHost, readHost } from '../../server/src/settings/hosts.ts';

describe('a host', () => {
  test.each([
    'smtp.contoso.com',
    'smtp',
    'SMTP_01',
    'smtp.contoso.com.',
    'bücher.contoso.com',
    'xn--bcher-kva.contoso.com',
    '10.20.0.25',
    '::1',
    '[::1]',
    '2001:db8::25',
    'fe80::1%eth0',
    '::ffff:10.20.0.25',
  ])('%s', (text) => {
    expect(isHost(text)).toBe(true);
    expect(readHost(text)).toEqual({ host: text, extras: [], port: undefined });
  });
});

describe('no host', () => {
  test.each([
    '',
    '.',
    'smtp..contoso.com',
    'smtp,contoso.com',
    '*.contoso.com',
    'a b',
    'smtp:25',
    '[::1]:25',
    'a'.repeat(64),
  ])('%j', (text) => {
    expect(isHost(text)).toBe(false);
  });
});

test.each([':', 'a:', '::1', '%', '[:'])('a long row of %j is no host, and that is told in a moment', (piece) => {
  const text = `${piece.repeat(2_000)}!`;
  const began = performance.now();
  expect(isHost(text)).toBe(false);
  readHost(text);
  expect(performance.now() - began).toBeLessThan(1_000);
});

describe('what stands around a host', () => {
  test.each([
    ['smtp://smtp.contoso.com', 'smtp.contoso.com', ['scheme'], undefined],
    ['smtp.contoso.com:2525', 'smtp.contoso.com', ['port'], 2525],
    ['smtp.contoso.com:', 'smtp.contoso.com', ['port'], undefined],
    ['smtp://svc:p@ss@smtp.contoso.com:587/relay?x#y', 'smtp.contoso.com', ['scheme', 'user', 'port', 'path'], 587],
    ['smtp.contoso.com/', 'smtp.contoso.com', ['path'], undefined],
    [' smtp.contoso.com', 'smtp.contoso.com', ['blank'], undefined],
    ['smtp.contoso.com\n', 'smtp.contoso.com', ['line break'], undefined],
    [
      'smtp1.contoso.com\r\n smtp2.contoso.com',
      'smtp1.contoso.com\r\n smtp2.contoso.com',
      ['blank', 'line break'],
      undefined,
    ],
    ['[2001:db8::25]:25', '[2001:db8::25]', ['port'], 25],
    ['smtp1.contoso.com smtp2.contoso.com', 'smtp1.contoso.com smtp2.contoso.com', ['blank'], undefined],
    ['sharepoint@contoso.com', 'contoso.com', ['user'], undefined],
    ['smtp://svc:25/8@smtp.contoso.com', '', ['scheme', 'path'], undefined],
    ['//smtp.contoso.com', '', ['path'], undefined],
  ])('%s', (text, host, extras, port) => {
    expect(readHost(text)).toEqual({ host, extras, port });
  });
});
