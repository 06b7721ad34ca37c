// Made from the files of this folder. `npm run generate` writes it anew.
import type { Rule } from '../lint/rule.ts';
import portImplicitTls from './transport/port-implicit-tls.ts';

/** Every rule, in the order of their ids. */
export const rules: readonly Rule[] = [portImplicitTls];
