import type { CheckedFile, Reported, Suppression } from './reported.ts';

/** What `check --format json` prints. `version` changes when a field changes its meaning or goes. */
export interface JsonReport {
  readonly version: 1;
  readonly files: readonly JsonFile[];
}

export interface JsonFile {
  readonly path: string;
  readonly findings: readonly JsonFinding[];
  /** What comments of the file suppress, the configuration ignores or a baseline holds; it does not count for the exit status. */
  readonly suppressed: readonly JsonSuppressed[];
}

/** Lines and characters count from 0, characters in UTF-16 code units, as in LSP. */
export interface JsonFinding extends Pick<Reported, 'rule' | 'severity' | 'message' | 'range' | 'pointer' | 'related'> {
  readonly fixes: readonly { readonly title: string; readonly kind: string }[];
}

/** A finding that somebody accepted. */
export interface JsonSuppressed extends JsonFinding {
  readonly suppression: Suppression;
}

export function jsonReport(files: readonly CheckedFile[]): JsonReport {
  return {
    version: 1,
    files: files.map(({ path, findings, suppressed }) => ({
      path,
      findings: findings.map(jsonFinding),
      suppressed: suppressed.map((each) => ({ ...jsonFinding(each), suppression: each.suppression })),
    })),
  };
}

/** One finding as `check --format json` prints it. */
export function jsonFinding({ rule, severity, message, range, pointer, fixes, related }: Reported): JsonFinding {
  return { rule, severity, message, range, pointer, fixes: fixes.map(({ title, kind }) => ({ title, kind })), related };
}
