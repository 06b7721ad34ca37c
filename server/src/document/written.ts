import { parse } from 'yaml';
import type { Scalar, ScalarValue } from './node.ts';
import type { Format } from './split.ts';

/** A value to write: a scalar, a list of scalars, or a mapping of scalars; on one line. */
export type Written = ScalarValue | readonly ScalarValue[] | Readonly<Record<string, ScalarValue>>;

export type Entry = readonly [key: string, value: Written];

/** `key: value`, the key in quotes like those of its neighbours. */
export function entryText(format: Format, [key, value]: Entry, style: Scalar['style'], flow: boolean): string {
  return `${scalarText(format, key, style, true)}: ${writtenText(format, value, flow)}`;
}

/** A value on one line. */
export function writtenText(format: Format, value: Written, flow: boolean): string {
  if (isScalar(value)) return scalarText(format, value, 'plain', flow);
  if (isList(value)) return `[${value.map((item) => scalarText(format, item, 'plain', true)).join(', ')}]`;
  const pairs = Object.entries(value).map((entry) => entryText(format, entry, 'plain', true));
  return `{ ${pairs.join(', ')} }`;
}

export function isScalar(value: Written): value is ScalarValue {
  return value === null || typeof value !== 'object';
}

export function isList(value: Written): value is readonly ScalarValue[] {
  return Array.isArray(value);
}

/** A scalar in the quotes of `style` where it is text; in JSON as JSON has it. */
export function scalarText(format: Format, value: ScalarValue, style: Scalar['style'], flow: boolean): string {
  if (format !== 'yaml') return JSON.stringify(value);
  if (typeof value !== 'string') return String(value);
  if (style === 'double') return JSON.stringify(value);
  if (style === 'single') return `'${value.replaceAll("'", "''")}'`;
  return isPlain(value, flow) ? value : JSON.stringify(value);
}

function isPlain(value: string, flow: boolean): boolean {
  if (value === '' || /[\n\r\t]|: |:$| #|^\s|\s$/.test(value) || (flow && /[,[\]{}]/.test(value))) return false;
  return /^[\w$./\\]/.test(value) && parse(value, { logLevel: 'silent' }) === value;
}

/** How lines of a text end. */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
