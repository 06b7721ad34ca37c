import { type Analysis, analyseEdits } from '../analysis.ts';
import { suppressLine } from '../lint/suppress-line.ts';
import { isSuppressible } from '../lint/suppressions.ts';

/**
 * The analysis of the text with a comment for each finding that a comment can accept. What is left has no place for one, or
 * is nothing that can be accepted.
 */
export function withSuppressions(analysis: Analysis, reason: string | undefined): Analysis {
  let now = analysis;
  let tried = 0;
  for (;;) {
    const finding = now.findings.filter(({ rule }) => isSuppressible(rule))[tried];
    if (finding === undefined) return now;
    const edit = suppressLine(now.document, finding, reason);
    const next = edit === undefined ? undefined : analyseEdits(now, [() => edit], now.surroundings);
    if (next !== undefined && next.findings.length < now.findings.length) now = next;
    else tried++;
  }
}
