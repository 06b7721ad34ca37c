import type { Analysis } from '../../analysis.ts';
import { positionAt, rangeOf } from '../../document/places.ts';
import { directivesIn, type Reach, words } from '../../lint/directive.ts';
import type { Finding } from '../../lint/finding.ts';
import { lastAtOrBelow } from '../../text/position.ts';
import { whatItReports } from '../rule-text.ts';
import type { Completion } from './completion.ts';

const meanings: Readonly<Record<Reach, string>> = {
  'next-line': 'Accepts findings of the next line',
  line: 'Accepts findings of this line',
  file: 'Accepts findings of the whole file',
};

/** What a comment may say to suppress findings; undefined where the cursor is in no comment, empty where it only talks. */
export function suppressionsAt(
  { document, findings }: Analysis,
  offset: number,
  known: ReadonlySet<string>,
): readonly Completion[] | undefined {
  const index = lastAtOrBelow(document.starts, offset);
  const block = document.blocks[index];
  const base = document.starts[index] ?? 0;
  const local = offset - base;
  if (block === undefined) return undefined;
  // Blanks at the end of the line are no part of a comment yet.
  const at = block.comments.findIndex(
    ({ start, end }) => start < local && /^[ \t]*$/.test(block.text.slice(Math.min(end, local), local)),
  );
  const comment = block.comments[at];
  if (comment === undefined) return undefined;
  const before = block.text.slice(comment.start, local);
  const word = /^(?:#+|\/\/+|\/\*+)\s*([\w-]*)$/.exec(before)?.[1];
  if (word !== undefined) return directiveWords(offset - word.length, offset);
  const directive = directivesIn(block).find((each) => each.index === at);
  // Behind the dashes stands the reason, in the user's own words.
  if (directive === undefined || local < directive.word.end || /\s--/.test(before)) return [];
  const here = directive.ids.find(({ start, end }) => start <= local && local <= end);
  const typed = /[\w/-]*$/.exec(before)?.[0] ?? '';
  const taken = new Set(directive.ids.filter((id) => id !== here).map(({ text }) => text));
  const start = offset - typed.length;
  const end = here === undefined ? offset : base + here.end;
  const inReach = new Set(reached(findings, directive.reach, positionAt(document, offset).line));
  const others = [...known].filter((id) => !inReach.has(id));
  return [...inReach, ...others]
    .filter((id) => known.has(id) && !taken.has(id))
    .map((id) => ruleCompletion(id, { start, end, text: id }, inReach.has(id) ? 'found here' : undefined));

  function reached(all: readonly Finding[], reach: Reach | undefined, line: number): readonly string[] {
    if (reach === 'file') return all.map(({ rule }) => rule);
    const wanted = reach === 'line' ? line : nextLine(all, line);
    return all.filter(({ at: place }) => rangeOf(document, place).start.line === wanted).map(({ rule }) => rule);
  }

  /** Of what follows the comment, the first line that has a finding counts where only comments and blanks are between. */
  function nextLine(all: readonly Finding[], line: number): number | undefined {
    const lines = all.map(({ at: place }) => rangeOf(document, place).start.line).filter((each) => each > line);
    return lines.length === 0 ? undefined : Math.min(...lines);
  }
}

export function ruleCompletion(id: string, edit: Completion['edit'], detail: string | undefined): Completion {
  return { label: id, kind: 'rule', detail, documentation: whatItReports(id), filter: id, edit, isSnippet: false };
}

function directiveWords(start: number, end: number): readonly Completion[] {
  return (['next-line', 'line', 'file'] as const).map((reach) => ({
    label: words[reach],
    kind: 'keyword',
    detail: meanings[reach],
    documentation: undefined,
    filter: words[reach],
    edit: { start, end, text: `${words[reach]} ` },
    isSnippet: false,
  }));
}
