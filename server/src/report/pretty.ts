import { textOf } from '../document/document.ts';
import { rangeOf } from '../document/places.ts';
import type { Finding, Severity } from '../lint/finding.ts';
import type { Range } from '../text/position.ts';
import type { CheckedFile } from './json.ts';

const names: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
  hint: 'hint',
};
const colours: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 34, hint: 36 };

/** Findings for people at a terminal: the place, the message, the line with the value underlined, and the way out. */
export function prettyReport(files: readonly CheckedFile[], colour: boolean): string {
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const parts: string[] = [];
  for (const { path, analysis } of files) {
    if (analysis.findings.length === 0) continue;
    const lines = textOf(analysis.document).split(/\r\n|\r|\n/);
    for (const finding of analysis.findings) {
      const range = rangeOf(analysis.document, finding.at);
      const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
      const head = `${paint(colours[finding.severity], names[finding.severity])}: ${finding.message}`;
      parts.push(`${paint(1, place)}: ${head} ${paint(2, `[${finding.rule}]`)}`);
      parts.push(...underlined(lines[range.start.line] ?? '', range, (text) => paint(colours[finding.severity], text)));
      parts.push(
        ...notes(finding, (at) => place.replace(/:\d+:\d+$/, `:${rangeOf(analysis.document, at).start.line + 1}`)),
        '',
      );
    }
  }
  parts.push(summary(files));
  return `${parts.join('\n')}\n`;
}

function underlined(line: string, { start, end }: Range, paint: (text: string) => string): readonly string[] {
  const source = visible(line);
  const number = String(start.line + 1);
  const stop = end.line === start.line ? end.character : line.length;
  const length = Math.max(stop - start.character, 1);
  const margin = ' '.repeat(number.length);
  const indent = source.slice(0, start.character).replace(/[^\t]/g, ' ');
  return [`  ${number} | ${source}`, `  ${margin} | ${indent}${paint('^'.repeat(length))}`];
}

/** A file is somebody else's text; its control characters must not reach the terminal. */
function visible(text: string): string {
  return text.replace(/[^\t\P{Cc}]|\p{Cf}/gu, '\u00b7');
}

function notes({ fixes, related }: Finding, lineOf: (at: Finding['at']) => string): readonly string[] {
  return [
    ...related.map(({ message, at }) => `    note: ${visible(message)} (${lineOf(at)})`),
    ...fixes.map(({ title, kind }) => `    fix: ${visible(title)}${kind === 'safe' ? '' : ' (suggested)'}`),
  ];
}

function summary(files: readonly CheckedFile[]): string {
  const count = (severity: Severity): number =>
    files.reduce(
      (sum, { analysis }) => sum + analysis.findings.filter((finding) => finding.severity === severity).length,
      0,
    );
  const told = (['error', 'warning', 'information', 'hint'] as const)
    .map((severity) => ({ severity, number: count(severity) }))
    .filter(({ number }) => number > 0)
    .map(
      ({ severity, number }) => `${number} ${names[severity]}${number === 1 || severity === 'information' ? '' : 's'}`,
    );
  const checked = `${files.length} file${files.length === 1 ? '' : 's'} checked`;
  return told.length === 0 ? `${checked}, nothing found` : `${checked}: ${told.join(', ')}`;
}
