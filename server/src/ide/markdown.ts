import { visible } from '../text/visible.ts';

/**
 * A value of the file as Markdown code. Files are other people's text: nothing of them may become a link, an image or
 * HTML, so line breaks and control characters are shown and the fence is longer than any in the text.
 */
export function code(value: unknown): string {
  const text = visible(String(value).slice(0, 200));
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') || text === '' ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}
