import type { BlockEdit, Fix } from '../document/edit.ts';
import type { Span } from '../document/node.ts';
import type { Format } from '../document/split.ts';
import { nearest } from '../schema/nearest.ts';
import { type Directive, type Piece, type Reach, words } from './directive.ts';
import type { Finding } from './finding.ts';

/** Most characters of somebody's text that are shown. */
const shownLength = 40;

/** What is wrong with a suppression as it is written. */
export function mistakesOf(directive: Directive, known: ReadonlySet<string>): readonly Finding[] {
  const { word, reach, ids, strayed } = directive;
  if (reach === undefined) {
    const message = `${shown(word)} suppresses nothing: it is disable-line, disable-next-line or disable-file`;
    return [finding('malformed', message, word, meantWord(word))];
  }
  const found = ids.flatMap((id) => mistakeOf(directive, id, known) ?? []);
  if (ids.length === 0) {
    const remove: Fix = {
      title: 'Remove the comment',
      kind: 'suggested',
      edits: (format) => [removeComment(format, directive)],
    };
    found.push(finding('malformed', 'This suppression names no rule, so it suppresses nothing', word, remove));
  }
  if (strayed !== undefined) {
    const { block, start } = strayed;
    const dashes: Fix = {
      title: 'Put `--` before the reason',
      kind: 'suggested',
      edits: () => [{ block, start, end: start, text: '-- ' }],
    };
    found.push(finding('malformed', 'A reason stands behind `--`; rules are separated by commas', strayed, dashes));
  }
  return found;
}

/** `disable` alone is what other linters call the suppression of all that follows. */
function meantWord(word: Piece): Fix | undefined {
  const name = word.text.toLowerCase();
  const meant = name === 'farm-email-disable' ? words.file : nearest(name, Object.values(words));
  if (meant === undefined) return undefined;
  const { block, start, end } = word;
  return { title: `Change to \`${meant}\``, kind: 'suggested', edits: () => [{ block, start, end, text: meant }] };
}

function mistakeOf(directive: Directive, id: Piece, known: ReadonlySet<string>): Finding | undefined {
  if (known.has(id.text)) return undefined;
  const remove: Fix = {
    title: `Remove ${shown(id)}`,
    kind: 'suggested',
    edits: (format) => removeIds(format, directive, [id]),
  };
  const group = /^(syntax|internal|suppression|configuration)(?:\/|$)/.exec(id.text)?.[1];
  if (group !== undefined) {
    const message =
      group === 'syntax'
        ? 'What cannot be read cannot be suppressed; only findings of rules and of the schema can'
        : `Findings of \`${group}\` cannot be suppressed; only those of rules and of the schema can`;
    return finding('not-allowed', message, id, remove);
  }
  const meant = nearest(id.text, [...known]);
  const { block, start, end } = id;
  const change: Fix | undefined =
    meant === undefined
      ? undefined
      : { title: `Change to \`${meant}\``, kind: 'suggested', edits: () => [{ block, start, end, text: meant }] };
  const instead = meant === undefined ? '' : `; \`${meant}\` is`;
  const message = `${shown(id)} is not a rule, so it suppresses nothing${instead}`;
  return finding('unknown-rule', message, id, change ?? remove);
}

const places: Readonly<Record<Reach, string>> = {
  line: 'on this line',
  'next-line': 'on the next line',
  file: 'in this file',
};

/** A suppression of findings that are not there. */
export function unusedFinding(directive: Directive, unused: readonly Piece[]): Finding {
  const { ids, comment, reach = 'file' } = directive;
  const whole = unused.length === ids.length;
  const names = unused.slice(0, 2).map(shown).join(' and ');
  const more = unused.length > 2 ? ` and ${unused.length - 2} more` : '';
  const first = unused[0] ?? comment;
  return finding(
    'unused',
    `Nothing ${places[reach]} needs the suppression of ${names}${more}`,
    whole ? comment : first,
    {
      title: whole ? 'Remove the comment' : `Remove ${names}${more}`,
      kind: 'safe',
      edits: (format) => removeIds(format, directive, unused),
    },
  );
}

function shown({ text }: Piece): string {
  return `\`${text.length > shownLength ? `${text.slice(0, shownLength)}…` : text}\``;
}

function finding(code: string, message: string, { block, start, end }: Span, fix: Fix | undefined): Finding {
  const at = { block, start, end };
  const fixes = fix === undefined ? [] : [fix];
  return { rule: `suppression/${code}`, severity: 'warning', message, at, node: undefined, fixes, related: [] };
}

/** Takes ids out of the list, each with the comma on its one side; the comment, where none would be left. */
function removeIds(format: Format, directive: Directive, gone: readonly Piece[]): readonly BlockEdit[] {
  const { ids, comment } = directive;
  const lastKept = ids.findLastIndex((id) => !gone.includes(id));
  const kept = ids[lastKept];
  const last = ids.at(-1);
  if (kept === undefined || last === undefined) return [removeComment(format, directive)];
  const { block } = comment;
  const before = ids.slice(0, lastKept).flatMap((id, index): BlockEdit[] => {
    const next = ids[index + 1];
    return next === undefined || !gone.includes(id) ? [] : [{ block, start: id.start, end: next.start, text: '' }];
  });
  return last === kept ? before : [...before, { block, start: kept.end, end: last.end, text: '' }];
}

/** Takes a comment out, with its line where it stands alone on it, else with the blanks that set it off. */
function removeComment(format: Format, { comment: { block, start, end } }: Directive): BlockEdit {
  const { text } = block;
  const blanksBefore = /[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0].length ?? 0;
  const lineStart = start - blanksBefore;
  const behind = /^[ \t]*(\r\n|\n|\r|$)?/.exec(text.slice(end));
  // A block of JSON may start behind a comma.
  const startsLine = format === 'yaml' || block.kind === 'trivia' || block.kind === 'whole';
  const isFirst = lineStart === 0 ? startsLine : /[\r\n\uFEFF]/.test(text[lineStart - 1] ?? '');
  const isLast = behind?.[1] !== undefined;
  if (isFirst && isLast) return { block, start: lineStart, end: end + (behind?.[0].length ?? 0), text: '' };
  if (isLast) return { block, start: lineStart, end, text: '' };
  return { block, start, end: end + (behind?.[0].length ?? 0), text: '' };
}
