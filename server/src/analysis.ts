import { type Document, editDocument, readDocument, textOf } from './document/document.ts';
import type { Format } from './document/split.ts';
import { safeEdits } from './lint/apply.ts';
import { type Lint, lint } from './lint/engine.ts';
import type { Finding } from './lint/finding.ts';
import type { Knowledge } from './lint/rule.ts';
import { type Suppressed, type Suppressions, suppress } from './lint/suppressions.ts';
import { rules } from './rules/registry.ts';
import { schemaCodes } from './schema/problem.ts';
import { type Validation, validate } from './schema/validate.ts';
import { farmSettings, webApplicationSettings } from './settings/effective.ts';
import type { EffectiveSettings, FarmEmail } from './settings/model.ts';
import { readSettings } from './settings/read.ts';
import { applyEdits, type Edit } from './text/position.ts';

/** Everything derived from one text. Immutable; an edit gives another one, which shares what the edit did not touch. */
export interface Analysis {
  readonly document: Document;
  readonly settings: FarmEmail;
  /** In file order. */
  readonly findings: readonly Finding[];
  /** What comments of the file suppress, in file order. */
  readonly suppressed: readonly Suppressed[];
  readonly surroundings: Surroundings;
  /** What was found where, to be used again after an edit. */
  readonly parts: { readonly schema: Validation; readonly rules: Lint; readonly suppressions: Suppressions };
}

/** What is known besides the text. One object as long as nothing in it changes. */
export type Surroundings = Knowledge;

export const noSurroundings: Surroundings = { certificate: () => undefined, today: undefined };

/** Reads a text and finds everything there is to find. Never throws, whatever the text. */
export function analyse(format: Format, text: string, surroundings: Surroundings): Analysis {
  return derive(readDocument(format, text), surroundings, undefined);
}

/** The analysis after a row of edits, each of which is placed in what the edits before it left. */
export function analyseEdits(
  analysis: Analysis,
  edits: readonly ((document: Document) => Edit)[],
  surroundings: Surroundings,
): Analysis {
  let { document } = analysis;
  for (const edit of edits) document = editDocument(document, edit(document));
  return derive(document, surroundings, analysis);
}

/** The analysis of the same text with other surroundings. */
export function analyseAgain(analysis: Analysis, surroundings: Surroundings): Analysis {
  return derive(analysis.document, surroundings, analysis);
}

/** The analysis of a file whose bytes are no UTF-8: one finding, and nothing of a text. */
export function analyseOtherEncoding(format: Format): Analysis {
  const refused = analyse(format, '\0', noSurroundings);
  const message = 'The file is not UTF-8; save it as UTF-8';
  return { ...refused, findings: refused.findings.map((finding) => ({ ...finding, message })) };
}

/** Rounds of safe fixes: what two fixes both touch, and what a fix brings to light, is left to the next one. */
const roundLimit = 5;

/** The analysis of the text with its safe fixes applied, until none changes anything. */
export function withSafeFixes(analysis: Analysis): Analysis {
  let fixed = analysis;
  for (let round = 0; round < roundLimit; round++) {
    const { document, findings, surroundings } = fixed;
    const before = textOf(document);
    const after = applyEdits(before, safeEdits(document, findings));
    if (after === before) break;
    fixed = analyse(document.format, after, surroundings);
  }
  return fixed;
}

function derive(document: Document, surroundings: Surroundings, previous: Analysis | undefined): Analysis {
  const settings = readSettings(document, previous?.settings);
  const syntax = document.problems.map(
    (problem): Finding => ({
      rule: `syntax/${problem.code}`,
      severity: 'error',
      message: problem.message,
      at: problem,
      node: undefined,
      fixes: [],
      related: [],
    }),
  );
  const schema = validate(document, previous?.parts.schema);
  const shape = schema.problems.map(
    ({ code, message, at, node, fix }): Finding => ({
      rule: `schema/${code}`,
      severity: 'error',
      message,
      at,
      node,
      fixes: fix === undefined ? [] : [fix],
      related: [],
    }),
  );
  const meaning = lint(rules, document, settings, surroundings, previous?.parts.rules);
  const found = inFileOrder(document, [...syntax, ...shape, ...meaning.findings]);
  const context = { known: suppressibleIds, isInDoubt: unreadCertificates(settings, surroundings) };
  const suppressions = suppress(document, found, context, previous?.parts.suppressions);
  const findings = suppressions.findings === found ? found : inFileOrder(document, suppressions.findings);
  const { suppressed } = suppressions;
  return { document, settings, findings, suppressed, surroundings, parts: { schema, rules: meaning, suppressions } };
}

const suppressibleIds: ReadonlySet<string> = new Set([
  ...rules.map(({ id }) => id),
  ...schemaCodes.map((code) => `schema/${code}`),
]);

/** Which rules may have more to say elsewhere: those of certificates, where a file could not be read here. */
function unreadCertificates({ common }: FarmEmail, { certificate }: Surroundings): (id: string) => boolean {
  const isUnread = (): boolean =>
    common.certificates.some((each) => each.path !== undefined && certificate(each)?.kind !== 'read');
  return (id) => /(?:^|-)cert(?:ificate)?(?:-|$)/.test(id) && isUnread();
}

/** By place; what an alias repeats stands once. */
function inFileOrder(document: Document, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const order = new Map(document.blocks.map((block, index) => [block, index]));
  const index = (finding: Finding): number => order.get(finding.at.block) ?? 0;
  const sorted = [...findings].sort(
    (a, b) =>
      index(a) - index(b) || a.at.start - b.at.start || compare(a.rule, b.rule) || compare(a.message, b.message),
  );
  const merged: Finding[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    if (last === undefined || !isSame(last, finding)) merged.push(finding);
    else
      merged[merged.length - 1] = {
        ...last,
        copies: [...(last.copies ?? []), ...(finding.node ? [finding.node] : [])],
      };
  }
  return merged;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isSame(a: Finding, b: Finding): boolean {
  const samePlace = a.at.block === b.at.block && a.at.start === b.at.start && a.at.end === b.at.end;
  return samePlace && a.rule === b.rule && a.message === b.message;
}

/** The settings in force for a scope: `/farm`, or `/webApplications/<index>`. Undefined where there is no such scope. */
export function settingsOf({ document, settings }: Analysis, scope: string): EffectiveSettings | undefined {
  if (scope === '/farm') return settings.common.farm === undefined ? undefined : farmSettings(settings);
  const index = /^\/webApplications\/(\d+)$/.exec(scope)?.[1];
  const { root } = document;
  const list =
    root.kind === 'mapping' ? root.pairs.find(({ key }) => key.value === 'webApplications')?.value : undefined;
  const node = index === undefined || list?.kind !== 'sequence' ? undefined : list.items[Number(index)];
  const webApplication = settings.webApplications.find((each) => each.node === node);
  return webApplication && webApplicationSettings(settings, webApplication);
}
