import type { Analysis } from '../analysis.ts';
import { offsetsOf } from '../document/places.ts';
import { webApplicationSettings } from '../settings/effective.ts';
import type { EffectiveSettings } from '../settings/model.ts';
import { settingNames } from '../settings/setting-names.ts';
import { shownValue } from './effective.ts';
import { code } from './markdown.ts';

/** Text beside the file's own: what a web application inherits. */
export interface InlayHint {
  /** Offset into the whole text. */
  readonly at: number;
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
}

/** Longest text of a hint, in characters. */
const longest = 120;

/** One hint for each web application that inherits something, at the end of its first line, between two offsets. */
export function inlayHintsOf({ document, settings }: Analysis, start: number, end: number): readonly InlayHint[] {
  return settings.webApplications.flatMap((webApplication) => {
    const anchor = webApplication.outgoingEmail?.key ?? webApplication.url?.node ?? webApplication.name?.node;
    if (anchor === undefined) return [];
    const { block } = anchor;
    const lineEnd = endOfLine(block.text, anchor.end);
    const at = offsetsOf(document, { block, start: lineEnd, end: lineEnd }).start;
    if (at < start || at > end) return [];
    const inherited = inheritedOf(webApplicationSettings(settings, webApplication));
    if (inherited.length === 0) return [];
    const whole = inherited.map(([name, value]) => `${name}: ${value}`).join(' · ');
    const text = whole.length > longest ? `${whole.slice(0, longest - 1)}…` : whole;
    const rows = inherited.map(([name, value]) => `| ${name} | ${code(value).replaceAll('|', '\\|')} |`);
    return [{ at, text, tooltip: ['From the farm:', '', '| Setting | Value |', '| --- | --- |', ...rows].join('\n') }];
  });
}

function inheritedOf(settings: EffectiveSettings): readonly (readonly [name: string, value: string])[] {
  return settingNames.flatMap((name) => {
    const setting = settings[name];
    return setting?.origin === 'farm' ? [[name, shownValue(setting)] as const] : [];
  });
}

function endOfLine(text: string, from: number): number {
  const found = /[\r\n]/.exec(text.slice(from));
  return found === null ? text.length : from + found.index;
}
