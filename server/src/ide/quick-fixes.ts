import { type Analysis, withSafeFixes } from '../analysis.ts';
import { textOf } from '../document/document.ts';
import { offsetsOf, rangeOf } from '../document/places.ts';
import { editsBetween, offersOf } from '../lint/apply.ts';
import { type ConfigurationFile, withSafeConfigurationFixes } from '../lint/configuration-file.ts';
import type { Finding } from '../lint/finding.ts';
import { suppressLine } from '../lint/suppress-line.ts';
import type { Edit } from '../text/position.ts';

export interface QuickFix {
  readonly title: string;
  /** At least one. */
  readonly findings: readonly Finding[];
  /** True where it may be applied without a look. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** Most findings to each of which a suppression is offered: of a longer list nobody picks one. */
const suppressionLimit = 20;

/** The ways out of the findings that touch a part of the text; last those that only silence them. */
export function quickFixes(analysis: Analysis | ConfigurationFile, start: number, end: number): readonly QuickFix[] {
  const { document } = analysis;
  const touched = analysis.findings.filter((finding) => {
    const at = offsetsOf(document, finding.at);
    return at.end >= start && at.start <= end;
  });
  const fixes = touched.flatMap((finding) =>
    offersOf(document, finding).map(({ title, kind, edits }) => ({
      title,
      findings: [finding],
      safe: kind === 'safe',
      edits,
    })),
  );
  // A configuration is no place for comments that suppress.
  return analysis.kind === 'configuration' ? fixes : [...fixes, ...suppressions(analysis, touched)];
}

/** One for each rule of a line. */
function suppressions({ document }: Analysis, touched: readonly Finding[]): readonly QuickFix[] {
  const byLine = new Map<string, Finding[]>();
  for (const finding of touched) {
    const key = `${rangeOf(document, finding.at).start.line} ${finding.rule}`;
    byLine.set(key, [...(byLine.get(key) ?? []), finding]);
  }
  if (byLine.size > suppressionLimit) return [];
  return [...byLine.values()].flatMap((findings) => {
    const [finding] = findings;
    const edit = finding && suppressLine(document, finding);
    if (finding === undefined || edit === undefined) return [];
    return [{ title: `Ignore ${finding.rule} on this line`, findings, safe: false, edits: [edit] }];
  });
}

/** Every safe fix of the file at once, and those that become possible by them. */
export function fixAll(analysis: Analysis | ConfigurationFile): readonly Edit[] {
  const fixed = analysis.kind === 'configuration' ? withSafeConfigurationFixes(analysis) : withSafeFixes(analysis);
  return editsBetween(textOf(analysis.document), textOf(fixed.document));
}
