import type { Purpose, SendResult } from '../../../server/src/lsp/protocol.ts';
import type { Translate } from '../translate.ts';
import { visible } from '../visible.ts';

/** What is remembered of a test: where it went and what became of it. Nothing that was said, and no secret. */
export interface HistoryEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly purpose: Purpose;
  readonly title: string;
  readonly destination: string;
  readonly tls: boolean;
  readonly user: string;
  readonly from: string;
  readonly to: string;
  readonly outcome: SendResult['outcome'];
  readonly milliseconds: number;
}

/** The history as a document: one test a line, the latest first. */
export function historyText(entries: readonly HistoryEntry[], t: Translate): string {
  if (entries.length === 0) return `${t('Nothing was sent or probed from this workspace yet.')}\n`;
  const head = [t('When'), t('What'), t('Settings of'), t('Mail server'), t('User'), t('From'), t('To'), t('Outcome')];
  const rows = entries.map((entry) => [
    entry.at.replace('T', ' ').slice(0, 19),
    entry.purpose === 'send' ? t('Test email') : t('Probe'),
    entry.title,
    `${entry.destination} ${entry.tls ? t('STARTTLS') : t('no TLS')}`,
    entry.user,
    entry.from,
    entry.to,
    `${outcomeText(entry.outcome, t)} (${entry.milliseconds} ms)`,
  ]);
  const cells = [head, ...rows].map((row) => row.map((cell) => visible(cell)));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${t('The last tests from this workspace, times in UTC. Neither messages nor passwords are kept.')}\n\n${lines.join('\n')}\n`;
}

function outcomeText(outcome: SendResult['outcome'], t: Translate): string {
  const texts: Record<SendResult['outcome'], string> = {
    accepted: t('accepted'),
    failed: t('failed'),
    unknown: t('not known'),
    cancelled: t('cancelled'),
    refused: t('not tried'),
  };
  return texts[outcome];
}
