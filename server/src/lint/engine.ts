import type { Document } from '../document/document.ts';
import { type Node, placeOf, type Span } from '../document/node.ts';
import { farmSettings, nameOf, webApplicationSettings } from '../settings/effective.ts';
import type { Common, EffectiveSettings, FarmEmail, WebApplication } from '../settings/model.ts';
import { type Kept, keep } from '../text/kept.ts';
import type { Finding, Related } from './finding.ts';
import {
  type FileRule,
  type Knowledge,
  type Report,
  type Rule,
  type SettingsRule,
  statedOf,
  type Target,
} from './rule.ts';

/** How many related places a finding names at most; a farm's mistake may be inherited a thousand times. */
const relatedLimit = 20;

/** What the rules found, and what to use again after an edit. */
export interface Lint {
  readonly findings: readonly Finding[];
  readonly rules: readonly Rule[];
  readonly common: Common;
  readonly knowledge: Knowledge;
  readonly farm: readonly Finding[];
  readonly webApplications: Kept<WebApplication, readonly Finding[]>;
}

const none: readonly Finding[] = [];

/**
 * Runs the rules. The findings of a web application are kept as long as it, what it shares with the others and the
 * knowledge are the same objects, so that an edit costs the web application it touches.
 */
export function lint(
  rules: readonly Rule[],
  document: Document,
  file: FarmEmail,
  knowledge: Knowledge,
  before?: Lint,
): Lint {
  const { common } = file;
  const inForce = rulesFor(rules, common.farm?.version?.value);
  const isSame = before?.common === common && before.knowledge === knowledge && before.rules === rules;
  const last = isSame ? before : undefined;

  const farm = last?.farm ?? checkSettings(inForce, document, common, farmSettings(file), knowledge);
  const webApplications = keep(file.webApplications, last?.webApplications, (webApplication) => {
    const settings = webApplicationSettings(file, webApplication);
    const found = checkSettings(inForce, document, common, settings, knowledge);
    return found.length === 0 ? none : found;
  });
  const whole = inForce.filter((rule) => rule.over === 'file');
  const collected = collect(
    whole.flatMap((rule) => checkFile(rule, document, file, knowledge)),
    common.farm?.stated.node,
  );
  collected.add(farm);
  webApplications.results.forEach((found, i) => {
    if (found !== none) collected.add(found, file.webApplications[i]);
  });
  const findings = withoutSuperseded(rules, collected.findings());
  return { findings, rules, common, knowledge, farm, webApplications };
}

const ruleCache = new WeakMap<readonly Rule[], Map<string | undefined, readonly Rule[]>>();

function rulesFor(rules: readonly Rule[], version: string | undefined): readonly Rule[] {
  let byVersion = ruleCache.get(rules);
  if (byVersion === undefined) {
    byVersion = new Map();
    ruleCache.set(rules, byVersion);
  }
  let inForce = byVersion.get(version);
  if (inForce === undefined) {
    inForce = rules.filter(({ versions }) => versions === 'all' || versions.some((each) => each === version));
    byVersion.set(version, inForce);
  }
  return inForce;
}

function checkSettings(
  rules: readonly Rule[],
  document: Document,
  common: Common,
  settings: EffectiveSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  const home = settings.scope.kind === 'farm' ? common.farm?.stated.key : settings.scope.webApplication.node;
  const run = runner(home ?? document.root);
  // One context for all rules: an edit of the farm runs every rule for every web application.
  const context = { settings, common, report: run.report, ...knowledge };
  for (const rule of rules) if (rule.over === 'settings') run.guard(rule, () => rule.check(context));
  return run.findings;
}

function checkFile(rule: FileRule, document: Document, file: FarmEmail, knowledge: Knowledge): readonly Finding[] {
  const run = runner(document.root);
  run.guard(rule, () => rule.check({ file, report: run.report, ...knowledge }));
  return run.findings;
}

