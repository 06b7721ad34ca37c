import type { Feature } from './feature.ts';
import { hover } from './hover.ts';

/** What can be asked about an open file, besides its findings and their fixes. */
export const features: readonly Feature[] = [hover];
