/**
 * A glob over paths with `/`: `*` any run of characters but `/`, `?` one of them, `**` any row of folders. Matched
 * without going back further than to the last star, so no glob and no path takes long.
 */
export type Glob = readonly string[];

/** Most characters of a glob. */
const lengthLimit = 200;

/** Undefined where the text is no such glob; `globForm` says what one is. */
export function globOf(text: string): Glob | undefined {
  if (text === '' || text.length > lengthLimit || /^\/|[\\[\]{}!:]|\/\//.test(text)) return undefined;
  const segments = (text.endsWith('/') ? `${text}**` : text).replace(/^\.\//, '').split('/');
  return segments.some((segment) => segment === '..' || segment === '.' || /[^*]\*\*|\*\*[^*]|\*{3}/.test(segment))
    ? undefined
    : segments;
}

/** For messages. */
export const globForm = 'a path below this folder with `/`, in which `*`, `?` and `**` may stand';

/** `path` is relative to what the glob is relative to, with `/` between its segments. */
export function matchesGlob(glob: Glob, path: string): boolean {
  return matches(glob, path.split('/'), '**', matchesSegment);
}

function matchesSegment(pattern: string, segment: string): boolean {
  return matches([...pattern], [...segment], '*', (wanted, found) => wanted === '?' || wanted === found);
}

/** What a star stands for is made longer only where the rest does not fit; an earlier star need not be tried again. */
function matches(
  pattern: readonly string[],
  parts: readonly string[],
  star: string,
  fits: (wanted: string, found: string) => boolean,
): boolean {
  let wanted = 0;
  let found = 0;
  let lastStar = -1;
  let restAt = 0;
  while (found < parts.length) {
    const next = pattern[wanted];
    const part = parts[found] ?? '';
    if (next === star) {
      lastStar = wanted++;
      restAt = found;
    } else if (next !== undefined && fits(next, part)) {
      wanted++;
      found++;
    } else if (lastStar >= 0) {
      wanted = lastStar + 1;
      found = ++restAt;
    } else return false;
  }
  while (pattern[wanted] === star) wanted++;
  return wanted === pattern.length;
}
