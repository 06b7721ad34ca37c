import type { Block, Span } from '../document/node.ts';

/** What a suppression covers: its own line, the next line that holds something, or the file. */
export type Reach = 'line' | 'next-line' | 'file';

/** How suppressions begin. */
export const words: Readonly<Record<Reach, string>> = {
  line: 'farm-email-disable-line',
  'next-line': 'farm-email-disable-next-line',
  file: 'farm-email-disable-file',
};

/** A piece of a comment, as a place in the block. */
export interface Piece extends Span {
  readonly text: string;
}

/** A comment that suppresses findings, or means to. */
export interface Directive {
  /** The whole comment. */
  readonly comment: Span;
  /** Its place among the comments of its block. */
  readonly index: number;
  /** What it begins with. */
  readonly word: Piece;
  /** Undefined where the word is none of ours. */
  readonly reach: Reach | undefined;
  /** The rules it names. */
  readonly ids: readonly Piece[];
  /** Words behind blanks that are no rule's: a reason without its dashes. */
  readonly strayed: Piece | undefined;
  /** What stands behind the dashes, blanks made one; undefined where nothing does. */
  readonly reason: string | undefined;
}

const none: readonly Directive[] = [];
const start = /^(?:#+|\/\/+|\/\*+)\s*(farm-email-(?:disable|enable|ignore|suppress)[\w-]*)(?=[\s:,*]|$):?/i;

/** The suppressions of a block, in order. */
export function directivesIn(block: Block): readonly Directive[] {
  if (block.comments.length === 0) return none;
  const found = block.comments.flatMap((comment, index) => directiveOf(comment, index) ?? []);
  return found.length === 0 ? none : found;
}

function directiveOf(comment: Span, index: number): Directive | undefined {
  const { block } = comment;
  const text = block.text.slice(comment.start, comment.end);
  const [head, word] = start.exec(text) ?? [];
  if (head === undefined || word === undefined) return undefined;
  const piece = (from: number, to: number): Piece => ({
    block,
    start: comment.start + from,
    end: comment.start + to,
    text: text.slice(from, to),
  });
  const close = text.startsWith('/*') && text.endsWith('*/') ? text.length - 2 : text.length;
  const dashes = /\s--+(?=\s|$)/.exec(text.slice(head.length, close));
  const end = dashes === null ? close : head.length + dashes.index;
  const reason =
    dashes === null
      ? ''
      : text
          .slice(end + dashes[0].length, close)
          .replace(/\s+/g, ' ')
          .trim();
  const wordAt = text.indexOf(word);
  const { ids, strayed } = idsIn(text, head.length, end);
  return {
    comment,
    index,
    word: piece(wordAt, wordAt + word.length),
    reach: (Object.keys(words) as Reach[]).find((each) => words[each] === word),
    ids: ids.map(([from, to]) => piece(from, to)),
    strayed: strayed === undefined ? undefined : piece(strayed, text.slice(0, end).trimEnd().length),
    reason: reason === '' ? undefined : reason,
  };
}

/**
 * Ids stand between commas or blanks. What looks like none (a single word without a hyphen or slash) and follows a blank
 * alone begins a reason.
 */
function idsIn(
  text: string,
  from: number,
  to: number,
): { readonly ids: readonly (readonly [number, number])[]; readonly strayed: number | undefined } {
  const ids: [number, number][] = [];
  let behind = from;
  for (const { index, 0: id } of text.slice(0, to).matchAll(/[^\s,]+/g)) {
    if (index < from) continue;
    const comma = ids.length === 0 || text.slice(behind, index).includes(',');
    if (!comma && !/^\w+(?:[-/]\w+)+$/.test(id)) return { ids, strayed: index };
    ids.push([index, index + id.length]);
    behind = index + id.length;
  }
  return { ids, strayed: undefined };
}
