import type { Document } from '../document/document.ts';
import type { Block } from '../document/node.ts';
import { indexOfBlock, rangeOf } from '../document/places.ts';
import { type Kept, keep } from '../text/kept.ts';
import { type Directive, directivesIn } from './directive.ts';
import type { Finding, Suppressed } from './finding.ts';
import { mistakesOf, unusedFinding } from './suppression-findings.ts';

export interface Suppressions {
  /** What is left, and what is wrong with the suppressions themselves; in no order. */
  readonly findings: readonly Finding[];
  /** In the order of the findings. */
  readonly suppressed: readonly Suppressed[];
  /** What was read of each block, to be used again after an edit. */
  readonly read: Kept<Block, readonly Read[]>;
}

/** A suppression, and what is wrong with it wherever it stands. */
interface Read {
  readonly directive: Directive;
  readonly mistakes: readonly Finding[];
}

const none: readonly Read[] = [];

export interface SuppressionsContext {
  /** The ids that can be suppressed. */
  readonly known: ReadonlySet<string>;
  /** True for a rule that may say something elsewhere, with what is not known here: nothing is said of its suppressions. */
  readonly isInDoubt: (id: string) => boolean;
}

/** True where findings of this kind can be suppressed: those of rules and of the schema. */
export function isSuppressible(id: string): boolean {
  return !/^(?:syntax|internal|suppression|configuration)\//.test(id);
}

/** Takes out what comments of the file suppress, and adds what is wrong with those comments. */
export function suppress(
  document: Document,
  findings: readonly Finding[],
  { known, isInDoubt }: SuppressionsContext,
  before?: Suppressions,
): Suppressions {
  const read = keep(document.blocks, before?.read, (block) => {
    const directives = directivesIn(block);
    return directives.length === 0
      ? none
      : directives.map((directive) => ({ directive, mistakes: mistakesOf(directive, known) }));
  });
  const all: Read[] = [];
  for (const found of read.results) if (found !== none) all.push(...found);
  if (all.length === 0) return { findings, suppressed: [], read };

  const coverage = coverageOf(
    document,
    all.map(({ directive }) => directive),
  );
  const used = new Map<Directive, Set<string>>();
  const suppressed: Suppressed[] = [];
  const left = findings.filter((finding) => {
    if (!isSuppressible(finding.rule)) return true;
    const directive = coverage.by(rangeOf(document, finding.at).start.line, finding.rule);
    if (directive === undefined) return true;
    used.set(directive, (used.get(directive) ?? new Set()).add(finding.rule));
    suppressed.push({ finding, reason: directive.reason, at: directive.comment });
    return false;
  });

  // In a half-typed file a finding may be away for a moment only.
  const isRead = document.problems.length === 0;
  const own = all.flatMap(({ directive, mistakes }) => {
    if (directive.reach === undefined || !isRead) return mistakes;
    const unused = directive.ids.filter(
      ({ text }) => known.has(text) && !used.get(directive)?.has(text) && !isInDoubt(text),
    );
    return unused.length === 0 ? mistakes : [...mistakes, unusedFinding(directive, unused)];
  });
  return { findings: own.length === 0 ? left : [...left, ...own], suppressed, read };
}

interface Coverage {
  /** The suppression of a rule in a line: the nearest, that of the line before that of the file. */
  by(line: number, rule: string): Directive | undefined;
}

function coverageOf(document: Document, directives: readonly Directive[]): Coverage {
  const lines = new Map<string, Directive>();
  const file = new Map<string, Directive>();
  for (const [directive, covered] of linesOf(document, directives)) {
    for (const { text: id } of directive.ids) {
      if (directive.reach === 'file') {
        if (!file.has(id)) file.set(id, directive);
      } else for (const line of covered) if (!lines.has(`${line} ${id}`)) lines.set(`${line} ${id}`, directive);
    }
  }
  return { by: (line, rule) => lines.get(`${line} ${rule}`) ?? file.get(rule) };
}

/** The lines that each suppression covers; none for those of the file, and for one with nothing below it. */
export function linesOf(
  document: Document,
  directives: readonly Directive[],
): ReadonlyMap<Directive, readonly number[]> {
  const covered = new Map<Directive, readonly number[]>();
  // Suppressions above one another share what follows: it is looked for once.
  let next: number | undefined = -1;
  for (const directive of directives) {
    const { start, end } = rangeOf(document, directive.comment);
    if (directive.reach === 'line') {
      covered.set(directive, start.line === end.line ? [start.line] : [start.line, end.line]);
    } else if (directive.reach === 'next-line') {
      if (next !== undefined && next <= end.line) next = lineWithContentAfter(document, directive, end.line);
      covered.set(directive, next === undefined ? [] : [next]);
    } else covered.set(directive, []);
  }
  return covered;
}

/** The first line behind a comment's last that holds more than blanks and comments, in its block or in one below. */
function lineWithContentAfter(document: Document, { comment, index }: Directive, last: number): number | undefined {
  const own = indexOfBlock(document, comment.block);
  for (let at = own; at < document.blocks.length; at++) {
    const block = document.blocks[at];
    if (block === undefined) break;
    const lineBehind = last + 1 - (document.firstLines[at] ?? 0);
    const from = lineBehind <= 0 ? 0 : block.lines[lineBehind];
    const offset = from === undefined ? undefined : contentAfter(block, from, at === own ? index + 1 : 0);
    if (offset !== undefined) return rangeOf(document, { block, start: offset, end: offset }).start.line;
  }
  return undefined;
}

/** The first offset from `from` on at which something stands that is neither blank nor in a comment. */
function contentAfter({ text, comments }: Block, from: number, firstComment: number): number | undefined {
  const blank = /(?:\s|---(?!\S))*/y;
  let at = from;
  for (let index = firstComment; ; ) {
    blank.lastIndex = at;
    at += blank.exec(text)?.[0].length ?? 0;
    while ((comments[index]?.end ?? Number.POSITIVE_INFINITY) <= at) index++;
    const comment = comments[index];
    if (comment === undefined || comment.start > at) return at < text.length ? at : undefined;
    at = comment.end;
    index++;
  }
}
