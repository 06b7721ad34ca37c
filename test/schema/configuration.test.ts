import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { ignorableIds } from '../../server/src/analysis.ts';
import { rules } from '../../server/src/rules/registry.ts';
import { type Schema, schemaAt } from '../../server/src/schema/lookup.ts';
import { root } from '../house/sources.ts';

const schema = JSON.parse(readFileSync(path.join(root, 'schemas/config.schema.json'), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
ajv.addKeyword('markdownEnumDescriptions');
ajv.addSchema(schema);

describe('schemas/config.schema.json', () => {
  test('is a JSON Schema 2020-12 that accepts its examples', () => {
    expect(ajv.validateSchema(schema)).toBe(true);
    const places: readonly (readonly [string, Schema & { examples?: readonly unknown[] }])[] = [
      ...Object.entries<Schema>(schema.properties).map(([key, each]) => [`/properties/${key}`, each] as const),
      ...Object.entries<Schema>(schema.$defs.ignore.properties).map(
        ([key, each]) => [`/$defs/ignore/properties/${key}`, each] as const,
      ),
    ];
    for (const [pointer, { title, description, examples = [] }] of places) {
      expect(title, pointer).toMatch(/\S/);
      expect(description, pointer).toMatch(/\.$/);
      expect(examples.length, pointer).toBeGreaterThan(0);
      const validate = ajv.getSchema(`config.schema.json#${pointer}`);
      for (const example of examples) expect(validate?.(example), `${pointer} ${JSON.stringify(example)}`).toBe(true);
    }
  });

  test('knows every rule, what it reports and how severe it is', () => {
    expect(Object.keys(schema.properties.rules.properties)).toEqual(rules.map(({ id }) => id));
    for (const { id, title, severity } of rules) {
      const at = schemaAt(['rules', id], schema);
      expect(at).toMatchObject({ title, default: severity, enum: ['off', 'hint', 'information', 'warning', 'error'] });
      expect(at?.description).toMatch(/^\S[^\n]*\S$/m);
    }
    expect(schema.$defs.ruleId.enum).toEqual([...ignorableIds]);
    expect(schema.$defs.ruleId.markdownEnumDescriptions).toHaveLength(ignorableIds.size);
  });
});
