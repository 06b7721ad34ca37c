import type { Node, Pair } from '../document/node.ts';

/** The keys from the root to the innermost pair of a path (`pathAt`), `0` for each item of a list: as `schemaAt` takes them. */
export function schemaPath(path: readonly (Node | Pair)[]): readonly string[] {
  const keys: string[] = [];
  const [first] = path;
  if (first !== undefined && 'kind' in first && first.block.kind === 'item') keys.push(first.block.list, '0');
  for (const [i, part] of path.entries()) {
    if ('key' in part) keys.push(String(part.key.value));
    else if (part.kind === 'sequence' && i < path.length - 1) keys.push('0');
  }
  return keys;
}
