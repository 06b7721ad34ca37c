import type { Severity } from '../lint/finding.ts';
import { visible, visibleInPlace } from '../text/visible.ts';
import { regionOf } from './place.ts';
import type { CheckedFile, Reported } from './reported.ts';

/** As a terminal calls a severity, the worst first. */
export const severityNames: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
  hint: 'hint',
};
const colours: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 34, hint: 36 };

/** Findings for people at a terminal: the place, the message, the line with the value underlined, and the way out. */
export function* prettyReport(files: readonly CheckedFile[], colour: boolean): Iterable<string> {
  for (const { path, findings } of files) yield* prettyFindings(path, findings, colour);
  yield `${summary(files)}\n`;
}

/** As `prettyReport`, of one file and without a summary. */
export function* prettyFindings(path: string, findings: readonly Reported[], colour: boolean): Iterable<string> {
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const name = visible(path);
  for (const finding of findings) {
    const { line, column } = regionOf(finding.range);
    const inColour = (text: string): string => paint(colours[finding.severity], text);
    const place = paint(1, `${name}:${line}:${column}`);
    const head = `${place}: ${inColour(severityNames[finding.severity])}: ${visible(finding.message)}`;
    const parts = [
      `${head} ${paint(2, `[${finding.rule}]`)}`,
      ...underlined(finding, inColour),
      ...finding.related.map(({ message, range }) => `    note: ${visible(message)} (${name}:${range.start.line + 1})`),
      ...finding.fixes.map(({ title, kind }) => `    fix: ${visible(title)}${kind === 'safe' ? '' : ' (suggested)'}`),
    ];
    yield `${parts.join('\n')}\n\n`;
  }
}

/** The line, or what is around the range where it is long, and the range marked below. */
function underlined({ range, excerpt }: Reported, paint: (text: string) => string): readonly string[] {
  const { start, end } = range;
  const { text, before, isCut } = excerpt;
  if (text.includes('\0')) return [];
  const number = String(start.line + 1);
  const margin = ' '.repeat(number.length);
  const [left, right] = [before > 0 ? '…' : '', isCut ? '…' : ''];
  const last = before + text.length;
  const stop = end.line === start.line ? Math.min(end.character, last) : last;
  const indent = ' '.repeat(left.length + start.character - before);
  const carets = '^'.repeat(Math.max(stop - start.character, 1));
  return [`  ${number} | ${left}${visibleInPlace(text)}${right}`, `  ${margin} | ${indent}${paint(carets)}`];
}

/** `3 files checked: 2 errors, 1 warning`. */
export function summary(files: readonly CheckedFile[]): string {
  const count = (severity: Severity): number =>
    files.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.severity === severity).length, 0);
  const told = (['error', 'warning', 'information', 'hint'] as const)
    .map((severity) => ({ severity, number: count(severity) }))
    .filter(({ number }) => number > 0)
    .map(
      ({ severity, number }) =>
        `${number} ${severityNames[severity]}${number === 1 || severity === 'information' ? '' : 's'}`,
    );
  const checked = `${files.length} file${files.length === 1 ? '' : 's'} checked`;
  const suppressed = files.reduce((sum, file) => sum + file.suppressed.length, 0);
  const left = suppressed === 0 ? '' : `; ${suppressed} suppressed`;
  return `${checked}${told.length === 0 ? ', nothing found' : `: ${told.join(', ')}`}${left}`;
}
