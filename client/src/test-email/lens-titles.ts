import type { Purpose, SendResult } from '../../../server/src/lsp/protocol.ts';
import type { Translate } from '../translate.ts';
import { visible } from '../visible.ts';

const icons: Record<SendResult['outcome'], string> = {
  accepted: 'pass',
  failed: 'error',
  unknown: 'question',
  cancelled: 'circle-slash',
  refused: 'error',
};

export function sendTitle(t: Translate): string {
  return withIcon('mail', t('Send test email…'));
}

export function probeTitle(t: Translate): string {
  return withIcon('pulse', t('Probe…'));
}

export function againTitle(t: Translate): string {
  return withIcon('refresh', t('Send again'));
}

export function effectiveTitle(t: Translate): string {
  return withIcon('list-tree', t('Effective settings'));
}

/** @param step Of `sendProgress`; empty before the first one. */
export function runningTitle(purpose: Purpose, step: string, t: Translate): string {
  const begins = purpose === 'send' ? t('Sending…') : t('Probing…');
  return withIcon('sync~spin', step === '' ? begins : `${plain(step)}…`);
}

export function cancelTitle(t: Translate): string {
  return withIcon('circle-slash', t('Cancel'));
}

/** `$(pass) 250 accepted · 14:02`, with the clock of this computer. */
export function verdictTitle(result: Pick<SendResult, 'outcome' | 'summary'>, at: Date): string {
  return withIcon(icons[result.outcome], `${plain(result.summary)} · ${clock(at)}`);
}

/** Hours and minutes, `14:02`, the same in every locale. */
export function clock(at: Date): string {
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** No ordinary space: VS Code may swallow one between an icon and its text. */
function withIcon(icon: string, text: string): string {
  return `$(${icon})\u00a0${text}`;
}

/** Text that draws no icon: VS Code shows `\$(` as it is written. */
function plain(text: string): string {
  return visible(text).replaceAll('$(', '\\$(');
}
