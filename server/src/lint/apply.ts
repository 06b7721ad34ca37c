import type { Document } from '../document/document.ts';
import type { Fix } from '../document/edit.ts';
import { offsetsOf } from '../document/places.ts';
import type { Edit } from '../text/position.ts';
import type { Finding } from './finding.ts';

/** A fix that can be done here. */
export interface Offer {
  readonly title: string;
  readonly kind: Fix['kind'];
  /** At least one, as places in the whole text. */
  readonly edits: readonly Edit[];
}

/** The edits of a fix as places in the whole text; none where it cannot be done. */
export function editsOf(document: Document, fix: Fix): readonly Edit[] {
  return fix.edits(document.format).map((edit) => ({ ...offsetsOf(document, edit), text: edit.text }));
}

/** The fixes of a finding, as editor and reports offer them: without those that cannot be done. */
export function offersOf(document: Document, { fixes }: Finding): readonly Offer[] {
  return fixes.flatMap((fix) => {
    const edits = editsOf(document, fix);
    return edits.length === 0 ? [] : [{ title: fix.title, kind: fix.kind, edits }];
  });
}

/** The edits of all safe fixes that do not touch one another, by place; where two do, the earlier finding's goes first. */
export function safeEdits(document: Document, findings: readonly Finding[]): readonly Edit[] {
  const chosen: Edit[] = [];
  for (const finding of findings) {
    const edits = offersOf(document, finding).find(({ kind }) => kind === 'safe')?.edits ?? [];
    if (!edits.every((edit) => isFree(chosen, edit))) continue;
    for (const edit of edits) chosen.splice(placeOf(chosen, edit), 0, edit);
  }
  return chosen;
}

/** Edits by place that do not overlap: only the neighbours can be touched. */
function isFree(chosen: readonly Edit[], edit: Edit): boolean {
  const place = placeOf(chosen, edit);
  return [chosen[place - 1], chosen[place]].every((other) => other === undefined || !touch(edit, other));
}

function placeOf(chosen: readonly Edit[], { start }: Edit): number {
  let low = 0;
  for (let high = chosen.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((chosen[middle]?.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function touch(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** What turns one text into another: one edit of what lies between their common start and end, or none. */
export function editsBetween(before: string, after: string): readonly Edit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  while (isSplit(before, start) || isSplit(after, start)) start--;
  let kept = 0;
  while (kept < shorter - start && before.at(-1 - kept) === after.at(-1 - kept)) kept++;
  while (isSplit(before, before.length - kept) || isSplit(after, after.length - kept)) kept--;
  return [{ start, end: before.length - kept, text: after.slice(start, after.length - kept) }];
}

/** True inside a line break or a surrogate pair: no place for LSP. */
function isSplit(text: string, at: number): boolean {
  return /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])/.test(text.slice(Math.max(at - 1, 0), at + 1)) && at > 0;
}
