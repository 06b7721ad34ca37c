import type { Document } from '../document/document.ts';
import type { Finding, Suppressed } from './finding.ts';

/** By place; what an alias repeats stands once. */
export function inFileOrder(document: Document, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const sorted = [...findings].sort(byPlace(document));
  const merged: Finding[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    if (last === undefined || !isSame(last, finding)) merged.push(finding);
    else
      merged[merged.length - 1] = {
        ...last,
        copies: [...(last.copies ?? []), ...(finding.node ? [finding.node] : [])],
      };
  }
  return merged;
}

/** What the configuration ignores and what comments suppress, each of them by place. */
export function suppressedInFileOrder(
  document: Document,
  ignored: readonly Suppressed[],
  commented: readonly Suppressed[],
): readonly Suppressed[] {
  if (ignored.length === 0 || commented.length === 0) return ignored.length === 0 ? commented : ignored;
  const order = byPlace(document);
  return [...ignored, ...commented].sort((a, b) => order(a.finding, b.finding));
}

function byPlace(document: Document): (a: Finding, b: Finding) => number {
  const order = new Map(document.blocks.map((block, index) => [block, index]));
  const index = (finding: Finding): number => order.get(finding.at.block) ?? 0;
  return (a, b) =>
    index(a) - index(b) || a.at.start - b.at.start || compare(a.rule, b.rule) || compare(a.message, b.message);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isSame(a: Finding, b: Finding): boolean {
  const samePlace = a.at.block === b.at.block && a.at.start === b.at.start && a.at.end === b.at.end;
  return samePlace && a.rule === b.rule && a.message === b.message;
}
