import type { RawBlock } from './split.ts';

const itemStart = /^( *)-(?=[ \r\n]|$)/;
const blankOrComment = /^[ \t]*(?:#|\r?\n?$)/;
const notDivisible = /^(?:---|\.\.\.|%|\?(?:[ \r\n]|$)|-(?:[ \r\n]|$))/;

/**
 * Divides YAML text into blocks by its lines alone: a line that starts in column 0 begins a top-level entry, and the
 * items of a top-level list stand on their own. That is safe because YAML ends every scalar and collection of an entry
 * before the next line in column 0 (a closing bracket excepted, which stays with its entry).
 */
export function splitYaml(text: string): readonly RawBlock[] {
  const whole: RawBlock[] = [{ kind: 'whole', text }];
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const blocks: RawBlock[] = [];
  let i = 0;
  let trivia = '';
  for (; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const bare = i === 0 && line.startsWith('\uFEFF') ? line.slice(1) : line;
    if (!blankOrComment.test(bare) && !/^---[ \t]*(?:#[^\n]*)?\r?\n?$/.test(bare)) break;
    if (bare.startsWith('---') && trivia.includes('---')) return whole;
    trivia += line;
  }
  if (i === 0 && text.startsWith('\uFEFF')) {
    trivia = '\uFEFF';
    lines[0] = (lines[0] ?? '').slice(1);
  }
  if (trivia !== '') blocks.push({ kind: 'trivia', text: trivia });
  while (i < lines.length) {
    const first = i;
    const head = lines[i] ?? '';
    if (notDivisible.test(head) || /^[ \t]/.test(head)) return whole;
    i++;
    if (isListKey(head)) {
      let next = i;
      while (next < lines.length && blankOrComment.test(lines[next] ?? '')) next++;
      const indent = itemStart.exec(lines[next] ?? '')?.[1];
      if (indent !== undefined) {
        blocks.push({ kind: 'list', text: lines.slice(first, next).join('') });
        i = next;
        while (i < lines.length) {
          const start = i;
          const item = itemStart.exec(lines[i] ?? '');
          if (item?.[1] !== indent) break;
          i++;
          while (i < lines.length && continuesItem(lines[i] ?? '', indent)) i++;
          blocks.push({ kind: 'item', text: lines.slice(start, i).join('') });
        }
        continue;
      }
    }
    while (i < lines.length && continuesEntry(lines[i] ?? '')) i++;
    blocks.push({ kind: 'entry', text: lines.slice(first, i).join('') });
  }
  return blocks;
}

function continuesEntry(line: string): boolean {
  return /^[ \t\]}]/.test(line) || blankOrComment.test(line);
}

/** A line that belongs neither to the next item nor to the next entry; a wrongly indented one is this item's mistake. */
function continuesItem(line: string, indent: string): boolean {
  if (blankOrComment.test(line)) return true;
  if (!/^[ \t]/.test(line)) return /^[\]}]/.test(line);
  return itemStart.exec(line)?.[1] !== indent;
}

/** True for a line that holds a key and nothing behind its colon but a comment. */
function isListKey(line: string): boolean {
  const quote = line[0];
  const isQuoted = quote === '"' || quote === "'";
  const from = isQuoted ? line.indexOf(quote, 1) : 0;
  const colon = line.indexOf(':', Math.max(from, 0));
  if (from < 0 || colon < 1 || /[#&*!|>%@`[\]{},?-]/.test(line[0] ?? '')) return false;
  const isKey = isQuoted ? line.slice(from + 1, colon).trim() === '' : !line.slice(0, colon).includes('#');
  return isKey && /^[ \t]*(?:#|\r?\n?$)/.test(line.slice(colon + 1));
}
