import type { RawBlock } from './split.ts';

/**
 * Divides JSON text into blocks: the entries of the top-level object, and the items of each array directly below it.
 * A block ends with its comma. Only brackets, strings, comments and commas are looked at; where they do not add up
 * the text is one block, which the reader then reads as far as it can.
 */
export function splitJson(text: string, commentsAllowed: boolean): readonly RawBlock[] {
  const whole: RawBlock[] = [{ kind: 'whole', text }];
  const blocks: RawBlock[] = [];
  const close: string[] = [];
  let from = 0;
  let hasData = false;
  let inList = false;
  let commaMissing = false;
  const cut = (end: number, kind: RawBlock['kind']): void => {
    if (kind !== 'trivia' && blocks.at(-1)?.kind === 'trivia' && blocks.at(-1)?.text === ']') commaMissing = true;
    if (end > from) blocks.push({ kind, text: text.slice(from, end) });
    from = end;
    hasData = false;
  };

  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === ' ' || c === '\n' || c === '\t' || c === '\r' || c === '\uFEFF') continue;
    if (c === '/' && (text[i + 1] === '/' || text[i + 1] === '*')) {
      if (!commentsAllowed) return whole;
      const line = text[i + 1] === '/';
      const end = text.indexOf(line ? '\n' : '*/', i + 2);
      if (end < 0) {
        if (!line) return whole;
        break;
      }
      i = line ? end : end + 1;
      continue;
    }
    if (close.length === 0) {
      if (c !== '{' || blocks.length > 0) return whole;
      close.push('}');
      cut(i + 1, 'trivia');
      continue;
    }
    if (c === '"') {
      const end = endOfString(text, i);
      if (end < 0) return whole;
      i = end;
      hasData = true;
    } else if (c === '{' || c === '[') {
      if (c === '[' && close.length === 1 && hasItems(text, i)) {
        cut(i + 1, 'list');
        inList = true;
      } else hasData = true;
      close.push(c === '{' ? '}' : ']');
    } else if (c === '}' || c === ']') {
      if (close.pop() !== c) return whole;
      if (close.length === 0) {
        if (hasData) cut(i, 'entry');
        else if (blocks.length > 1 && !commentsAllowed && endsWithComma(blocks)) return whole;
      } else if (close.length === 1 && inList) {
        if (!hasData && !commentsAllowed) return whole;
        if (hasData) cut(i, 'item');
        inList = false;
        cut(i + 1, 'trivia');
      }
    } else if (c === ',' && close.length <= (inList ? 2 : 1)) {
      if (close.length === 1 && !hasData && blocks.at(-1)?.kind === 'trivia' && blocks.at(-1)?.text.endsWith(']')) {
        cut(i + 1, 'trivia');
        continue;
      }
      if (!hasData) return whole;
      cut(i + 1, inList ? 'item' : 'entry');
    } else if (c !== ',' && c !== ':') hasData = true;
  }
  if (close.length > 0 || blocks.length === 0 || commaMissing) return whole;
  cut(text.length, 'trivia');
  return blocks;
}

function endsWithComma(blocks: readonly RawBlock[]): boolean {
  return blocks.at(-1)?.text.endsWith(',') ?? false;
}

/** The offset of the closing quote, or -1 where the line ends first. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === '"') return i;
    else if (c === '\n' || c === '\r') return -1;
  }
  return -1;
}

function hasItems(text: string, bracket: number): boolean {
  return !/^\s*\]/.test(text.slice(bracket + 1, bracket + 200));
}
