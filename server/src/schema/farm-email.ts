import { farmEmailSchema } from './lookup.ts';
import { holderName, type Shape } from './shape.ts';
import * as validators from './validators.generated.mjs';

export const farmEmailShape: Shape = {
  schema: farmEmailSchema,
  validators,
  keyName: (path) => holderName(path, 'farm-email files'),
  hasPlaceholders: true,
};
