import type { Translate } from './translate.ts';
import { visible } from './visible.ts';

/** What jsonrpc puts before the server's own words. */
const wrapper = /^Request \S+ failed with message: /;

/** Why something of ours failed, for a notification: the error's first line, never its stack. */
export function oneSentence(error: unknown, t: Translate): string {
  const text = error instanceof Error ? error.message : String(error);
  const reason = text.replace(wrapper, '').trim().split('\n', 1)[0] ?? '';
  return t('Farm Email could not do this: {0}', visible(reason).replace(/\.?$/, '.'));
}
