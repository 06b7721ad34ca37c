import type { Document } from '../document/document.ts';
import type { Node } from '../document/node.ts';
import { builtInOnly, type Placeholders } from '../document/placeholder.ts';
import { pointerOf } from '../document/places.ts';
import type { Finding, Severity, Suppressed } from './finding.ts';
import { type Glob, matchesGlob } from './glob.ts';
import type { Rule } from './rule.ts';

/** What people decided about findings, as far as it concerns one file. One object as long as nothing in it changes. */
export interface Configuration {
  /** By the id of a rule; a rule that is off does not run. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly ignores: readonly Ignore[];
  readonly placeholders: Placeholders;
}

/** Findings that are accepted. */
export interface Ignore {
  /** Relative to the folder of the configuration; undefined for every file. */
  readonly files: Glob | undefined;
  /** JSON pointer of a value; it covers what lies below it. Undefined for the whole file. */
  readonly pointer: string | undefined;
  /** Ids of rules, and `schema/…`. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** Where it is written, in the configuration's own document. */
  readonly node: Node;
}

export const noConfiguration: Configuration = { severities: new Map(), ignores: [], placeholders: builtInOnly };

/**
 * What of a configuration concerns one file. `path` is the file's, relative to the folder of the configuration;
 * undefined for a file outside it, which no glob means.
 */
export function configurationFor(configuration: Configuration, path: string | undefined): Configuration {
  const { ignores } = configuration;
  const own = ignores.filter(({ files }) => files === undefined || (path !== undefined && matchesGlob(files, path)));
  return own.length === ignores.length ? configuration : { ...configuration, ignores: own };
}

/** True where two configurations say the same of a file, as far as they were read from the same text. */
export function sameConfiguration(a: Configuration, b: Configuration): boolean {
  const sameIgnores = a.ignores.length === b.ignores.length && a.ignores.every((each, i) => each === b.ignores[i]);
  return sameIgnores && a.severities === b.severities && a.placeholders === b.placeholders;
}

const inForce = new WeakMap<
  Configuration['severities'],
  { readonly all: readonly Rule[]; readonly on: readonly Rule[] }
>();

/** The rules that are not off: the same list as long as neither the rules nor the configuration change. */
export function rulesInForce(rules: readonly Rule[], { severities }: Configuration): readonly Rule[] {
  if (severities.size === 0) return rules;
  let known = inForce.get(severities);
  if (known?.all !== rules) {
    known = { all: rules, on: rules.filter(({ id }) => severities.get(id) !== 'off') };
    inForce.set(severities, known);
  }
  return known.on;
}

/** The findings as they are configured, and those that are ignored. What the reader says of the syntax stays. */
export function configured(
  document: Document,
  findings: readonly Finding[],
  { severities, ignores }: Configuration,
): { readonly findings: readonly Finding[]; readonly suppressed: readonly Suppressed[] } {
  if (severities.size === 0 && ignores.length === 0) return { findings, suppressed: [] };
  const index = indexOf(ignores);
  const shown: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const found of findings) {
    const severity = severities.get(found.rule);
    const finding =
      severity === undefined || severity === 'off' || severity === found.severity ? found : { ...found, severity };
    const [ignore, ...others] = ignores.length === 0 ? [] : ignoresOf(document, finding, index);
    if (ignore === undefined) shown.push(finding);
    else suppressed.push({ finding, reason: ignore.reason, at: ignore.node, also: others.map(({ node }) => node) });
  }
  return { findings: shown, suppressed };
}

/** True for a rule that says less here than elsewhere, because it is off or ignored in places. */
export function isConfigured(id: string, { severities, ignores }: Configuration): boolean {
  return severities.get(id) === 'off' || ignores.some(({ rules }) => rules.includes(id));
}

/** The entries by rule and pointer; the empty pointer is the whole file. */
type Index = ReadonlyMap<string, ReadonlyMap<string, Ignore>>;

function indexOf(ignores: readonly Ignore[]): Index {
  const index = new Map<string, Map<string, Ignore>>();
  for (const ignore of ignores) {
    for (const rule of ignore.rules) {
      const byPointer = index.get(rule) ?? new Map<string, Ignore>();
      index.set(rule, byPointer);
      const { pointer = '' } = ignore;
      if (!byPointer.has(pointer)) byPointer.set(pointer, ignore);
    }
  }
  return index;
}

/** What an alias repeats is one finding: it is ignored where each of its places is. */
function ignoresOf(document: Document, { rule, node, copies = [] }: Finding, index: Index): readonly Ignore[] {
  const byPointer = index.get(rule);
  if (byPointer === undefined || node === undefined) return [];
  const found = [node, ...copies].map((each) => nearestIgnore(byPointer, pointerOf(document, each)));
  return found.every((each) => each !== undefined) ? found : [];
}

function nearestIgnore(byPointer: ReadonlyMap<string, Ignore>, pointer: string): Ignore | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const ignore = byPointer.get(at);
    if (ignore !== undefined || at === '') return ignore;
  }
}
