import type { Severity } from '../lint/finding.ts';
import type { Range } from '../text/position.ts';
import type { CheckedFile, Reported } from './reported.ts';

/** As people and most tools count: lines and columns from 1, columns in UTF-16 code units. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding in its file. */
export interface Placed extends Region {
  readonly path: string;
  readonly finding: Reported;
}

/** All findings, file by file, in the order of each file. */
export function placed(files: readonly CheckedFile[]): readonly Placed[] {
  return files.flatMap(({ path, findings }) => findings.map((finding) => placeOf(path, finding)));
}

export function placeOf<F extends Reported>(path: string, finding: F): Placed & { readonly finding: F } {
  return { path, finding, ...regionOf(finding.range) };
}

export function regionOf({ start, end }: Range): Region {
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
 * A name for each finding that stays the same while lines move and items of lists come and go: rule, file and identity, and
 * a number where that is not enough.
 */
export function fingerprints(all: readonly Placed[]): readonly string[] {
  const seen = new Map<string, number>();
  return all.map(({ path, finding }) => {
    const name = `${finding.rule}:${urlOf(path)}#${finding.identity}`;
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
