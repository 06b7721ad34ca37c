import { visible } from '../text/visible.ts';
import type { ReportOptions } from './output.ts';
import { isAtLeast, placeOf } from './place.ts';
import { severityNames } from './pretty.ts';
import type { CheckedFile } from './reported.ts';

/**
 * JUnit's XML, as test reports of Azure Pipelines, Jenkins and GitLab read it: a test suite for each file, a test case for
 * each finding. A finding at or above `--fail-on` is a failure; another one passes, and says what was found. A file
 * without findings is one test case that passed.
 */
export function* junitReport(files: readonly CheckedFile[], { failOn }: ReportOptions): Iterable<string> {
  const failed = files.reduce((sum, file) => sum + failuresOf(file, failOn), 0);
  const tests = files.reduce((sum, { findings }) => sum + Math.max(findings.length, 1), 0);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="farm-email" tests="${tests}" failures="${failed}">\n`;
  for (const file of files) yield* suite(file, failOn);
  yield '</testsuites>\n';
}

function failuresOf({ findings }: CheckedFile, failOn: ReportOptions['failOn']): number {
  return findings.filter(({ severity }) => isAtLeast(severity, failOn)).length;
}

function* suite(file: CheckedFile, failOn: ReportOptions['failOn']): Iterable<string> {
  const { path, findings } = file;
  const name = escaped(path);
  yield `  <testsuite name="${name}" tests="${Math.max(findings.length, 1)}" failures="${failuresOf(file, failOn)}">\n`;
  if (findings.length === 0) yield `    <testcase name="nothing found" classname="${name}"/>\n`;
  for (const finding of findings) {
    const { line, column } = placeOf(path, finding);
    const message = escaped(finding.message);
    const place = `${name}:${line}:${column}`;
    const told = `${place}: ${severityNames[finding.severity]}: ${message} [${finding.rule}]`;
    const result = isAtLeast(finding.severity, failOn)
      ? `<failure type="${severityNames[finding.severity]}" message="${message}">${told}</failure>`
      : `<system-out>${told}</system-out>`;
    yield `    <testcase name="${finding.rule} (${line}:${column})" classname="${name}" file="${name}" line="${line}">${result}</testcase>\n`;
  }
  yield '  </testsuite>\n';
}

/** XML 1.0 has no place for control characters: they are made visible. */
function escaped(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
