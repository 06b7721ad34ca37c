// Makes the validators of farm-email files and of configurations from their schemas: one function for the root without its entries, one for each
// top-level entry, and one for an item of each top-level list, so that a block can be validated on its own. The code
// is generated at build time because compiling a schema at start costs more than everything else together.
import { readFileSync, writeFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';

const schemaFile = new URL('../../../schemas/farm-email.schema.json', import.meta.url);

/** @param {{ properties: object }} configurationSchema */
export function generateValidators(configurationSchema) {
  generate(JSON.parse(readFileSync(schemaFile, 'utf8')), './validators.generated.mjs');
  generate(withOneLevel(configurationSchema), './configuration-validators.generated.mjs');
}

/** All rules have the same levels: one pattern for all of them keeps the code short. */
function withOneLevel(schema) {
  const { rules } = schema.properties;
  const patternProperties = { [`^(?:${Object.keys(rules.properties).join('|')})$`]: { $ref: '#/$defs/level' } };
  return {
    ...schema,
    properties: { ...schema.properties, rules: { ...without(rules, ['properties']), patternProperties } },
  };
}

function generate(schema, target) {
  const ajv = new Ajv2020.default({ allErrors: true, strict: false, code: { source: true, esm: true } });
  ajv.addSchema(schema, 'file');
  const functions = {};
  const add = (name, definition) => {
    ajv.addSchema(definition, name);
    functions[name] = name;
  };
  const keys = Object.keys(schema.properties);
  add('root', {
    ...without(schema, ['$id', '$schema', '$defs']),
    properties: Object.fromEntries(keys.map((key) => [key, true])),
  });
  for (const key of keys) {
    const property = schema.properties[key];
    const name = key.replace('$', '');
    add(`entry_${name}`, { $ref: `file#/properties/${key}` });
    if (property.items === undefined) continue;
    add(`list_${name}`, without(property, ['items']));
    add(`item_${name}`, { $ref: `file#/properties/${key}/items` });
  }
  const code = standaloneCode.default(ajv, functions);
  if (/\brequire\(/.test(code))
    throw new Error('The generated validators need a module at run time; see ajv standalone.');
  writeFileSync(new URL(target, import.meta.url), code);
}

function without(object, keys) {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
