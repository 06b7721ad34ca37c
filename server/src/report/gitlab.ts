import type { Severity } from '../lint/finding.ts';
import { visible } from '../text/visible.ts';
import { fingerprints, placed } from './place.ts';
import type { CheckedFile } from './reported.ts';

/** One entry of GitLab's Code Quality report. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export interface GitlabFinding {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

const severities: Readonly<Record<Severity, GitlabFinding['severity']>> = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
};

export function gitlabReport(files: readonly CheckedFile[]): readonly GitlabFinding[] {
  const all = placed(files);
  const names = fingerprints(all);
  return all.map(({ path, finding, line, endLine }, i) => ({
    description: visible(finding.message),
    check_name: finding.rule,
    fingerprint: names[i] ?? '',
    severity: severities[finding.severity],
    location: { path: path.replaceAll('\\', '/').replace(/^\.\//, ''), lines: { begin: line, end: endLine } },
  }));
}
