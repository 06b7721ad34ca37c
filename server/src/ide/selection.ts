import type { Document } from '../document/document.ts';
import type { Node, Pair } from '../document/node.ts';
import { type Offsets, offsetsOf, pathAt } from '../document/places.ts';
import { extentOf, extentOfPair } from '../document/written-pairs.ts';

/** What a person may mean by the place, each inside the next: a word, a value, its key and value, all around it, the file. */
export function selectionsAt(document: Document, offset: number): readonly Offsets[] {
  const path = pathAt(document, offset);
  const scalar = path.at(-1);
  const words =
    scalar !== undefined && 'kind' in scalar && scalar.kind === 'scalar' ? wordsIn(document, scalar, offset) : [];
  const outwards = path.toReversed().map((part) => extent(document, part));
  const inItsList = topLevel(document, offset);
  const all = [...words, ...outwards, ...inItsList, { start: 0, end: document.length }];
  const growing: Offsets[] = [];
  for (const each of all) {
    const last = growing.at(-1);
    const holds = each.start <= offset && offset <= each.end;
    const grows = last === undefined || (each.start <= last.start && each.end >= last.end && size(each) > size(last));
    if (holds && grows) growing.push(each);
  }
  return growing;
}

function extent(document: Document, part: Node | Pair): Offsets {
  return 'key' in part ? extentOfPair(document, part) : extentOf(document, part);
}

/** The top-level entry around an item of a top-level list. */
function topLevel(document: Document, offset: number): readonly Offsets[] {
  const { root } = document;
  if (root.kind !== 'mapping') return [];
  const pairs = root.pairs.map((pair) => extentOfPair(document, pair));
  return pairs.filter(({ start, end }) => start <= offset && offset <= end);
}

/** Of `portal@mail.contoso.com` with the cursor in `mail`: `mail`, `mail.contoso.com`; then, without quotes, all of it. */
function wordsIn(document: Document, scalar: Node, offset: number): readonly Offsets[] {
  const { start, end } = offsetsOf(document, scalar);
  const text = scalar.block.text.slice(scalar.start, scalar.end);
  const at = offset - start;
  const run = (part: RegExp): Offsets => {
    const before = text.slice(0, at).match(new RegExp(`${part.source}*$`, 'u'))?.[0].length ?? 0;
    const after = text.slice(at).match(new RegExp(`^${part.source}*`, 'u'))?.[0].length ?? 0;
    return { start: offset - before, end: offset + after };
  };
  const isQuoted = /^(["']).*\1$/s.test(text) && text.length > 1;
  const inner = isQuoted && at > 0 && at < text.length ? [{ start: start + 1, end: end - 1 }] : [];
  return [run(/[\p{L}\p{N}_]/u), run(/[\p{L}\p{N}_-]/u), run(/[\p{L}\p{N}_.-]/u), ...inner].filter(
    (each) => size(each) > 0,
  );
}

function size({ start, end }: Offsets): number {
  return end - start;
}
