import { visible } from '../text/visible.ts';
import { placed } from './place.ts';
import { severityNames } from './pretty.ts';
import type { CheckedFile } from './reported.ts';

/** One line for each finding, as problem matchers and `grep` want it: `file:line:column: severity: message [rule]`. */
export function* compactReport(files: readonly CheckedFile[]): Iterable<string> {
  for (const { path, finding, line, column } of placed(files)) {
    const { severity, message, rule } = finding;
    yield `${visible(path)}:${line}:${column}: ${severityNames[severity]}: ${visible(message)} [${rule}]\n`;
  }
}
