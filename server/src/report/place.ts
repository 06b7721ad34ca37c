import type { Document } from '../document/document.ts';
import { pointerOf, rangeOf } from '../document/places.ts';
import type { Checked, Finding, Severity } from '../lint/finding.ts';
import type { CheckedFile } from './json.ts';

/** A finding in its file, as people and most tools count: lines and columns from 1, columns in UTF-16 code units. */
export interface Placed {
  readonly path: string;
  readonly analysis: Checked;
  readonly finding: Finding;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** All findings, file by file, in the order of each file. */
export function placed(files: readonly CheckedFile[]): readonly Placed[] {
  return files.flatMap(({ path, analysis }) => analysis.findings.map((finding) => placeOf(path, analysis, finding)));
}

export function placeOf(path: string, analysis: Checked, finding: Finding): Placed {
  return { path, analysis, finding, ...regionOf(analysis.document, finding.at) };
}

export function regionOf(
  document: Document,
  at: Finding['at'],
): Pick<Placed, 'line' | 'column' | 'endLine' | 'endColumn'> {
  const { start, end } = rangeOf(document, at);
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** With slashes, as URLs have them, relative where the path is. */
export function urlOf(path: string): string {
  const slashes = path.replaceAll('\\', '/');
  const encoded = encodeURI(slashes).replace(/[?#]/g, encodeURIComponent);
  if (/^[A-Za-z]:\//.test(slashes)) return `file:///${encoded}`;
  return slashes.startsWith('/') ? `file://${encoded}` : encoded.replace(/^\.\//, '');
}

/**
 * A name for each finding that stays the same while lines move: rule, file and JSON pointer, and a number where that is not
 * enough. No value of the file is in it.
 */
export function fingerprints(all: readonly Placed[]): readonly string[] {
  const seen = new Map<string, number>();
  return all.map(({ path, analysis, finding }) => {
    const pointer = finding.node === undefined ? '' : pointerOf(analysis.document, finding.node);
    const name = `${finding.rule}:${urlOf(path)}#${pointer}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}:${count}`;
  });
}

/** As most tools call it. */
export const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** The worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Whether a severity is at or above another; none is where that is undefined. */
export function isAtLeast(severity: Severity, least: Severity | undefined): boolean {
  return least !== undefined && severities.indexOf(severity) <= severities.indexOf(least);
}
