import type { Analysis } from '../analysis.ts';
import type { Node, Pair, Span } from '../document/node.ts';
import { pathAt } from '../document/places.ts';
import type { ConfigurationFile } from '../lint/configuration-file.ts';
import { directivesIn } from '../lint/directive.ts';
import { configurationShape } from '../schema/configuration.ts';
import { farmEmailSchema, schemaAt } from '../schema/lookup.ts';
import { farmSettings, nameOf, webApplicationSettings } from '../settings/effective.ts';
import type { EffectiveSettings, Setting, WebApplication } from '../settings/model.ts';
import { isSettingName, type SettingName, settingNames } from '../settings/setting-names.ts';
import { lastAtOrBelow } from '../text/position.ts';
import { shownValue } from './effective.ts';
import { code } from './markdown.ts';
import { whatItReports, whyItMatters } from './rule-text.ts';
import { schemaPath } from './schema-path.ts';

export interface Hover {
  /** Markdown; values of the file stand in code spans only. */
  readonly markdown: string;
  readonly at: Span;
}

/** What there is to say about a place of either kind of file. */
export function hoverIn(analysis: Analysis | ConfigurationFile, offset: number): Hover | undefined {
  return analysis.kind === 'configuration' ? configurationHover(analysis, offset) : hoverAt(analysis, offset);
}

/** What a key of a configuration means: of a rule, what it reports. */
function configurationHover({ document }: ConfigurationFile, offset: number): Hover | undefined {
  const path = pathAt(document, offset);
  const pair = path.findLast((part): part is Pair => 'key' in part);
  const markdown = pair && describe(schemaPath(path), pair, configurationShape.schema);
  return pair === undefined || markdown === undefined ? undefined : { markdown, at: pair.key };
}

/** What there is to say about a place: the setting, the value in force and where it comes from, and why a finding matters. */
export function hoverAt(analysis: Analysis, offset: number): Hover | undefined {
  const suppression = suppressionHover(analysis, offset);
  if (suppression !== undefined) return suppression;
  const path = pathAt(analysis.document, offset);
  const pair = path.findLast((part): part is Pair => 'key' in part);
  if (pair === undefined) return undefined;
  const keys = schemaPath(path);
  const parts = [describe(keys, pair), effective(analysis, pair, keys), ...reasons(analysis, pair, path.at(-1))];
  const markdown = parts.filter((part) => part !== undefined).join('\n\n---\n\n');
  const inner = path.at(-1);
  return markdown === '' ? undefined : { markdown, at: inner !== undefined && 'kind' in inner ? inner : pair.key };
}

function describe(keys: readonly string[], { value }: Pair, root = farmEmailSchema): string | undefined {
  const schema = schemaAt(keys, root);
  if (schema?.description === undefined) return undefined;
  const { enum: allowed = [], markdownEnumDescriptions = [] } = schema;
  const meaning = value.kind === 'scalar' ? markdownEnumDescriptions[allowed.indexOf(value.value)] : undefined;
  const parts = [`**${schema.title ?? keys.at(-1) ?? ''}**`, schema.description];
  if (meaning !== undefined && value.kind === 'scalar') parts.push(`${code(value.value)}: ${meaning}`);
  return parts.join('\n\n');
}

function effective(analysis: Analysis, pair: Pair, keys: readonly string[]): string | undefined {
  const { settings } = analysis;
  const name = keys.at(-1);
  const scope = scopeOf(analysis, pair, keys);
  if (scope === undefined) return undefined;
  if (name === 'outgoingEmail') return table(scope);
  if (!isSettingName(name)) return undefined;
  const lines = [`In force for ${titleOf(scope)}: ${code(shownValue(scope[name]))}, ${originOf(scope[name])}`];
  if (scope.scope.kind === 'webApplication') {
    const farm = farmSettings(settings)[name];
    if (farm?.origin === 'farm') lines.push(`The farm states ${code(shownValue(farm))}`);
  } else lines.push(...overriddenBy(settings.webApplications, name));
  return lines.join('  \n');
}

/** The settings that a place belongs to: those of the web application around it, or the farm's. */
function scopeOf({ settings }: Analysis, pair: Pair, keys: readonly string[]): EffectiveSettings | undefined {
  if (keys[0] === 'farm' && keys[1] === 'outgoingEmail' && keys.length <= 3) return farmSettings(settings);
  if (keys[0] !== 'webApplications' || keys[2] !== 'outgoingEmail' || keys.length > 4) return undefined;
  const around = new Set<Node>();
  for (let at: Node | undefined = pair.key; at !== undefined; at = at.parent) around.add(at);
  const webApplication = settings.webApplications.find(({ node }) => around.has(node));
  return webApplication && webApplicationSettings(settings, webApplication);
}

function titleOf({ scope }: EffectiveSettings): string {
  return scope.kind === 'farm' ? 'the farm' : code(scope.name);
}

function originOf(setting: Setting<unknown> | undefined): string {
  if (setting === undefined) return 'neither here nor for the farm';
  if (setting.origin === 'default') return 'the built-in default';
  return setting.origin === 'farm' ? 'from the farm' : 'stated by the web application';
}

function overriddenBy(webApplications: readonly WebApplication[], name: SettingName): readonly string[] {
  const own = webApplications.filter(({ outgoingEmail }) => outgoingEmail?.value?.[name] !== undefined);
  if (own.length === 0) return webApplications.length === 0 ? [] : ['Every web application inherits it'];
  const shown = own.slice(0, 5).map((webApplication) => code(nameOf(webApplication)));
  const more = own.length > shown.length ? ` and ${own.length - shown.length} more` : '';
  return [`Overridden by ${shown.join(', ')}${more}`];
}

function table(settings: EffectiveSettings): string {
  const rows = settingNames.map((name) => {
    const setting = settings[name];
    const value = code(shownValue(setting)).replaceAll('|', '\\|');
    return `| ${name} | ${value} | ${setting === undefined ? '' : originOf(setting)} |`;
  });
  return [
    `In force for ${titleOf(settings)}:`,
    '',
    '| Setting | Value | Origin |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Why a finding on this very value or key matters, from the rule's page. */
function reasons({ findings }: Analysis, pair: Pair, inner: Node | Pair | undefined): readonly string[] {
  const here = findings.filter(({ at }) => at === inner || at === pair.key || at === pair.value);
  return [...new Set(here.map(({ rule }) => rule))].flatMap((id) => whyItMatters(id) ?? []);
}

/** On a rule that a comment names: what that rule is, and what the comment does here. */
function suppressionHover({ document, suppressed }: Analysis, offset: number): Hover | undefined {
  const index = lastAtOrBelow(document.starts, offset);
  const block = document.blocks[index];
  const local = offset - (document.starts[index] ?? 0);
  for (const { ids, reach } of block === undefined ? [] : directivesIn(block)) {
    const at = ids.find(({ start, end }) => start <= local && local <= end);
    const about = at && whatItReports(at.text);
    if (at === undefined || about === undefined || reach === undefined) continue;
    const accepted = suppressed.filter(({ finding }) => finding.rule === at.text).length;
    const count = accepted === 1 ? '1 finding of it is' : `${accepted} findings of it are`;
    return { markdown: `${about}\n\n${count} accepted in this file.`, at };
  }
  return undefined;
}
