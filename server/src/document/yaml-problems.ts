import type { YAMLError } from 'yaml';
import type { CommentRange } from './comments.ts';
import { limits } from './limits.ts';
import type { TreeBuilder } from './tree.ts';

/** What the library's errors mean for people, the first that fits; its own words are for those who know YAML's grammar. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/followed by map values/, 'A colon is missing after this key'],
  [/Missing closing/, 'The closing quote is missing'],
  [/Tabs are not allowed/, 'YAML allows no tabs for indentation; use spaces'],
  [/Flow (?:map|sequence) in block collection|expected (?:\]|\})/i, 'The closing bracket is missing'],
  [/Missing , (?:or : )?between/, 'A comma is missing before this'],
  [/Missing space after :/, 'A space is missing after the colon'],
  [
    /same column|sufficiently indented|at node end|Sequence item without|must not be less indented/,
    'The indentation does not match the lines above',
  ],
  [
    /Nested mappings are not allowed/,
    'Indented too far, or a second colon on this line: a value with a colon needs quotes',
  ],
  [/Implicit keys need to be on a single line/, 'This is no key: a colon with a space behind it is missing'],
  [/Plain value cannot start with/, 'A value that starts with this character needs quotes'],
  [/Invalid escape/, 'A backslash in double quotes starts an escape; use single quotes, or write it twice'],
  [/[Tt]ag/, 'Tags such as `!name` are not used in farm-email files'],
  [/Comments must be separated/, 'A blank is missing before the comment'],
];

/**
 * Adds the library's problems in words for people. Where an unquoted `#{…}` in a flow collection took the brackets and
 * commas behind it for its comment, what follows from that is one problem, and it stands there.
 */
export function addProblems(
  tree: TreeBuilder,
  text: string,
  errors: readonly YAMLError[],
  placeholders: readonly CommentRange[],
): void {
  const culprit = errors.length === 0 ? undefined : placeholders.find((each) => takesMore(text, each));
  const before = culprit === undefined ? errors : errors.filter(({ pos }) => pos[0] < culprit.start);
  for (const error of before) addProblem(tree, text, error);
  if (culprit === undefined || before.length === errors.length) return;
  const message = 'Without quotes, YAML takes #{…} and all that follows on this line for a comment';
  tree.problem('placeholder-not-quoted', message, culprit.start, culprit.end);
}

/** True for a placeholder behind a value's place with a comma or bracket behind it in its line. */
function takesMore(text: string, { start, end }: CommentRange): boolean {
  const rest = text.slice(start, end).replaceAll(/#\{[^{}]*\}/g, '');
  return /[,\]}]/.test(rest) && /[:,[-][ \t]*$/.test(text.slice(Math.max(0, start - 100), start));
}

function addProblem(tree: TreeBuilder, text: string, error: YAMLError): void {
  const start = Math.min(error.pos[0], Math.max(text.length - 1, 0));
  const rest = text.slice(start, error.pos[1]).search(/[\r\n]/);
  const end = Math.min(rest > 0 ? start + rest : error.pos[1], text.length);
  const code = error.code.toLowerCase().replaceAll('_', '-');
  const meaning = meanings.find(([pattern]) => pattern.test(error.message))?.[1];
  const isRecursion = error.code === 'RESOURCE_EXHAUSTION';
  if (isRecursion) tooDeep(tree);
  else
    tree.problem(
      code,
      meaning ?? 'This cannot be read as YAML here',
      start,
      Math.max(end, Math.min(start + 1, text.length)),
    );
}

export function tooDeep(tree: TreeBuilder): void {
  tree.problem('too-large', `The file is nested more than ${limits.depth} deep and is not read`, 0, 1);
}
