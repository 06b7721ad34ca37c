import { isSuppressible } from '../lint/suppressions.ts';
import type { CheckedFile, Reported } from './reported.ts';

/** Findings of one kind in one place that are accepted. */
export interface Accepted {
  readonly rule: string;
  /** The identity of the value. */
  readonly at: string;
  /** At least 1. */
  readonly count: number;
}

/** What is accepted, by the path of the file: relative to the folder of the baseline, with slashes. */
export type Baseline = ReadonlyMap<string, readonly Accepted[]>;

/** Reads the text of a baseline; a string says why it is none. */
export function readBaseline(text: string): Baseline | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (!isObject(data) || !isObject(data.files)) return 'it is no baseline: it has no "files"';
  if (data.version !== 1) return `it is of version ${JSON.stringify(data.version)}, and only version 1 is known`;
  const baseline = new Map<string, readonly Accepted[]>();
  for (const [file, entries] of Object.entries(data.files)) {
    const accepted = Array.isArray(entries) ? entries.map(acceptedFrom) : [undefined];
    if (!accepted.every((each) => each !== undefined)) return `what it says of ${file} is not "rule", "at" and "count"`;
    baseline.set(file, accepted);
  }
  return baseline;
}

function acceptedFrom(entry: unknown): Accepted | undefined {
  if (!isObject(entry)) return undefined;
  const { rule, at, count = 1 } = entry;
  const isRight = typeof rule === 'string' && typeof at === 'string' && Number.isInteger(count) && Number(count) > 0;
  return isRight ? { rule, at, count: Number(count) } : undefined;
}

function isObject(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** The same text for the same baseline, one line for each entry, so that a diff shows what was accepted. */
export function baselineText(baseline: Baseline): string {
  const files = [...baseline].filter(([, entries]) => entries.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const written = files.map(([file, entries]) => {
    const lines = entries.map(({ rule, at, count }) => {
      const place = `"rule": ${JSON.stringify(rule)}, "at": ${JSON.stringify(at)}`;
      return count === 1 ? `{ ${place} }` : `{ ${place}, "count": ${count} }`;
    });
    return `    ${JSON.stringify(file)}: [\n      ${lines.join(',\n      ')}\n    ]`;
  });
  const content = written.length === 0 ? '{}' : `{\n${written.join(',\n')}\n  }`;
  return `{\n  "version": 1,\n  "files": ${content}\n}\n`;
}

/** What accepts all findings that can be accepted, in file order. */
export function acceptedOf(findings: readonly Reported[]): readonly Accepted[] {
  const found = findings.filter(({ rule }) => isSuppressible(rule));
  return [...byPlace(found.map(({ rule, identity }) => ({ rule, at: identity, count: 1 }))).values()];
}

/** A file without what is accepted in it, and what of the baseline was used and left over. */
export function accept(
  file: CheckedFile,
  entries: readonly Accepted[],
  reason: string,
): { readonly file: CheckedFile; readonly used: readonly Accepted[]; readonly left: readonly Accepted[] } {
  const left = byPlace(entries);
  const isAccepted = ({ rule, identity }: Reported): boolean => {
    const place = placeOf(rule, identity);
    const entry = left.get(place);
    if (entry === undefined || entry.count === 0 || !isSuppressible(rule)) return false;
    left.set(place, { ...entry, count: entry.count - 1 });
    return true;
  };
  const findings: Reported[] = [];
  const accepted: Reported[] = [];
  for (const finding of file.findings) (isAccepted(finding) ? accepted : findings).push(finding);
  const suppression = { kind: 'external', reason } as const;
  const suppressed = [...file.suppressed, ...accepted.map((finding) => ({ ...finding, suppression }))];
  return {
    file: { ...file, findings, suppressed },
    used: acceptedOf(accepted),
    left: [...left.values()].filter(({ count }) => count > 0),
  };
}

/** One entry for each rule and place, in the order of the first. */
function byPlace(entries: readonly Accepted[]): Map<string, Accepted> {
  const merged = new Map<string, Accepted>();
  for (const { rule, at, count } of entries) {
    const place = placeOf(rule, at);
    merged.set(place, { rule, at, count: (merged.get(place)?.count ?? 0) + count });
  }
  return merged;
}

function placeOf(rule: string, at: string): string {
  return `${rule} ${at}`;
}
