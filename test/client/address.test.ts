import { expect, test } from 'vitest';
import { addressProblem } from '../../client/src/test-email/address.ts';
import { t } from './translate.ts';

test.each([
  'me@contoso.com',
  'first.last+tag@mail.contoso.co.uk',
  "o'neil@contoso.com",
  'root@localhost',
  'jürgen@münchen.de',
])('%s can be tested with', (text) => expect(addressProblem(text, t)).toBeUndefined());

test.each([
  ['', 'Enter an address, such as name@contoso.com.'],
  ['contoso.com', 'An address has an @, such as name@contoso.com.'],
  ['@contoso.com', 'The name before the @ is missing.'],
  ['me@', 'The domain after the @ is missing.'],
  ['me@contoso.', 'The domain after the @ is not complete.'],
  ['me@contoso..com', 'The domain after the @ is not complete.'],
  ['a@b@contoso.com', 'Enter one address with one @.'],
  ['me@contoso.com you@contoso.com', 'An address has no spaces and no control characters.'],
  ['me@contoso.com\r\nBcc: you@contoso.com', 'An address has no spaces and no control characters.'],
  ['me\u0000@contoso.com', 'An address has no spaces and no control characters.'],
  ['me\u202e@contoso.com', 'An address has no spaces and no control characters.'],
  ['me@contoso.com,you@contoso.com', 'Enter one plain address, such as name@contoso.com.'],
  ['Me<me@contoso.com>', 'Enter one plain address, such as name@contoso.com.'],
  ['team:me@contoso.com;', 'Enter one plain address, such as name@contoso.com.'],
  ['"me"@contoso.com', 'Enter one plain address, such as name@contoso.com.'],
  ['me@[127.0.0.1]', 'Enter one plain address, such as name@contoso.com.'],
  [`${'a'.repeat(65)}@contoso.com`, 'This address is too long.'],
  [`me@${'a.'.repeat(130)}com`, 'This address is too long.'],
])('%j cannot: %s', (text, problem) => expect(addressProblem(text, t)).toBe(problem));
