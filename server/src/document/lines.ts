import { lineStartsOf } from '../text/position.ts';
import type { Block } from './node.ts';

const lineCache = new WeakMap<Block, readonly number[]>();

/** The offsets in a block at which its lines start. */
export function linesOf(block: Block): readonly number[] {
  let lines = lineCache.get(block);
  if (lines === undefined) {
    lines = lineStartsOf(block.text);
    lineCache.set(block, lines);
  }
  return lines;
}
