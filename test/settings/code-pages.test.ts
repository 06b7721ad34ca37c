import { expect, test } from 'vitest';
import { codePage } from '../../server/src/settings/code-pages.ts';

test.each([
  [65001, 'utf-8'],
  ['65001', 'utf-8'],
  [1252, 'windows-1252'],
  [932, 'shift_jis'],
  [50220, 'iso-2022-jp'],
  [54936, 'GB18030'],
  [28591, 'iso-8859-1'],
  [38598, 'iso-8859-8-i'],
])('code page %s is %s and fit for mail', (value, name) => {
  expect(codePage(value)).toMatchObject({ number: Number(value), name, mailSafe: true });
});

test.each([
  ['utf-8', 65001],
  ['UTF8', 65001],
  ['ISO-8859-1', 28591],
  ['latin1', 28591],
  ['Windows-1252', 1252],
  ['cp1252', 1252],
  ['Shift_JIS', 932],
  ['gb2312', 936],
  ['GBK', 936],
  ['big5', 950],
  ['euc-kr', 51949],
  ['ks_c_5601-1987', 949],
  ['koi8-r', 20866],
  ['us-ascii', 20127],
  // Two pages have this name; .NET means this one.
  ['iso-2022-jp', 50220],
  ['euc-jp', 51932],
])('the name %s is code page %i', (name, number) => {
  expect(codePage(name)?.number).toBe(number);
});

test.each([1200, 'utf-16', 1201, 12000, 65000, 'utf-7', 37, 'IBM037', 437, 850, 10000, 'macintosh', 57002])(
  'code page %s is known and not for mail',
  (value) => {
    expect(codePage(value)?.mailSafe).toBe(false);
  },
);

test.each([0, 1, 65002, -1, 1252.5, '', 'utf', 'utf-88', 'utf-8 ', '65001 (Unicode UTF-8)', 'toString'])(
  '%j is no code page',
  (value) => {
    expect(codePage(value)).toBeUndefined();
  },
);

test('every page has a name and a label, and its name leads to a page of that name', () => {
  const pages = Array.from({ length: 65_536 }, (_, number) => codePage(number)).filter((page) => page !== undefined);
  expect(pages).toHaveLength(140);
  for (const { name, label } of pages) {
    expect(label).not.toBe('');
    expect(codePage(name)?.name.toLowerCase()).toBe(name.toLowerCase());
  }
});
