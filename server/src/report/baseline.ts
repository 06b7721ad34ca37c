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
  const entries = new Map<string, Accepted>();
  for (const { rule, identity: at } of findings) {
    if (!isSuppressible(rule)) continue;
    const name = nameOf(rule, at);
    entries.set(name, { rule, at, count: (entries.get(name)?.count ?? 0) + 1 });
  }
  return [...entries.values()];
}

/** A file without what is accepted in it, and what of the baseline was used and left over. */
export function accept(
  file: CheckedFile,
  entries: readonly Accepted[],
  reason: string,
): { readonly file: CheckedFile; readonly used: readonly Accepted[]; readonly left: readonly Accepted[] } {
  const left = new Map<string, number>();
  for (const { rule, at, count } of entries) left.set(nameOf(rule, at), (left.get(nameOf(rule, at)) ?? 0) + count);
  const isAccepted = ({ rule, identity }: Reported): boolean => {
    const name = nameOf(rule, identity);
    const count = left.get(name) ?? 0;
    if (count === 0 || !isSuppressible(rule)) return false;
    left.set(name, count - 1);
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
    left: [...left].flatMap(([name, count]) => (count === 0 ? [] : [{ ...ofName(name), count }])),
  };
}

function nameOf(rule: string, at: string): string {
  return `${rule} ${at}`;
}

function ofName(name: string): { readonly rule: string; readonly at: string } {
  const blank = name.indexOf(' ');
  return { rule: name.slice(0, blank), at: name.slice(blank + 1) };
}
