import { type Document, textOf } from '../document/document.ts';
import { identityOf, indexOfBlock, pointerOf, rangeBetween, rangeOf } from '../document/places.ts';
import { offersOf } from '../lint/apply.ts';
import type { Checked, Finding, Suppressed } from '../lint/finding.ts';
import type { Range } from '../text/position.ts';

/** A checked file under the path that is shown for it. It holds nothing of the document: that is let go file by file. */
export interface CheckedFile {
  readonly path: string;
  /** In file order. */
  readonly findings: readonly Reported[];
  /** What somebody accepted, in file order; what a baseline accepts behind the rest. */
  readonly suppressed: readonly ReportedSuppressed[];
}

/** A finding as it is reported. Lines and characters count from 0, characters in UTF-16 code units, as in LSP. */
export interface Reported extends Pick<Finding, 'rule' | 'severity' | 'message'> {
  readonly range: Range;
  /** JSON pointer of the value; empty for a problem of the syntax and for what is wrong with a suppression. */
  readonly pointer: string;
  /** As the pointer, with the items of lists under their names: it stays while others come and go. */
  readonly identity: string;
  readonly fixes: readonly ReportedFix[];
  readonly related: readonly { readonly message: string; readonly range: Range }[];
  readonly excerpt: Excerpt;
}

export interface ReportedFix {
  readonly title: string;
  readonly kind: 'safe' | 'suggested';
  readonly edits: readonly { readonly range: Range; readonly text: string }[];
}

/** What is around the beginning of a finding in its line. */
export interface Excerpt {
  readonly text: string;
  /** The characters of the line before the text, and whether there are more behind it. */
  readonly before: number;
  readonly isCut: boolean;
}

export interface Suppression {
  /** As SARIF has it: by a comment of the file; or from outside, by the configuration or a baseline. */
  readonly kind: 'inSource' | 'external';
  /** Why; empty where nothing is said. */
  readonly reason: string;
  /** The comment; absent where something outside says so. */
  readonly range?: Range;
}

export interface ReportedSuppressed extends Reported {
  readonly suppression: Suppression;
}

/** Most characters of a line that are shown; a file may be one line of megabytes. */
const excerptLength = 160;

export function checkedFile(path: string, { document, findings, suppressed }: Checked): CheckedFile {
  const lines = linesOf(document);
  // A part of a string keeps all of it in memory; a clone does not.
  return structuredClone({
    path,
    findings: findings.map((finding) => reported(document, lines, finding)),
    suppressed: suppressed.map((each) => ({
      ...reported(document, lines, each.finding),
      suppression: suppressionOf(document, each),
    })),
  });
}

export function reportedFindings(document: Document, findings: readonly Finding[]): readonly Reported[] {
  const lines = linesOf(document);
  return findings.map((finding) => reported(document, lines, finding));
}

function suppressionOf(document: Document, { reason = '', at }: Suppressed): Suppression {
  return indexOfBlock(document, at.block) >= 0
    ? { kind: 'inSource', reason, range: rangeOf(document, at) }
    : { kind: 'external', reason };
}

function reported(document: Document, lines: readonly string[], finding: Finding): Reported {
  const { rule, severity, message, at, node, related } = finding;
  const range = rangeOf(document, at);
  return {
    rule,
    severity,
    message,
    range,
    pointer: node === undefined ? '' : pointerOf(document, node),
    identity: node === undefined ? '' : identityOf(document, node),
    fixes: offersOf(document, finding).map(({ title, kind, edits }) => ({
      title,
      kind,
      edits: edits.map((edit) => ({ range: rangeBetween(document, edit), text: edit.text })),
    })),
    related: related.map((place) => ({ message: place.message, range: rangeOf(document, place.at) })),
    excerpt: excerptOf(lines, range),
  };
}

function linesOf(document: Document): readonly string[] {
  return textOf(document).split(/\r\n|\r|\n/);
}

function excerptOf(lines: readonly string[], { start }: Range): Excerpt {
  const line = lines[start.line] ?? '';
  const before = Math.max(0, Math.min(start.character - Math.floor(excerptLength / 4), line.length - excerptLength));
  const end = before + excerptLength;
  return { text: line.slice(before, end), before, isCut: end < line.length };
}
