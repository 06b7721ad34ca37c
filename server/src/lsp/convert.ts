import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import { rangeBetween, rangeOf } from '../document/places.ts';
import { fixAll, type QuickFix } from '../ide/quick-fixes.ts';
import type { Checked, Finding, Severity } from '../lint/finding.ts';
import type { Edit } from '../text/position.ts';
import type { OpenConfiguration } from './open-configurations.ts';
import type { OpenFile } from './open-files.ts';
import type { RecordOffer } from './platform.ts';

/** What stands as `source` of every diagnostic. */
export const source = 'farm-email';

/** Fix all of this product alone, so that other extensions' fixes stay out. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.farm-email`;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What both kinds of open files have. */
export type OpenText = OpenFile | OpenConfiguration;

/** @param further Findings that are not of the text alone: those of a test. */
export function diagnosticsOf(
  { uri, analysis }: Pick<OpenText, 'uri' | 'analysis'>,
  further: readonly Finding[] = [],
): Diagnostic[] {
  return [...analysis.findings, ...further].map((finding) => diagnosticOf(uri, analysis, finding));
}

function diagnosticOf(uri: string, { document }: Checked, finding: Finding): Diagnostic {
  const { rule, severity, message, at, related } = finding;
  const diagnostic: Diagnostic = {
    range: rangeOf(document, at),
    severity: severities[severity],
    code: rule,
    source,
    message,
  };
  if (related.length > 0) {
    diagnostic.relatedInformation = related.map((place) => ({
      location: { uri, range: rangeOf(document, place.at) },
      message: place.message,
    }));
  }
  return diagnostic;
}

export function quickFixAction(file: OpenText, { title, findings, safe, edits }: QuickFix): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    isPreferred: safe,
    diagnostics: findings.map((finding) => diagnosticOf(file.uri, file.analysis, finding)),
    edit: workspaceEdit(file, edits),
  };
}

/** A way to write something down, which is no fix of a finding. */
export function recordAction(file: OpenFile, { title, edits }: RecordOffer): CodeAction {
  return { title, kind: CodeActionKind.QuickFix, edit: workspaceEdit(file, edits) };
}

/** Undefined where no finding has a safe fix. */
export function fixAllAction(file: OpenText): CodeAction | undefined {
  const edits = fixAll(file.analysis);
  if (edits.length === 0) return undefined;
  return { title: 'Apply all safe Farm Email fixes', kind: fixAllKind, edit: workspaceEdit(file, edits) };
}

export function workspaceEdit({ uri, version, analysis }: OpenText, edits: readonly Edit[]): WorkspaceEdit {
  const textEdits = edits.map(
    ({ start, end, text }): TextEdit => ({ range: rangeBetween(analysis.document, { start, end }), newText: text }),
  );
  return { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] };
}
