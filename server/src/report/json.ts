import type { Analysis } from '../analysis.ts';
import { pointerOf, rangeOf } from '../document/places.ts';
import { offersOf } from '../lint/apply.ts';
import type { Finding, Severity } from '../lint/finding.ts';
import type { Range } from '../text/position.ts';

/** What `check --format json` prints. `version` changes when a field changes its meaning or goes. */
export interface JsonReport {
  readonly version: 1;
  readonly files: readonly JsonFile[];
}

export interface JsonFile {
  readonly path: string;
  readonly findings: readonly JsonFinding[];
}

/** Lines and characters count from 0, characters in UTF-16 code units, as in LSP. */
export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** JSON pointer of the value; empty for a problem of the syntax. */
  readonly pointer: string;
  readonly fixes: readonly { readonly title: string; readonly kind: string }[];
  readonly related: readonly { readonly message: string; readonly range: Range }[];
}

/** A checked file, under the path that is shown for it. */
export interface CheckedFile {
  readonly path: string;
  readonly analysis: Analysis;
}

export function jsonReport(files: readonly CheckedFile[]): JsonReport {
  return {
    version: 1,
    files: files.map(({ path, analysis }) => ({
      path,
      findings: analysis.findings.map((finding) => jsonFinding(analysis, finding)),
    })),
  };
}

function jsonFinding({ document }: Analysis, finding: Finding): JsonFinding {
  const { rule, severity, message, at, node, related } = finding;
  return {
    rule,
    severity,
    message,
    range: rangeOf(document, at),
    pointer: node === undefined ? '' : pointerOf(document, node),
    fixes: offersOf(document, finding).map(({ title, kind }) => ({ title, kind })),
    related: related.map((place) => ({ message: place.message, range: rangeOf(document, place.at) })),
  };
}