/** Collects what rules report; a rule that throws becomes one visible finding at `home`, and the other rules go on. */
function runner(home: Node): {
  readonly findings: readonly Finding[];
  readonly report: Report;
  guard(rule: SettingsRule | FileRule, check: () => void): void;
} {
  const findings: Finding[] = [];
  let running: SettingsRule | FileRule | undefined;
  return {
    findings,
    report(at, message, details = {}) {
      const stated = statedOf(at);
      if (stated === undefined || running === undefined) return;
      const { fix, related = [] } = details;
      findings.push({
        rule: running.id,
        severity: details.severity ?? running.severity,
        message,
        at: placeOf(stated.node, stated.key),
        node: stated.node,
        fixes: fix === undefined || running.fix === undefined ? [] : [{ kind: running.fix, ...fix }],
        related: related.flatMap((place) => relatedPlace(place.message, place.at)),
      });
    },
    guard(rule, check) {
      const before = findings.length;
      running = rule;
      try {
        check();
      } catch (error) {
        findings.length = before;
        const reason = error instanceof Error ? error.message : String(error);
        findings.push({
          rule: 'internal/rule-failed',
          severity: 'warning',
          message: `The rule ${rule.id} failed here and was left out (${reason}); please report it`,
          at: firstKeyOf(home),
          node: home,
          fixes: [],
          related: [],
        });
      }
    },
  };
}

function relatedPlace(message: string, at: Target): readonly Related[] {
  const stated = statedOf(at);
  return stated === undefined ? [] : [{ message, at: placeOf(stated.node, stated.key) }];
}

function firstKeyOf(node: Node): Span {
  return node.kind === 'mapping' ? (node.pairs[0]?.key ?? node) : node;
}

/** One cause, one finding: what many web applications inherit or use stands once, with them as related places. */
function collect(
  first: readonly Finding[],
  farm: Node | undefined,
): {
  add(findings: readonly Finding[], inheritedBy?: WebApplication): void;
  findings(): readonly Finding[];
} {
  const order: Finding[] = [...first];
  const indexes = new Map<Node | undefined, Map<string, number>>();
  const related = new Map<number, Related[]>();
  return {
    add(findings, inheritedBy) {
      for (const finding of findings) {
        let byMessage = indexes.get(finding.node);
        if (byMessage === undefined) {
          byMessage = new Map();
          indexes.set(finding.node, byMessage);
        }
        const key = `${finding.rule} ${finding.message}`;
        let index = byMessage.get(key);
        const known = index !== undefined;
        if (index === undefined) {
          index = order.length;
          byMessage.set(key, index);
          order.push(finding);
        }
        if (inheritedBy === undefined || (!known && isWithin(finding.node, inheritedBy.node))) continue;
        const places = related.get(index) ?? [];
        related.set(index, places);
        const name = inheritedBy.name ?? inheritedBy.url;
        if (places.length < relatedLimit && name !== undefined) {
          const verb = isWithin(finding.node, farm) ? 'inherits' : 'uses';
          places.push({ message: `${nameOf(inheritedBy)} ${verb} it`, at: placeOf(name.node, name.key) });
        }
      }
    },
    findings: () =>
      order.map((finding, index) => {
        const more = related.get(index);
        return more === undefined ? finding : { ...finding, related: [...finding.related, ...more] };
      }),
  };
}

function isWithin(node: Node | undefined, outer: Node | undefined): boolean {
  for (let at = node; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}

function withoutSuperseded(rules: readonly Rule[], findings: readonly Finding[]): readonly Finding[] {
  const weaker = new Map(rules.map(({ id, supersedes = [] }) => [id, supersedes]));
  const superseded = new Map<Finding['node'], Set<string>>();
  for (const { rule, node } of findings) {
    for (const id of weaker.get(rule) ?? []) superseded.set(node, (superseded.get(node) ?? new Set()).add(id));
  }
  return superseded.size === 0 ? findings : findings.filter(({ rule, node }) => !superseded.get(node)?.has(rule));
}
