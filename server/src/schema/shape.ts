import type { Schema } from './lookup.ts';

/** A kind of file that is checked: its schema, the validators made from it, and its words. */
export interface Shape {
  readonly schema: Schema;
  /** Made by generate.mjs: `root`, `entry_<key>`, `list_<key>` and `item_<key>`. */
  readonly validators: Readonly<Record<string, unknown>>;
  /** What a key of the mapping at `path` would have to be: `a setting of farm-email files`. */
  readonly keyName: (path: readonly string[]) => string;
  /** Whether a placeholder may stand for any value. */
  readonly hasPlaceholders: boolean;
}

/** The mapping at a path, in words: the name of the last key, which list indexes follow. */
export function holderName(path: readonly string[], root: string): string {
  const holder = path.findLast((segment) => !/^\d+$/.test(segment));
  return `a setting of ${holder === undefined ? root : `\`${holder}\``}`;
}
