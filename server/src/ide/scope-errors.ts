import type { Analysis } from '../analysis.ts';
import { settingsOf } from '../analysis.ts';
import { pointerOf } from '../document/places.ts';
import type { Finding } from '../lint/finding.ts';
import { mailServerOf } from '../settings/mail-servers.ts';
import type { EffectiveSettings } from '../settings/model.ts';
import { isSettingName } from './effective.ts';

/**
 * The findings of level error that concern the settings in force for `/farm` or `/webApplications/<index>`: those of the
 * farm that are not overridden, of what these settings name, and of all that belongs to no one web application.
 */
export function errorsOf(analysis: Analysis, scope: string): readonly Finding[] {
  const settings = settingsOf(analysis, scope);
  if (settings === undefined) return [];
  const { document, findings } = analysis;
  return findings.filter(({ severity, node }) => {
    if (severity !== 'error') return false;
    return node === undefined || concerns(pointerOf(document, node), scope, settings, analysis);
  });
}

function concerns(pointer: string, scope: string, settings: EffectiveSettings, analysis: Analysis): boolean {
  const [, list, item = '', name] = pointer.split('/');
  const { common } = analysis.settings;
  const isIn = (named: { readonly node: Parameters<typeof pointerOf>[1] } | undefined): boolean =>
    named !== undefined && pointerOf(analysis.document, named.node).startsWith(`/${list}/${item}/`);
  if (list === 'farm' && item === 'outgoingEmail' && isSettingName(name)) {
    return settings[name]?.origin !== 'webApplication';
  }
  if (item === '') return true;
  if (list === 'webApplications') return scope === `/${list}/${item}`;
  if (list === 'mailServers') return isIn(mailServerOf(settings, common)?.host);
  if (list !== 'certificates') return true;
  return isIn(common.certificates.find(({ name }) => name.value === settings.clientCertificate.value)?.name);
}
