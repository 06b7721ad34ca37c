import type { Analysis } from '../analysis.ts';
import { settingsOf } from '../analysis.ts';
import type { Node } from '../document/node.ts';
import { pointerOf } from '../document/places.ts';
import type { Finding } from '../lint/finding.ts';
import { mailServerOf } from '../settings/mail-servers.ts';
import type { EffectiveSettings } from '../settings/model.ts';
import { isSettingName } from '../settings/setting-names.ts';

/**
 * The findings of level error that concern the settings in force for `/farm` or `/webApplications/<index>`, in file order:
 * what rules found in these settings, and what is wrong in the parts of the file that they are made of or name.
 */
export function errorsOf(analysis: Analysis, scope: string): readonly Finding[] {
  const settings = settingsOf(analysis, scope);
  if (settings === undefined) return [];
  const overSettings = new Set(analysis.parts.rules.rules.flatMap(({ id, over }) => (over === 'settings' ? [id] : [])));
  const own = foundIn(analysis, settings);
  return analysis.findings.filter((finding) => {
    if (finding.severity !== 'error') return false;
    if (overSettings.has(finding.rule)) return own.some((each) => isSame(each, finding));
    return finding.node === undefined || isPartOf(finding.node, scope, settings, analysis);
  });
}

function foundIn({ parts, settings: file }: Analysis, { scope }: EffectiveSettings): readonly Finding[] {
  if (scope.kind === 'farm') return parts.rules.farm;
  return parts.rules.webApplications.results[file.webApplications.indexOf(scope.webApplication)] ?? [];
}

/** What several inherit was made one finding. */
function isSame(own: Finding, { rule, message, node, copies }: Finding): boolean {
  const isThere = own.node === node || copies?.some((copy) => copy === own.node) === true;
  return isThere && own.rule === rule && own.message === message;
}

function isPartOf(
  node: Node,
  scope: string,
  settings: EffectiveSettings,
  { document, settings: file }: Analysis,
): boolean {
  const [, part, item = '', name] = pointerOf(document, node).split('/');
  const holds = (named: { readonly node: Node } | undefined): boolean =>
    named !== undefined && pointerOf(document, named.node).startsWith(`/${part}/${item}/`);
  const { common } = file;
  if (part === 'farm' && item === 'outgoingEmail' && isSettingName(name)) {
    return settings[name]?.origin !== 'webApplication';
  }
  if (item === '') return true;
  if (part === 'webApplications') return scope === `/${part}/${item}`;
  if (part === 'mailServers') return holds(mailServerOf(settings, common)?.host);
  if (part !== 'certificates') return true;
  return holds(common.certificates.find(({ name }) => name.value === settings.clientCertificate.value)?.name);
}
