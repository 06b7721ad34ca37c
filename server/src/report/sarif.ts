import type { Rule } from '../lint/rule.ts';
import { visible } from '../text/visible.ts';
import { fingerprints, levels, type Placed, placed, placeOf, type Region, regionOf, urlOf } from './place.ts';
import type { CheckedFile } from './reported.ts';
import { rulePage } from './rule-page.ts';

/** Results that GitHub's code scanning takes of one run. */
const mostResults = 25_000;

/** Places besides its own that code scanning takes of one result. */
const mostRelated = 1000;

/** A finding, or one that somebody accepted and why. */
interface Result extends Placed {
  readonly suppression?: { readonly kind: 'inSource' | 'external'; readonly justification?: string };
}

/**
 * SARIF 2.1.0, within the limits of GitHub's code scanning. Columns are UTF-16 code units; artifacts are relative to the
 * folder that was checked from. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(files: readonly CheckedFile[], rules: readonly Rule[], version: string): object {
  const all = [...placed(files), ...files.flatMap(suppressedOf)];
  const results = all.slice(0, mostResults);
  const names = fingerprints(results);
  const ids = [...new Set(results.map(({ finding }) => finding.rule))].sort();
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const left = all.length - results.length;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'farm-email', version, rules: ids.map((id) => descriptor(id, known.get(id))) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          { executionSuccessful: true, ...(left === 0 ? {} : { toolExecutionNotifications: [tooMany(left)] }) },
        ],
        results: results.map((result, i) => resultOf(result, ids.indexOf(result.finding.rule), names[i] ?? '')),
      },
    ],
  };
}

function tooMany(left: number): object {
  return {
    level: 'warning',
    message: { text: `${left} more findings are left out: code scanning takes ${mostResults}.` },
  };
}

function suppressedOf({ path, suppressed }: CheckedFile): readonly Result[] {
  return suppressed.map((finding) => {
    const { kind, reason } = finding.suppression;
    const justification = reason === '' ? {} : { justification: visible(reason) };
    return { ...placeOf(path, finding), suppression: { kind, ...justification } };
  });
}

const families: Readonly<Record<string, string>> = {
  syntax: 'The file is not valid YAML or JSON, or not a farm-email file at all',
  schema: 'The schema of farm-email files does not allow this',
  suppression: 'A comment that suppresses findings is not right',
  configuration: 'The configuration of Farm Email is not right',
};

function descriptor(id: string, rule: Rule | undefined): object {
  const tags = ['sharepoint', 'email', 'configuration'];
  if (rule === undefined) {
    const text = families[id.split('/')[0] ?? ''] ?? id;
    const described = { text: `${text}.` };
    return {
      id,
      shortDescription: described,
      fullDescription: described,
      help: described,
      defaultConfiguration: { level: 'error' },
      properties: { tags, precision: 'very-high', 'problem.severity': 'error' },
    };
  }
  const page = rulePage(rule);
  const level = levels[rule.severity];
  return {
    id,
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: firstParagraph(rule) },
    help: { text: page, markdown: page },
    helpUri: rule.sources[0].url,
    defaultConfiguration: { level },
    properties: { tags, precision: 'high', 'problem.severity': level === 'note' ? 'recommendation' : level },
  };
}

function firstParagraph({ title, docs }: Rule): string {
  const [, text] = /## What it reports\s+(.+?)(?:\n\n|$)/s.exec(docs) ?? [];
  return text?.replaceAll('\n', ' ').trim() ?? `${title}.`;
}

function resultOf(result: Result, ruleIndex: number, fingerprint: string): object {
  const { path, finding, suppression } = result;
  const related = finding.related.slice(0, mostRelated);
  const fixes = finding.fixes.map(({ title, edits }) => ({
    description: { text: visible(title) },
    artifactChanges: [
      {
        artifactLocation: { uri: urlOf(path) },
        replacements: edits.map(({ range, text }) => ({
          deletedRegion: region(regionOf(range)),
          insertedContent: { text },
        })),
      },
    ],
  }));
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: plain(finding.message) },
    locations: [{ physicalLocation: physical(path, result) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map(({ message, range }, id) => ({
            id,
            physicalLocation: physical(path, regionOf(range)),
            message: { text: plain(message) },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes }),
    ...(suppression === undefined ? {} : { suppressions: [suppression] }),
    partialFingerprints: { 'farmEmail/v1': fingerprint },
  };
}

/** In a message `[text](place)` is a link: what a file says is none. */
function plain(text: string): string {
  return visible(text).replaceAll('](', '] (');
}

function physical(path: string, at: Region): object {
  return { artifactLocation: { uri: urlOf(path) }, region: region(at) };
}

function region({ line, column, endLine, endColumn }: Region): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
