import type { Block } from './node.ts';
import { splitJson } from './split-json.ts';
import { splitYaml } from './split-yaml.ts';

/** `jsonc` allows comments and trailing commas, `json` neither. */
export type Format = 'yaml' | 'json' | 'jsonc';

export interface RawBlock {
  readonly kind: Block['kind'];
  readonly text: string;
  /** The key of the list that an item belongs to, once it is known. */
  readonly list?: string;
}

/** Divides a text into blocks; joined, they are the text. */
export function split(format: Format, text: string): readonly RawBlock[] {
  return format === 'yaml' ? splitYaml(text) : splitJson(text, format === 'jsonc');
}

/**
 * True where a block with its text changed would still be one block of the same kind, whatever stands around it.
 * `last` tells that nothing but trivia follows it.
 */
export function staysOneBlock(format: Format, block: Block, text: string, last: boolean): boolean {
  if (block.kind !== 'entry' && block.kind !== 'item') return false;
  if (format === 'yaml') {
    if (!last && !text.endsWith('\n')) return false;
    if (text === '' || /^[\uFEFF\]}]/.test(text)) return false;
    const head = block.kind === 'item' ? 'x:\n' : '';
    const blocks = splitYaml(head + text);
    const first = blocks[head === '' ? 0 : 1];
    if (blocks.length !== (head === '' ? 1 : 2) || first?.kind !== block.kind || first.text !== text) return false;
    return block.kind === 'entry' || indentOf(text) === indentOf(block.text);
  }
  const comma = block.text.endsWith(',');
  if (comma !== text.endsWith(',')) return false;
  const [before, after] = block.kind === 'item' ? ['{"x":[', ']}'] : ['{', '}'];
  const filler = comma ? (block.kind === 'item' ? '0' : '"x":0') : '';
  const found = splitJson(before + text + filler + after, format === 'jsonc').filter((raw) => raw.kind === block.kind);
  return found.length === (comma ? 2 : 1) && found[0]?.text === text;
}

function indentOf(item: string): number {
  return item.indexOf('-');
}
