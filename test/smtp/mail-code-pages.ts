import { type CodePage, codePage } from '../../server/src/settings/code-pages.ts';

/** Every code page that mail may be written in. */
export const mailCodePages: readonly CodePage[] = Array.from({ length: 65_536 }, (_, number) =>
  codePage(number),
).flatMap((page) => (page?.mailSafe ? [page] : []));
