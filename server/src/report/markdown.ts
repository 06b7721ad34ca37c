import { visible } from '../text/visible.ts';
import { placed, severities } from './place.ts';
import { severityNames, summary } from './pretty.ts';
import type { CheckedFile } from './reported.ts';

/** Rows of the table: a job summary of GitHub holds 1 MB, and nobody reads more. */
const most = 500;

/** A table of the findings, errors first, for job summaries, merge requests and tickets. What a file says is no markup. */
export function* markdownReport(files: readonly CheckedFile[]): Iterable<string> {
  yield `## Farm Email\n\n${plain(summary(files))}.\n`;
  const all = placed(files).toSorted(
    (a, b) => severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity),
  );
  if (all.length === 0) return;
  yield '\n| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n';
  for (const { path, finding, line, column } of all.slice(0, most)) {
    const place = code(`${path}:${line}:${column}`);
    yield `| ${severityNames[finding.severity]} | ${place} | ${plain(finding.message)} | ${code(finding.rule)} |\n`;
  }
  if (all.length > most) yield `\nand ${all.length - most} more.\n`;
}

function plain(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>|#~&@]/g, (character) => `&#${character.codePointAt(0)};`);
}

function code(text: string): string {
  return `<code>${plain(text)}</code>`;
}
