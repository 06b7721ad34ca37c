import type { Document } from '../document/document.ts';
import type { Fix } from '../document/edit.ts';
import { offsetsOf } from '../document/places.ts';
import type { Edit } from '../text/position.ts';
import type { Finding } from './finding.ts';

/** The edits of a fix as places in the whole text; none where it cannot be done. */
export function editsOf(document: Document, fix: Fix): readonly Edit[] {
  return fix.edits(document.format).map((edit) => ({ ...offsetsOf(document, edit), text: edit.text }));
}

/** The edits of all safe fixes that do not touch one another; where two do, the earlier finding's goes first. */
export function safeEdits(document: Document, findings: readonly Finding[]): readonly Edit[] {
  const chosen: Edit[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find(({ kind }) => kind === 'safe');
    if (fix === undefined) continue;
    const edits = editsOf(document, fix);
    if (edits.every((edit) => chosen.every((other) => !touch(edit, other)))) chosen.push(...edits);
  }
  return chosen;
}

function touch(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}
