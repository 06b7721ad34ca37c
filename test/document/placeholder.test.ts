import { describe, expect, test } from 'vitest';
import { holdsPlaceholder, isPlaceholder } from '../../server/src/document/placeholder.ts';

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
