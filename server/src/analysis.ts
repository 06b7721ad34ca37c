import { type Document, editDocument, readDocument, textOf } from './document/document.ts';
import type { Format } from './document/split.ts';
import { safeEdits } from './lint/apply.ts';
import { type Configuration, configured, isConfigured, noConfiguration, rulesInForce } from './lint/configuration.ts';
import { type Lint, lint } from './lint/engine.ts';
import { inFileOrder, suppressedInFileOrder } from './lint/file-order.ts';
import { type Checked, schemaFinding, syntaxFinding } from './lint/finding.ts';
import type { Knowledge } from './lint/rule.ts';
import { type Suppressions, suppress } from './lint/suppressions.ts';
import { rules } from './rules/registry.ts';
import { schemaCodes } from './schema/problem.ts';
import { type Validation, validate } from './schema/validate.ts';
import { farmSettings, webApplicationSettings } from './settings/effective.ts';
import type { EffectiveSettings, FarmEmail } from './settings/model.ts';
import { readSettings } from './settings/read.ts';
import { applyEdits, type Edit } from './text/position.ts';

/** Everything derived from one text. Immutable; an edit gives another one, which shares what the edit did not touch. */
export interface Analysis extends Checked {
  readonly kind: 'farmEmail';
  readonly settings: FarmEmail;
  readonly surroundings: Surroundings;
  /** What was found where, to be used again after an edit. */
  readonly parts: { readonly schema: Validation; readonly rules: Lint; readonly suppressions: Suppressions };
}

/** What is known besides the text. One object as long as nothing in it changes. */
export interface Surroundings extends Knowledge {
  readonly configuration: Configuration;
}

export const noSurroundings: Surroundings = {
  certificate: () => undefined,
  today: undefined,
  configuration: noConfiguration,
};

/** Reads a text and finds everything there is to find. Never throws, whatever the text. */
export function analyse(format: Format, text: string, surroundings: Surroundings): Analysis {
  return derive(readDocument(format, text, surroundings.configuration.placeholders), surroundings, undefined);
}

/** The analysis after a row of edits, each of which is placed in what the edits before it left. */
export function analyseEdits(
  analysis: Analysis,
  edits: readonly ((document: Document) => Edit)[],
  surroundings: Surroundings,
): Analysis {
  let { document } = analysis;
  if (document.placeholders !== surroundings.configuration.placeholders) {
    return analyseEdits(analyseAgain(analysis, surroundings), edits, surroundings);
  }
  for (const edit of edits) document = editDocument(document, edit(document));
  return derive(document, surroundings, analysis);
}

/** The analysis of the same text with other surroundings. */
export function analyseAgain(analysis: Analysis, surroundings: Surroundings): Analysis {
  const { document } = analysis;
  const isReadAlike = document.placeholders === surroundings.configuration.placeholders;
  return isReadAlike
    ? derive(document, surroundings, analysis)
    : analyse(document.format, textOf(document), surroundings);
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
  const syntax = document.problems.map(syntaxFinding);
  const schema = validate(document, previous?.parts.schema);
  const shape = schema.problems.map(schemaFinding);
  const { configuration } = surroundings;
  const inForce = rulesInForce(rules, configuration);
  const meaning = lint(inForce, document, settings, surroundings, previous?.parts.rules);
  const found = inFileOrder(document, [...syntax, ...shape, ...meaning.findings]);
  const { findings: left, suppressed: ignored } = configured(document, found, configuration);
  const isInDoubt = (id: string): boolean =>
    isConfigured(id, configuration) || dependsOnUnread(id, settings, surroundings);
  const suppressions = suppress(document, left, { known: ignorableIds, isInDoubt }, previous?.parts.suppressions);
  const findings = suppressions.findings === left ? left : inFileOrder(document, suppressions.findings);
  const suppressed = suppressedInFileOrder(document, ignored, suppressions.suppressed);
  const parts = { schema, rules: meaning, suppressions };
  return { kind: 'farmEmail', document, settings, findings, suppressed, surroundings, parts };
}

/** Ids of the findings that can be accepted, by a comment or by the configuration. */
export const ignorableIds: ReadonlySet<string> = new Set([
  ...rules.map(({ id }) => id),
  ...schemaCodes.map((code) => `schema/${code}`),
]);

/** True for a rule that may have more to say elsewhere: one of certificates, where a file could not be read here. */
export function isInDoubt({ settings, surroundings }: Analysis, rule: string): boolean {
  return dependsOnUnread(rule, settings, surroundings);
}

function dependsOnUnread(rule: string, { common }: FarmEmail, { certificate }: Surroundings): boolean {
  if (!/(?:^|-)cert(?:ificate)?(?:-|$)/.test(rule)) return false;
  return common.certificates.some((each) => each.path !== undefined && certificate(each)?.kind !== 'read');
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
