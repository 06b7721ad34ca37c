import { type Analysis, withSafeFixes } from '../analysis.ts';
import { textOf } from '../document/document.ts';
import { offsetsOf } from '../document/places.ts';
import { editsBetween, offersOf } from '../lint/apply.ts';
import type { Finding } from '../lint/finding.ts';
import type { Edit } from '../text/position.ts';

export interface QuickFix {
  readonly title: string;
  readonly finding: Finding;
  /** True where it may be applied without a look. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** The ways out of the findings that touch a part of the text. */
export function quickFixes({ document, findings }: Analysis, start: number, end: number): readonly QuickFix[] {
  return findings.flatMap((finding) => {
    const at = offsetsOf(document, finding.at);
    if (at.end < start || at.start > end) return [];
    return offersOf(document, finding).map(({ title, kind, edits }) => ({
      title,
      finding,
      safe: kind === 'safe',
      edits,
    }));
  });
}

/** Every safe fix of the file at once, and those that become possible by them. */
export function fixAll(analysis: Analysis): readonly Edit[] {
  return editsBetween(textOf(analysis.document), textOf(withSafeFixes(analysis).document));
}
