import { describe, expect, test } from 'vitest';
import {
  builtInOnly,
  isPlaceholder as isPlaceholderWith,
  type Placeholders,
  textHoldsPlaceholder,
} from '../../server/src/document/placeholder.ts';

const isPlaceholder = (text: string): boolean => isPlaceholderWith(text, builtInOnly);
const holdsPlaceholder = (text: string): boolean => textHoldsPlaceholder(text, builtInOnly);

const placeholders = [
  '${env:PORT}',
  '$(Port)',
  '$env:PORT',
  '%PORT%',
  '#{Octopus.Port}',
  '{{ port }}',
  '<%= port %>',
  '__PORT__',
  '[ENC=ab+/=]',
  '[x={ Get-Port }=]',
];

describe('placeholders', () => {
  test.each(placeholders)('%s is one, alone and as part of a value', (text) => {
    expect(isPlaceholder(text)).toBe(true);
    expect(isPlaceholder(`${text}${text}`)).toBe(true);
    expect(isPlaceholder(`${text}-`)).toBe(false);
    expect(holdsPlaceholder(`smtp.${text}.contoso.com`)).toBe(true);
  });

  test.each(['', 'smtp.contoso.com', '50%', '$5', '{ a }', '_a_', 'a__b', '#1', '[a]', '${', '}}{{'])(
    '%j is none',
    (text) => {
      expect(holdsPlaceholder(text)).toBe(false);
      expect(isPlaceholder(text)).toBe(false);
    },
  );

  test.each(['__A__', '{{a}}', '<%a%>', '[x={a}=]', '{{', '[ENC=', '__', '<%', '${', '%a', '{{a}}}}'])(
    'a long row of %j takes no time',
    (part) => {
      for (const length of [30, 4096, 1_000_000]) {
        const text = `${part.repeat(Math.ceil(length / part.length))}-`;
        const began = performance.now();
        isPlaceholder(text);
        holdsPlaceholder(text);
        expect(performance.now() - began).toBeLessThan(500);
      }
    },
  );
});

describe('placeholders that a configuration adds', () => {
  const added: Placeholders = [
    { before: '@@', after: '@@' },
    { before: 'vault:', after: '' },
    { before: '<<', after: '>' },
  ];

  test.each(['@@port@@', '@@a@@@@b@@', 'vault:mail/port', '<<a>', '@@a@@${b}<<c>vault:d'])('%s is one', (text) => {
    expect(isPlaceholderWith(text, added)).toBe(true);
    expect(textHoldsPlaceholder(`smtp-${text}`, added)).toBe(true);
    expect(isPlaceholderWith(`smtp-${text}`, added)).toBe(false);
    expect(isPlaceholder(text)).toBe(false);
  });

  test.each(['@@', '@@@@', '@@a@', '@a@', 'vault:', '<<>', 'sharepoint@contoso.com'])('%s is none', (text) => {
    expect(textHoldsPlaceholder(text, added)).toBe(false);
    expect(isPlaceholderWith(text, added)).toBe(false);
  });

  test('each pattern reads a value once, whatever stands in it', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({ before: 'aa', after: `${'b'.repeat(50)}${i}` }));
    const text = 'aab'.repeat(1365);
    const began = performance.now();
    for (let i = 0; i < 200; i++) isPlaceholderWith(text, [...many, { before: 'aa', after: 'b' }]);
    expect(isPlaceholderWith(text, [...many, { before: 'aa', after: 'b' }])).toBe(false);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
