import { placeholderAtStart } from './placeholder.ts';

/** Where a comment stands in the text of its block, its mark included, a line break behind it not. */
export interface CommentRange {
  readonly start: number;
  readonly end: number;
}

const none: readonly CommentRange[] = [];

/** The comments of JSON text. A string that is not closed ends with its line. */
export function commentsInJson(text: string): readonly CommentRange[] {
  if (!text.includes('//') && !text.includes('/*')) return none;
  const comments: CommentRange[] = [];
  for (const { index, 0: found } of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g)) {
    if (found.startsWith('/')) comments.push({ start: index, end: index + found.length });
  }
  return comments;
}

/** The comments of YAML text that holds no data: blank lines, comments and a document's start. */
export function commentsInYamlTrivia(text: string): readonly CommentRange[] {
  if (!text.includes('#')) return none;
  return [...text.matchAll(/(?:^|\n)\uFEFF?(?:---)?[ \t]*(#[^\n]*)/g)].flatMap(({ index, 0: line, 1: comment = '' }) =>
    yamlComments(comment.trimEnd(), index + line.length - comment.length),
  );
}

/** What YAML takes for one comment is two where a placeholder without quotes stands before the comment proper. */
export function yamlComments(text: string, start: number): readonly CommentRange[] {
  const end = start + text.length;
  const second = placeholderAtStart(text) ? text.search(/[ \t]#(?!\{)/) : -1;
  if (second < 0) return [{ start, end }];
  return [
    { start, end: start + text.slice(0, second).trimEnd().length },
    { start: start + second + 1, end },
  ];
}
