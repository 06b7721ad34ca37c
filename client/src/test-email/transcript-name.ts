import { visible } from '../visible.ts';
import type { Verdict } from './sends.ts';

/** File name of a transcript; the tab shows it, and its end gives the document its language. */
export function transcriptName({ purpose, title, at }: Pick<Verdict, 'purpose' | 'title' | 'at'>): string {
  const name = visible(title)
    .replace(/^https?:\/\//, '')
    .replace(/[\\/:]+/g, ' ')
    .trim();
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join('.');
  return `${purpose === 'send' ? 'Test email' : 'Probe'} – ${name} – ${time}.farm-email-transcript`;
}
