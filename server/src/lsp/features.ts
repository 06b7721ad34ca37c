import { completion } from './completion.ts';
import { effective } from './effective.ts';
import type { Feature } from './feature.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { links } from './links.ts';
import { names } from './names.ts';
import { newFile } from './new-file.ts';
import { folding, selection } from './ranges.ts';
import { scopes } from './scopes.ts';
import { symbols } from './symbols.ts';

/** What can be asked about an open file, besides its findings and their fixes. */
export const features: readonly Feature[] = [
  hover,
  completion,
  symbols,
  folding,
  selection,
  links,
  names,
  inlayHints,
  scopes,
  effective,
  newFile,
];
