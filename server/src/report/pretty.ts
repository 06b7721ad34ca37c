import { type Document, textOf } from '../document/document.ts';
import { rangeOf } from '../document/places.ts';
import { offersOf } from '../lint/apply.ts';
import type { Finding, Severity } from '../lint/finding.ts';
import type { Range } from '../text/position.ts';
import { visible, visibleInPlace } from '../text/visible.ts';
import type { CheckedFile } from './json.ts';

/** As a terminal calls a severity, the worst first. */
export const severityNames: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
  hint: 'hint',
};
const colours: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 34, hint: 36 };

/** Most characters of a line that are shown; a file may be one line of megabytes. */
const excerptLength = 160;

/** Findings for people at a terminal: the place, the message, the line with the value underlined, and the way out. */
export function* prettyReport(files: readonly CheckedFile[], colour: boolean): Iterable<string> {
  for (const { path, analysis } of files) yield* prettyFindings(path, analysis.document, analysis.findings, colour);
  yield `${summary(files)}\n`;
}

/** As `prettyReport`, of one file and without a summary. */
export function* prettyFindings(
  path: string,
  document: Document,
  findings: readonly Finding[],
  colour: boolean,
): Iterable<string> {
  if (findings.length === 0) return;
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines = textOf(document).split(/\r\n|\r|\n/);
  const name = visible(path);
  for (const finding of findings) {
    const { start, end } = rangeOf(document, finding.at);
    const inColour = (text: string): string => paint(colours[finding.severity], text);
    const place = `${name}:${start.line + 1}:${start.character + 1}`;
    const head = `${paint(1, place)}: ${inColour(severityNames[finding.severity])}: ${visible(finding.message)}`;
    const lineOf = (at: Finding['at']): string => `${name}:${rangeOf(document, at).start.line + 1}`;
    const parts = [
      `${head} ${paint(2, `[${finding.rule}]`)}`,
      ...underlined(lines[start.line] ?? '', { start, end }, inColour),
      ...notes(document, finding, lineOf),
    ];
    yield `${parts.join('\n')}\n\n`;
  }
}

/** The line, or what is around the range where it is long, and the range marked below. */
function underlined(line: string, { start, end }: Range, paint: (text: string) => string): readonly string[] {
  if (line.includes('\0')) return [];
  const number = String(start.line + 1);
  const margin = ' '.repeat(number.length);
  const before = Math.floor(excerptLength / 4);
  const from = Math.max(0, Math.min(start.character - before, line.length - excerptLength));
  const to = Math.min(from + excerptLength, line.length);
  const [left, right] = [from > 0 ? '…' : '', to < line.length ? '…' : ''];
  const stop = Math.min(end.line === start.line ? end.character : line.length, to);
  const indent = ' '.repeat(left.length + start.character - from);
  const carets = '^'.repeat(Math.max(stop - start.character, 1));
  return [
    `  ${number} | ${left}${visibleInPlace(line.slice(from, to))}${right}`,
    `  ${margin} | ${indent}${paint(carets)}`,
  ];
}

function notes(document: Document, finding: Finding, lineOf: (at: Finding['at']) => string): readonly string[] {
  return [
    ...finding.related.map(({ message, at }) => `    note: ${visible(message)} (${lineOf(at)})`),
    ...offersOf(document, finding).map(
      ({ title, kind }) => `    fix: ${visible(title)}${kind === 'safe' ? '' : ' (suggested)'}`,
    ),
  ];
}

/** `3 files checked: 2 errors, 1 warning`. */
export function summary(files: readonly CheckedFile[]): string {
  const count = (severity: Severity): number =>
    files.reduce(
      (sum, { analysis }) => sum + analysis.findings.filter((finding) => finding.severity === severity).length,
      0,
    );
  const told = (['error', 'warning', 'information', 'hint'] as const)
    .map((severity) => ({ severity, number: count(severity) }))
    .filter(({ number }) => number > 0)
    .map(
      ({ severity, number }) =>
        `${number} ${severityNames[severity]}${number === 1 || severity === 'information' ? '' : 's'}`,
    );
  const checked = `${files.length} file${files.length === 1 ? '' : 's'} checked`;
  const suppressed = files.reduce((sum, { analysis }) => sum + analysis.suppressed.length, 0);
  const left = suppressed === 0 ? '' : `; ${suppressed} suppressed`;
  return `${checked}${told.length === 0 ? ', nothing found' : `: ${told.join(', ')}`}${left}`;
}
