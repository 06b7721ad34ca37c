import type { Translate } from '../../client/src/translate.ts';

/** What `vscode.l10n.t` does in English. */
export const t: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(args[Number(index)] ?? placeholder));
