import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type ParseError, parse as parseJsonc } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';

/** What these tests read of a schema; the schema is data, so every key may be absent. */
interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly [keyword: string]: unknown;
}

interface Found {
  /** JSON pointer inside the schema file, as it stands behind `#`. */
  readonly pointer: string;
  readonly schema: Schema;
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const root = JSON.parse(read('schemas/farm-email.schema.json')) as Schema;
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictTuples: false });
ajv.addKeyword('markdownEnumDescriptions');
ajv.addSchema(root);

const schemas = [...schemasIn({ pointer: '', schema: root })];
const properties = schemas.filter(({ pointer }) => /\/properties\/[^/]+$/.test(pointer));
const named = (found: readonly Found[]) => found.map((each) => [each.pointer, each.schema] as const);

/** `schema` and every schema written inside it. */
function* schemasIn({ pointer, schema }: Found): Generator<Found> {
  yield { pointer, schema };
  for (const keyword of ['if', 'then', 'else', 'items']) {
    if (keyword in schema) yield* schemasIn({ pointer: `${pointer}/${keyword}`, schema: schema[keyword] as Schema });
  }
  for (const keyword of ['properties', '$defs'] as const) {
    for (const [key, child] of Object.entries(schema[keyword] ?? {})) {
      yield* schemasIn({ pointer: `${pointer}/${keyword}/${key}`, schema: child });
    }
  }
}

function validatorAt(pointer: string): ValidateFunction {
  const validate = ajv.getSchema(`farm-email.schema.json#${pointer}`);
  if (!validate) throw new Error(`no schema at ${pointer}`);
  return validate;
}

/** The errors a person would be shown: the bookkeeping of `if` says nothing of its own. */
function errorsOf(validate: ValidateFunction, value: unknown): readonly ErrorObject[] {
  validate(value);
  return (validate.errors ?? []).filter((error) => error.keyword !== 'if');
}

const farmEmail = validatorAt('');

describe('schema', () => {
  test('is a JSON Schema 2020-12', () => {
    expect(ajv.validateSchema(root)).toBe(true);
    expect(root.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  });

  test.each(named(properties))('%s has a title, a description and examples', (_, schema) => {
    expect(schema.title).toMatch(/\S/);
    expect(schema.description).toMatch(/[.|]$/);
    expect(schema.examples?.length).toBeGreaterThan(0);
  });

  test.each(named(properties))('%s accepts its examples and its default', (pointer, schema) => {
    const validate = validatorAt(pointer);
    for (const example of schema.examples ?? []) expect(errorsOf(validate, example)).toEqual([]);
    if ('default' in schema) expect(errorsOf(validate, schema.default)).toEqual([]);
  });

  test.each(named(schemas.filter(({ schema }) => schema.enum)))('%s explains each value', (_, schema) => {
    expect(schema.markdownEnumDescriptions).toHaveLength(schema.enum?.length ?? 0);
  });

  test('closes every object', () => {
    const open = schemas.filter(({ schema }) => {
      const isObject = schema.properties !== undefined || schema.type === 'object';
      return isObject && schema.additionalProperties !== false;
    });
    expect(open.map(({ pointer }) => pointer)).toEqual([]);
  });

  test('requires what a file cannot do without, and nothing else', () => {
    const required = schemas.flatMap(({ pointer, schema }) => schema.required?.map((key) => `${pointer}/${key}`) ?? []);
    expect(required.sort()).toEqual([
      '/$defs/certificate/name',
      '/$defs/farm/sharePointVersion',
      '/$defs/mailServer/host',
      '/$defs/server/name',
      '/$defs/webApplication/url',
      '/farm',
      '/version',
    ]);
  });

  test('leaves it to the rules to judge what a value means', () => {
    const judging = ['pattern', 'format', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'uniqueItems'];
    expect(schemas.filter(({ schema }) => judging.some((keyword) => keyword in schema))).toEqual([]);
  });

  test('refers only to definitions it has, and uses all of them', () => {
    const references = new Set(schemas.flatMap(({ schema }) => schema.$ref ?? []));
    const definitions = Object.keys(root.$defs ?? {}).map((name) => `#/$defs/${name}`);
    expect([...references].sort()).toEqual(definitions.sort());
  });

  test('holds no secret in its examples', () => {
    const secrets = properties.filter(({ pointer }) =>
      /\/(password|passphrase|applicationCredentialKey)$/.test(pointer),
    );
    expect(secrets).toHaveLength(4);
    for (const { schema } of secrets) {
      for (const example of schema.examples ?? []) expect(example).toMatch(/^\$\{(env:FARM_EMAIL_\w+|secret:[^}]+)\}$/);
    }
  });
});

describe('a wrong value has one error, on the value itself', () => {
  const wrong = [null, true, 1.5, 'nothing of the kind', [], {}];

  test.each(named(properties))('%s', (pointer) => {
    const validate = validatorAt(pointer);
    for (const value of wrong) {
      const errors = errorsOf(validate, value).filter((error) => error.keyword !== 'required');
      expect(errors.length, `${JSON.stringify(value)}: ${JSON.stringify(errors)}`).toBeLessThanOrEqual(1);
      for (const error of errors) expect(error.instancePath).toBe('');
    }
  });

  test.each([
    ['an unknown way to authenticate', 'anonymos', ['enum ']],
    ['an unknown key of a login', { user: 'x' }, ['additionalProperties ']],
    ['a wrong value in a login', { accountType: 'local' }, ['enum /accountType']],
    ['a wrong type in a login', { sendAs: 'a@contoso.com' }, ['type /sendAs']],
    ['neither anonymous nor a login', 7, ['type ']],
    ['nothing yet', null, ['type ']],
  ])('%s', (_, value, expected) => {
    const errors = errorsOf(validatorAt('/$defs/outgoingEmail/properties/authentication'), value);
    expect(errors.map((error) => `${error.keyword} ${error.instancePath}`)).toEqual(expected);
  });
});

describe('files that validate', () => {
  const fullSample: unknown = parseYaml(read('test/schema/full-sample.yaml'));

  test('the full sample', () => {
    expect(errorsOf(farmEmail, fullSample)).toEqual([]);
  });

  test('the full sample holds every property but $schema', () => {
    const keys = new Set<string>();
    collectKeys(fullSample, keys);
    const names = properties.map(({ pointer }) => pointer.slice(pointer.lastIndexOf('/') + 1));
    expect([...new Set(names)].filter((name) => !keys.has(name))).toEqual(['$schema']);
  });

  test('examples/contoso', () => {
    expect(errorsOf(farmEmail, parseYaml(read('examples/contoso/farm-email.yaml')))).toEqual([]);
  });

  test('examples/fabrikam', () => {
    expect(errorsOf(farmEmail, JSON.parse(read('examples/fabrikam/farm-email.json')))).toEqual([]);
  });

  test('examples/datacenter', () => {
    const problems: ParseError[] = [];
    const value: unknown = parseJsonc(read('examples/datacenter/prod.farm-email.jsonc'), problems);
    expect(problems).toEqual([]);
    expect(errorsOf(farmEmail, value)).toEqual([]);
  });
});

function collectKeys(value: unknown, keys: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (!Array.isArray(value)) keys.add(key);
    collectKeys(child, keys);
  }
}
