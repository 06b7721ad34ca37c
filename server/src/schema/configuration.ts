import schema from '../../../schemas/config.schema.json' with { type: 'json' };
import * as validators from './configuration-validators.generated.mjs';
import type { Schema } from './lookup.ts';
import { holderName, type Shape } from './shape.ts';

/** Of `farm-email.config.*`. */
export const configurationShape: Shape = {
  schema: schema as unknown as Schema,
  validators,
  keyName: (path) => (path.length === 1 && path[0] === 'rules' ? 'a rule' : holderName(path, 'the configuration')),
  hasPlaceholders: false,
};
