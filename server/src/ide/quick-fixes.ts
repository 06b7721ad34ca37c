import type { Analysis } from '../analysis.ts';
import { offsetsOf } from '../document/places.ts';
import { editsOf, safeEdits } from '../lint/apply.ts';
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
    return finding.fixes.flatMap((fix) => {
      const edits = editsOf(document, fix);
      return edits.length === 0 ? [] : [{ title: fix.title, finding, safe: fix.kind === 'safe', edits }];
    });
  });
}

/** Every safe fix of the file at once. */
export function fixAll({ document, findings }: Analysis): readonly Edit[] {
  return safeEdits(document, findings);
}
