import { indexOfBlock, pointerOf, rangeOf } from '../document/places.ts';
import { offersOf } from '../lint/apply.ts';
import type { Checked, Finding, Severity, Suppressed } from '../lint/finding.ts';
import type { Range } from '../text/position.ts';

/** What `check --format json` prints. `version` changes when a field changes its meaning or goes. */
export interface JsonReport {
  readonly version: 1;
  readonly files: readonly JsonFile[];
}

export interface JsonFile {
  readonly path: string;
  readonly findings: readonly JsonFinding[];
  /** What comments of the file suppress and the configuration ignores; it does not count for the exit status. */
  readonly suppressed: readonly JsonSuppressed[];
}

/** Lines and characters count from 0, characters in UTF-16 code units, as in LSP. */
export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** JSON pointer of the value; empty for a problem of the syntax and for what is wrong with a suppression. */
  readonly pointer: string;
  readonly fixes: readonly { readonly title: string; readonly kind: string }[];
  readonly related: readonly { readonly message: string; readonly range: Range }[];
}

/** A finding that somebody accepted. */
export interface JsonSuppressed extends JsonFinding {
  readonly suppression: {
    /** As SARIF has it: by a comment of the file, or by the configuration. */
    readonly kind: 'inSource' | 'external';
    /** Why; empty where nothing is said. */
    readonly reason: string;
    /** The comment; absent where the configuration says so. */
    readonly range?: Range;
  };
}

/** A checked file, under the path that is shown for it. */
export interface CheckedFile {
  readonly path: string;
  readonly analysis: Checked;
}

export function jsonReport(files: readonly CheckedFile[]): JsonReport {
  return {
    version: 1,
    files: files.map(({ path, analysis }) => ({
      path,
      findings: analysis.findings.map((finding) => jsonFinding(analysis, finding)),
      suppressed: analysis.suppressed.map((each) => jsonSuppressed(analysis, each)),
    })),
  };
}

function jsonSuppressed(analysis: Checked, { finding, reason = '', at }: Suppressed): JsonSuppressed {
  const { document } = analysis;
  const isComment = indexOfBlock(document, at.block) >= 0;
  return {
    ...jsonFinding(analysis, finding),
    suppression: isComment ? { kind: 'inSource', reason, range: rangeOf(document, at) } : { kind: 'external', reason },
  };
}

/** One finding as `check --format json` prints it. */
export function jsonFinding({ document }: Pick<Checked, 'document'>, finding: Finding): JsonFinding {
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
