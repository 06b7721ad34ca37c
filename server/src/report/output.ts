import type { Severity } from '../lint/finding.ts';
import type { Rule } from '../lint/rule.ts';
import { compactReport } from './compact.ts';
import { githubReport } from './github.ts';
import { gitlabReport } from './gitlab.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { prettyReport } from './pretty.ts';
import type { CheckedFile } from './reported.ts';
import { sarifReport } from './sarif.ts';

/** What a report is made of, besides the files. */
export interface ReportOptions {
  readonly colour: boolean;
  readonly rules: readonly Rule[];
  /** Of this tool. */
  readonly version: string;
  /** From which severity on a finding counts as failed where a form knows nothing between; undefined: none does. */
  readonly failOn: Severity | undefined;
}

type Report = (files: readonly CheckedFile[], options: ReportOptions) => Iterable<string>;

/** The forms of a report, by the name that `--format` takes. Each ends with a line break. */
export const reports = {
  pretty: (files, { colour }) => prettyReport(files, colour),
  compact: compactReport,
  json: (files) => [`${JSON.stringify(jsonReport(files), null, 2)}\n`],
  sarif: (files, { rules, version }) => [`${JSON.stringify(sarifReport(files, rules, version), null, 2)}\n`],
  github: githubReport,
  gitlab: (files) => [`${JSON.stringify(gitlabReport(files), null, 2)}\n`],
  junit: junitReport,
  markdown: markdownReport,
} satisfies Readonly<Record<string, Report>>;

export type ReportFormat = keyof typeof reports;

export const reportFormats = Object.keys(reports) as readonly ReportFormat[];
